#pragma once

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"

namespace orderd::notify {

constexpr auto kMailReader = "mail";  ///< its name as a LogReader

/// The reader that stores the mails that events cause: to the customer when an order is placed, paid, could
/// not be paid, is shipped, delivered, refunded, cancelled, or expired; to the shop when stock is low. It
/// reads nothing while mail is not set up.
LogReader mail_reader();

/// Adds the jobs that send mails. If a mail is sent twice, since the server's answer or our commit was lost,
/// both have the same Message-ID and the same content, so that mail programs show one. A mail that the server
/// refuses for good is a dead letter at once; anything else is retried for about two days.
void add_mail_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::notify

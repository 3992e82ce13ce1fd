#pragma once

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"

namespace orderd::notify {

constexpr auto kMailReader = "mail";  ///< of the event log

/// What writes down the mails that events ask for: to the customer that an order was placed, paid, could not be paid,
/// shipped, delivered, refunded, cancelled, or expired; to the shop that stock is low. Reads nothing while mail is not
/// set up.
LogReader mail_reader();

/// The jobs that send them. A mail that was sent twice, since the server's answer or our commit was lost, has the same
/// Message-ID and the same content, so that mail programs show one. What the server refuses for good is a dead letter
/// at once; anything else is tried again for some two days.
void add_mail_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::notify

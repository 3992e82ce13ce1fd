#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"
#include "notify/mail.h"
#include "notify/mail_settings.h"
#include "notify/message.h"

namespace orderd::notify {

constexpr auto kMailReader = "mail";  ///< its name as a LogReader

/// The reader that stores the mails that events cause: to the customer when an order is placed, paid, could
/// not be paid, is shipped, delivered, refunded, cancelled, or expired. It reads nothing while mail is not set up.
LogReader mail_reader();

/// A mail as it would be sent now, or why it would not be.
struct Composed {
    std::optional<Message> message = {};
    std::string why_not;
};

/// Composes a mail of what its order is now: nothing of a mail is stored but its event.
Composed compose_mail(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box);

/// The outbox of the shop's settings; nullopt if mail is not set up.
std::optional<Outbox> outbox_of(const storage::View& view, const Desk& desk);

/// Sends a job's message. If it fails, calls `failed`, and throws what the workers act upon: GiveUp if the server refuses the
/// message for good, or if two tries ended without knowing whether it arrived; NoAnswer if the server was not reached.
///
/// @param failed  takes whether the message is given up, and why it failed
void send_for_job(const Desk& desk, const jobs::Job& job, const Outbox& box, const Message& message,
                  const std::function<void(bool given_up, std::string_view why)>& failed);

/// Adds the jobs that send mails. If a mail is sent twice, since the server's answer or our commit was lost,
/// both have the same Message-ID and the same content, so that mail programs show one. A mail that the server
/// refuses for good is a dead letter at once; anything else is retried for about two days.
void add_mail_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::notify

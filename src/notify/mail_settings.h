#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "api/shape.h"
#include "base/errors.h"
#include "notify/message.h"
#include "notify/smtp.h"
#include "outgoing/client.h"
#include "storage/settings.h"

namespace orderd::notify {

/// The mail server, and the sender of the shop's mails.
struct Outbox {
    SmtpServer server;
    Mailbox from;           ///< named as the shop is, where the settings give no name
    std::string reply_to;   ///< empty: answers go to `from`
    std::string alerts_to;  ///< who of the shop is told of low stock; empty: nobody
};

// The setting "mail": null, or {host, port, security, username, from_address, from_name, reply_to, alerts_to}; and the
// secret "smtp_password".

constexpr auto kMailSetting = "mail";
constexpr auto kPasswordSetting = "smtp_password";

api::Shape mail_shape();
Json mail_json(const storage::View& view);  ///< with all of its members, where some were left out
void check_mail(const Json& value, std::vector<Fault>& faults);

bool is_mail_set_up(const storage::View& view);

/// What the settings say; nullopt if mail is not set up. `outgoing`: whose certificates hold, and whose end ends
/// calls; outlives the outbox.
std::optional<Outbox> read_outbox(const storage::View& view, const settings::Secret& password,
                                  const outgoing::Client& outgoing, std::chrono::milliseconds answer_within);

}  // namespace orderd::notify

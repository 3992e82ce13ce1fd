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
    Mailbox from;           ///< with the shop's name, if the settings give none
    std::string reply_to;   ///< empty: answers go to `from`
    std::string alerts_to;  ///< who gets low-stock mails; empty: nobody
};

// The setting "mail": null, or {host, port, security, username, from_address, from_name, reply_to, alerts_to}; and the
// secret "smtp_password".

constexpr auto kMailSetting = "mail";
constexpr auto kPasswordSetting = "smtp_password";

api::Shape mail_shape();
Json mail_json(const storage::View& view);  ///< with all of its members, also those that were left out
void check_mail(const Json& value, std::vector<Fault>& faults);

bool is_mail_set_up(const storage::View& view);

/// Reads the outbox from the settings; nullopt if mail is not set up. `outgoing` provides the trusted
/// certificates, and ends calls when it stops; it must outlive the outbox.
std::optional<Outbox> read_outbox(const storage::View& view, const settings::Secret& password,
                                  const outgoing::Client& outgoing, std::chrono::milliseconds answer_within);

}  // namespace orderd::notify

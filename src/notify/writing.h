#pragma once

#include <string>

#include "base/json.h"
#include "base/templates.h"
#include "notify/mail_settings.h"
#include "notify/message.h"

namespace orderd::notify {

/// Writes a mail in a language, from the templates NAME.subject, NAME.txt and NAME.html.
///
/// @param id the part of the Message-ID before the @; the same however often the mail is sent
Message write_mail(const Templates& templates, const Outbox& box, const Mailbox& to, const std::string& name,
                   const Json& values, const Language& language, const std::string& id, Time date);

/// Composes the message and sends it. @throws SmtpError
void send(const Post& post, const Outbox& box, const Message& message);

}  // namespace orderd::notify

#pragma once

#include <string>

#include "base/json.h"
#include "base/templates.h"
#include "notify/mail_settings.h"
#include "notify/message.h"

namespace orderd::notify {

/// A mail from the templates NAME.subject, NAME.txt and NAME.html.
///
/// @param id  of the Message-ID, its part before the @; the same for the same mail, however often it is sent
Message write_mail(const Templates& templates, const Outbox& box, const Mailbox& to, const std::string& name,
                   const Json& values, const std::string& id, Time date);

/// Composes it and hands it over. @throws SmtpError
void send(const Post& post, const Outbox& box, const Message& message);

}  // namespace orderd::notify

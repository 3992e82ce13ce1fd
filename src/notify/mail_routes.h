#pragma once

#include <functional>
#include <string>

#include "api/route.h"
#include "base/refused.h"
#include "notify/desk.h"
#include "notify/mail_settings.h"
#include "storage/view.h"

namespace orderd::notify {

/// Adds POST /admin/settings/mail/test, GET /admin/mails, and GET /receipt/{link}.
void add_mail_routes(api::RouteTable& routes, Desk& desk);

/// Adds GET /admin/mails/{id} and POST /admin/mails/{id}/send-again.
void add_sent_mail_routes(api::RouteTable& routes, Desk& desk);

api::Shape listed_mail_shape();  ///< a mail of the list

inline constexpr Refused kNoEmail{
    409, "no_email",
    "The customer gave no e-mail address, so no mail can go there. Tell them the link in another "
    "way."};
inline constexpr Refused kMailNotSetUp{409, "mail_not_set_up",
                                       "No mail server is set up: the setting mail is null. Set it first."};
inline constexpr Refused kMailRefused{
    409, "mail_refused",
    "The mail server refused the mail; detail is the server's own reason. Correct the settings or the address."};
inline constexpr Refused kMailNotSent{
    503, "mail_not_sent",
    "The mail server did not answer, or not sensibly; detail says what happened. Check host, port and TLS in the "
    "settings, or try again."};

/// Takes one of the kMailTests that anybody of the shop may send in a minute. @throws Refusal 429
void limit_tests(const api::Request& in, Desk& desk);

/// @throws Refusal 409 `mail_not_set_up`
Outbox require_outbox(const storage::View& view, const Desk& desk);

using WriteMail = std::function<Message(const storage::View& view, const Outbox& box)>;

/// Sends a mail that somebody of the shop tries out, and answers once the server took it: {"sent_to"}.
///
/// @throws Refusal  the three above, 429 beyond kMailTests a minute, 503 `too_many_wait`
api::Answer send_at_once(api::Request& in, Desk& desk, const std::string& to, const WriteMail& write);
api::Shape sent_shape();

}  // namespace orderd::notify

#include "base/errors.h"
#include "notify/mail.h"
#include "notify/mail_routes.h"
#include "notify/mail_settings.h"
#include "notify/mailing.h"
#include "storage/events.h"

namespace orderd::notify {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

constexpr Refused kNotAboutOrder{
    409, "mail_not_about_order",
    "The mail is about stock or an account, and may hold a code that only its receiver may read: it is not shown, and not "
    "sent again."};
constexpr Refused kMailWaits{409, "mail_waiting",
                             "The mail was not sent yet: it goes out without being asked for again."};
constexpr Refused kMailNotNeeded{
    409, "mail_not_needed",
    "What the mail would say no longer holds, or it has nobody to go to: detail says which. Nothing is sent."};

Mail mail_about_order(const storage::View& view, MailId id) {
    const auto mail = find_mail(view, id);
    if (!mail) {
        throw not_found("mail");
    }
    if (!mail->order) {
        throw Refusal(kNotAboutOrder, "the mail is about no order");
    }
    return *mail;
}

Composed composed_now(const storage::View& view, Desk& desk, const Mail& mail) {
    const auto box = require_outbox(view, desk);
    const OwnWords::Scope own(desk.words());
    return compose_mail(view, desk, mail, box);
}

Answer show_mail(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto mail = mail_about_order(view, MailId{in.id()});
    auto json = to_json(mail);
    const auto now = composed_now(view, desk, mail);
    json["not_sent_now"] = now.why_not;
    json["to"] = now.message ? Json(now.message->to.address) : Json(nullptr);
    json["subject"] = now.message ? Json(now.message->subject) : Json(nullptr);
    json["text"] = now.message ? Json(now.message->text) : Json(nullptr);
    return api::ok(std::move(json));
}

Answer send_mail_again(Request& in, Desk& desk) {
    const MailId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto mail = mail_about_order(tx, id);
        if (const auto now = composed_now(tx, desk, mail); !now.message) {
            throw Refusal(kMailNotNeeded, now.why_not);
        }
        if (!send_again(tx, mail, in.now())) {
            throw Refusal(kMailWaits, "the mail is waiting to be sent");
        }
        audit::record(tx, "mail.sent_again", {"order", number(*mail.order)}, nullptr, {{"kind", mail.name}}, in.actor(),
                      in.now());
        return api::ok(to_json(find_mail(tx, id).value()));
    });
}

Shape shown_shape() {
    return listed_mail_shape()
        .with({{"not_sent_now", Shape::text(0, 1000).described("why it would not be sent now; empty: it would")},
               {"to", Shape::email().nullable().described("whom it goes to now")},
               {"subject", Shape::text(0, 1000).nullable().described("of the order as it is now")},
               {"text", Shape::text(0, 100'000).nullable().described("of the order as it is now")}})
        .named("ShownMail");
}

}  // namespace

void add_sent_mail_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Orders", desk);
    add({.method = "GET",
         .path = "/admin/mails/{id}",
         .name = "mails.get",
         .who = api::Who::staff,
         .summary = "Read a mail about an order, as it would be sent now",
         .answers = {{200, shown_shape()}},
         .refuses = {kNotFound, kNotAboutOrder, kMailNotSetUp}},
        show_mail);
    add({.method = "POST",
         .path = "/admin/mails/{id}/send-again",
         .name = "mails.sendAgain",
         .who = api::Who::staff,
         .summary = "Send a mail about an order once more, to the address that the order has now",
         .answers = {{200, listed_mail_shape()}},
         .refuses = {kNotFound, kNotAboutOrder, kMailNotSetUp, kMailWaits, kMailNotNeeded},
         .idempotent = true},
        send_mail_again);
}

}  // namespace orderd::notify

#include "notify/mailing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "accounts/customer.h"
#include "accounts/password_resets.h"
#include "base/text.h"
#include "fulfillment/return_request.h"
#include "fulfillment/shipment.h"
#include "notify/mail.h"
#include "notify/mail_settings.h"
#include "notify/order_mail.h"
#include "notify/values.h"
#include "notify/writing.h"
#include "payments/payment.h"
#include "storage/settings.h"
#include "storage/shop_language.h"
#include "storage/shop_zone.h"

namespace orderd::notify {

namespace {

/// How long to wait before a mail about a declined card: most customers try another card at once, and need no
/// mail then.
constexpr Duration kDeclinePatience = minutes(10);

/// Servers check a mail before they answer (RFC 5321, section 4.5.3.2.6).
constexpr auto kReply = std::chrono::seconds(120);

constexpr auto kBefore = R"sql(
    SELECT 1 FROM event WHERE subject = 'shipment' AND subject_id = ?1 AND kind = ?2 AND sequence < ?3 LIMIT 1
)sql";
constexpr auto kMailEvent = "SELECT subject_id, body FROM event WHERE sequence = ?1";

/// The mail that a kind of event causes.
struct Rule {
    std::string_view kind;
    std::string_view mail;
};
constexpr std::array kRules{
    Rule{"order.placed", "order_placed"},
    Rule{"order.cancelled", "cancelled"},
    Rule{"order.expired", "expired"},
    Rule{"order.payment_asked", "payment_link"},
    Rule{"payment.succeeded", "payment_received"},
    Rule{"payment.failed", "payment_failed"},
    Rule{"payment.refunded", "refunded"},
    Rule{"shipment.ready", "ready"},
    Rule{"shipment.in_transit", "shipped"},
    Rule{"shipment.delivered", "delivered"},
    Rule{"payment.reminded", "payment_reminder"},
    Rule{"customer.email_changed", "email_changed"},
    Rule{"return_request.received", "return_received"},
    Rule{"customer.password_forgotten", "password_forgotten"},
};

void write_down(storage::Transaction& tx, const LoggedEvent& event, Time now) {
    const auto* rule =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& it) { return it.kind == event.kind; });
    if (rule == kRules.end()) {
        return;
    }
    const auto body = stored_json(event.body);
    if (rule->mail == "email_changed" || rule->mail == "password_forgotten") {
        return add_mail(tx, event.sequence, rule->mail, std::nullopt, now, now);
    }
    if (rule->mail == "return_received") {
        const auto& of = body.at("order_id");
        const auto matched = of.is_null() ? std::nullopt : std::optional(OrderId{of.get<std::int64_t>()});
        return add_mail(tx, event.sequence, rule->mail, matched, now, now);
    }
    const OrderId order{event.kind.starts_with("order.") ? event.subject_id : body.at("order_id").get<std::int64_t>()};
    if (rule->mail == "payment_failed") {
        if (!is_waiting(tx, order, rule->mail)) {
            add_mail(tx, event.sequence, rule->mail, order, now + kDeclinePatience, now);
        }
        return;
    }
    const bool costs_nothing = rule->mail == "payment_received" && body.value("amount", std::int64_t{0}) == 0;
    // A parcel that was held up and is moving again was not shipped a second time.
    const bool told = rule->mail == "shipped" &&
                      tx.value<bool>(kBefore, event.subject_id, event.kind, event.sequence).value_or(false);
    if (!costs_nothing && !told) {
        add_mail(tx, event.sequence, rule->mail, order, now, now);
    }
}

/// Thrown for a mail that will not be sent.
struct Skipped {
    std::string why;
};

/// Goes to the address that the account had before: whoever took the account over cannot hide it from its
/// owner.
Message about_email_change(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box,
                           const std::string& id) {
    const auto before = accounts::former_contact(view, mail.event);
    if (!before) {
        throw Skipped{"the customer's data was erased"};
    }
    auto values = mail_values(view, settings::language(view), desk.url());
    values["customer_name"] = before->name;
    return write_mail(desk.templates, box, {.name = before->name, .address = before->email}, mail.name, values,
                      settings::language(view), id, mail.dated());
}

/// Has the code with which a customer sets a new password.
Message about_forgotten_password(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box,
                                 const std::string& id) {
    const auto reset = accounts::reset_mail(view, mail.event, desk.clock.now());
    if (!reset) {
        throw Skipped{"the code is good no more"};
    }
    auto values = mail_values(view, *reset->language, desk.url());
    values["customer_name"] = reset->contact.name;
    values["code"] = reset->code;
    return write_mail(desk.templates, box, {.name = reset->contact.name, .address = reset->contact.email}, mail.name,
                      values, *reset->language, id, mail.dated());
}

/// The receipt for a withdrawal or a return, to whoever sent it: also if the shop does not know the order, so that it says
/// nothing about who ordered what.
Message about_return_request(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box,
                             std::int64_t subject, const std::string& id) {
    const auto request = fulfillment::find_request(view, subject);
    if (!request || !request->said) {
        throw Skipped{"the customer's data was erased"};
    }
    const auto& said = *request->said;
    const auto zone = settings::time_zone(view);
    auto values = mail_values(view, settings::language(view), desk.url());
    values["customer_name"] = said.name;
    values["typed_number"] = said.order_number;
    values["email"] = said.email;
    values["said"] = said.text;
    values["received_at"] = request->language->time(request->received_at, *zone);
    values["withdrawal"] = request->kind == fulfillment::RequestKind::withdrawal;
    return write_mail(desk.templates, box, {.name = said.name, .address = said.email}, mail.name, values,
                      *request->language, id, mail.dated());
}

Message about_order(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box,
                    std::int64_t subject, const Json& body, const std::string& id) {
    const auto order = orders::get(view, *mail.order);
    if (!order.recipient) {
        throw Skipped{"the customer's data was erased"};
    }
    if (order.recipient->contact.email.empty()) {
        throw Skipped{"the customer has no e-mail address"};
    }
    if (mail.name == "payment_failed" && order.status != orders::Status::pending) {
        throw Skipped{"the order was paid, or closed, in the meantime"};
    }
    if (mail.name == "payment_reminder" && order.status != orders::Status::pending) {
        throw Skipped{"the order was paid, or closed, in the meantime"};
    }
    OrderMail about{.name = mail.name};
    if (mail.name == "refunded") {
        about.refund = payments::get_refund(view, RefundId{body.at("refund_id").get<std::int64_t>()}).amount;
    }
    if (mail.name == "ready" || mail.name == "shipped" || mail.name == "delivered") {
        about.parcel = fulfillment::get_shipment(view, ShipmentId{subject});
        if (mail.name == "ready" && about.parcel->status != fulfillment::Status::ready) {
            throw Skipped{"it was handed over, or is not ready any more"};
        }
        if (mail.name == "delivered" && about.parcel->carrier == "pickup") {
            throw Skipped{"the customer fetched it"};
        }
    }
    const auto values = order_mail_values(view, desk, order, about);
    if (mail.name == "payment_failed" && text_member(values.at("payment"), "failure").empty()) {
        throw Skipped{"the payment was tried again in the meantime"};
    }
    if (mail.name == "payment_link" && text_member(values, "pay_page_url").empty()) {
        throw Skipped{"the order was paid, or closed, in the meantime"};
    }
    const auto& contact = order.recipient->contact;
    return write_mail(desk.templates, box, {.name = contact.name, .address = contact.email}, mail.name, values,
                      *order.language, id, mail.dated());
}

Message message_of(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box) {
    const auto [subject, body] =
        view.first(
                kMailEvent,
                [](const storage::Row& row) {
                    return std::pair(row.get<std::int64_t>(0), stored_json(row.get<std::string_view>(1)));
                },
                mail.event)
            .value();
    auto number = std::to_string(static_cast<std::int64_t>(mail.id));
    if (mail.sent_again > 0) {  // mail programs show one of those that have the same
        number += fmt::format("-{}", mail.sent_again);
    }
    const auto id =
        fmt::format("mail-{}.{}", number, to_base64url(view.vault().keyed_hash("mail", number)).substr(0, 16));
    if (mail.name == "email_changed") {
        return about_email_change(view, desk, mail, box, id);
    }
    if (mail.name == "password_forgotten") {
        return about_forgotten_password(view, desk, mail, box, id);
    }
    if (mail.name == "return_received") {
        return about_return_request(view, desk, mail, box, subject, id);
    }
    if (!mail.order) {
        throw Skipped{"it is told as a notice since schema 8"};
    }
    return about_order(view, desk, mail, box, subject, body, id);
}

void send_mail(Desk& desk, const jobs::Job& job) {
    const MailId id{job.payload.at("mail_id").get<std::int64_t>()};
    const auto save = [&](MailStatus status, bool attempted, std::string_view error) {
        desk.store.writer().run([&](storage::Transaction& tx) {
            save_mail(tx, id, status, attempted, error, desk.clock.now());
            if (const auto mail = find_mail(tx, id); mail && status == MailStatus::sent) {
                accounts::forget_former_contact(tx, mail->event);
            }
        });
    };
    const OwnWords::Scope own(desk.words());
    std::optional<Outbox> box;
    Composed mail_now;
    {
        const auto view = desk.store.read();
        const auto mail = find_mail(view, id);
        if (!mail || mail->status == MailStatus::sent || mail->status == MailStatus::skipped) {
            return;  // already stored as sent: this job runs again after a crash
        }
        box = outbox_of(view, desk);
        mail_now = box ? compose_mail(view, desk, *mail, *box) : Composed{.why_not = "mail is not set up any more"};
    }
    if (!mail_now.message) {
        return save(MailStatus::skipped, false, mail_now.why_not);
    }
    box->server.reply_within = kReply;
    send_for_job(desk, job, *box, *mail_now.message, [&](bool given_up, std::string_view why) {
        save(given_up || job.attempt >= job.max_attempts ? MailStatus::failed : MailStatus::waiting, true, why);
    });
    save(MailStatus::sent, true, "");
}

/// How often a mail with an unknown outcome is sent: a missing mail is better than the same mail all day.
constexpr int kMostUnknown = 2;

}  // namespace

std::optional<Outbox> outbox_of(const storage::View& view, const Desk& desk) {
    return read_outbox(view, *desk.smtp_password, desk.outgoing, desk.smtp_answer_within);
}

void send_for_job(const Desk& desk, const jobs::Job& job, const Outbox& box, const Message& message,
                  const std::function<void(bool given_up, std::string_view why)>& failed) {
    using Outcome = SmtpError::Outcome;
    try {
        send(desk.post, box, message);
    } catch (const SmtpError& error) {
        if (error.outcome() != Outcome::refused) {
            job.end_if_stopping();  // the call may have been cut off because this server stops
        }
        const bool given_up =
            error.outcome() == Outcome::refused || (error.outcome() == Outcome::unknown && job.attempt >= kMostUnknown);
        failed(given_up, error.what());
        if (given_up) {
            throw jobs::GiveUp(error.what());
        }
        if (error.outcome() == Outcome::unreachable) {
            throw jobs::NoAnswer(error.what());
        }
        throw;
    }
}

Composed compose_mail(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box) {
    try {
        return {.message = message_of(view, desk, mail, box), .why_not = ""};
    } catch (const Skipped& skipped) {
        return {.why_not = skipped.why};
    }
}

LogReader mail_reader() {
    return {.name = kMailReader, .listens = is_mail_set_up, .begin = [](storage::Transaction& tx, Time now) {
                return [&tx, now](const LoggedEvent& event) { write_down(tx, event, now); };
            }};
}

void add_mail_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kMailJob, [&desk](const jobs::Job& job) { send_mail(desk, job); });
}

}  // namespace orderd::notify

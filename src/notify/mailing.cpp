#include "notify/mailing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "accounts/customer.h"
#include "base/text.h"
#include "catalog/product.h"
#include "fulfillment/shipment.h"
#include "fulfillment/shop_values.h"
#include "fulfillment/tracking_page.h"
#include "notify/mail.h"
#include "notify/mail_settings.h"
#include "notify/values.h"
#include "notify/writing.h"
#include "payments/payment.h"
#include "storage/settings.h"
#include "storage/shop_language.h"

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
    Rule{"payment.succeeded", "payment_received"},
    Rule{"payment.failed", "payment_failed"},
    Rule{"payment.refunded", "refunded"},
    Rule{"shipment.ready", "ready"},
    Rule{"shipment.in_transit", "shipped"},
    Rule{"shipment.delivered", "delivered"},
    Rule{"alert.notified", "low_stock"},
    Rule{"payment.reminded", "payment_reminder"},
    Rule{"customer.email_changed", "email_changed"},
};

void write_down(storage::Transaction& tx, const LoggedEvent& event, Time now) {
    const auto* rule =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& it) { return it.kind == event.kind; });
    if (rule == kRules.end()) {
        return;
    }
    const auto body = stored_json(event.body);
    if (rule->mail == "low_stock" || rule->mail == "email_changed") {
        return add_mail(tx, event.sequence, rule->mail, std::nullopt, now, now);
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

Message about_stock(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box, const Json& body,
                    const std::string& id) {
    if (box.alerts_to.empty()) {
        throw Skipped{"alerts_to is not set"};
    }
    const auto product = catalog::find(view, ProductId{body.at("product_id").get<std::int64_t>()});
    if (!product) {
        throw Skipped{"the product was removed"};
    }
    auto values = fulfillment::shop_values(view);
    values["product"] = {{"sku", product->sku},
                         {"name", product->name},
                         {"available", body.at("available")},
                         {"threshold", body.at("threshold")}};
    values["dashboard_url"] = desk.url() + "/dashboard/";
    return write_mail(desk.templates, box, {.name = "", .address = box.alerts_to}, mail.name, values,
                      Language::english(), id, mail.created_at);
}

/// Goes to the address that the account had before: whoever took the account over cannot hide it from its
/// owner.
Message about_email_change(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box,
                           const std::string& id) {
    const auto before = accounts::former_contact(view, mail.event);
    if (!before) {
        throw Skipped{"the customer's data was erased"};
    }
    auto values = fulfillment::shop_values(view);
    values["customer_name"] = before->name;
    return write_mail(desk.templates, box, {.name = before->name, .address = before->email}, mail.name, values,
                      settings::language(view), id, mail.created_at);
}

Message about_order(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box,
                    std::int64_t subject, const Json& body, const std::string& id) {
    const auto order = orders::get(view, *mail.order);
    if (!order.recipient) {
        throw Skipped{"the customer's data was erased"};
    }
    if (mail.name == "payment_failed" && order.status != orders::Status::pending) {
        throw Skipped{"the order was paid, or closed, in the meantime"};
    }
    if (mail.name == "payment_reminder" && order.status != orders::Status::pending) {
        throw Skipped{"the order was paid, or closed, in the meantime"};
    }
    auto values = order_values(view, order, desk.url(), desk.simulated);
    if (mail.name == "payment_failed" && text_member(values.at("payment"), "failure").empty()) {
        throw Skipped{"the payment was tried again in the meantime"};
    }
    if (mail.name == "refunded") {
        const auto refund = payments::get_refund(view, RefundId{body.at("refund_id").get<std::int64_t>()});
        values["refund"] = {{"amount", order.language->money(refund.amount, settings::currency(view))}};
    }
    if (mail.name == "ready" || mail.name == "shipped" || mail.name == "delivered") {
        const auto shipment = fulfillment::get_shipment(view, ShipmentId{subject});
        if (mail.name == "ready" && shipment.status != fulfillment::Status::ready) {
            throw Skipped{"it was handed over, or is not ready any more"};
        }
        if (mail.name == "delivered" && shipment.carrier == "pickup") {
            throw Skipped{"the customer fetched it"};
        }
        values["parcel"] = fulfillment::parcel_values(order, shipment);
    }
    const auto& contact = order.recipient->contact;
    return write_mail(desk.templates, box, {.name = contact.name, .address = contact.email}, mail.name, values,
                      *order.language, id, mail.created_at);
}

Message compose_mail(const storage::View& view, const Desk& desk, const Mail& mail, const Outbox& box) {
    const auto [subject, body] =
        view.first(
                kMailEvent,
                [](const storage::Row& row) {
                    return std::pair(row.get<std::int64_t>(0), stored_json(row.get<std::string_view>(1)));
                },
                mail.event)
            .value();
    const auto number = std::to_string(static_cast<std::int64_t>(mail.id));
    const auto id =
        fmt::format("mail-{}.{}", number, to_base64url(view.vault().keyed_hash("mail", number)).substr(0, 16));
    if (mail.name == "email_changed") {
        return about_email_change(view, desk, mail, box, id);
    }
    return mail.order ? about_order(view, desk, mail, box, subject, body, id)
                      : about_stock(view, desk, mail, box, body, id);
}

/// How often a mail with an unknown outcome is sent: a missing mail is better than the same mail all day.
constexpr int kMostUnknown = 2;

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
    std::optional<Outbox> box;
    Message message;
    try {
        const auto view = desk.store.read();
        const auto mail = find_mail(view, id);
        if (!mail || mail->status == MailStatus::sent || mail->status == MailStatus::skipped) {
            return;  // already stored as sent: this job runs again after a crash
        }
        box = read_outbox(view, *desk.smtp_password, desk.outgoing, desk.smtp_answer_within);
        if (!box) {
            throw Skipped{"mail is not set up any more"};
        }
        box->server.reply_within = kReply;
        message = compose_mail(view, desk, *mail, *box);
    } catch (const Skipped& skipped) {
        return save(MailStatus::skipped, false, skipped.why);
    }
    try {
        send(desk.post, *box, message);
    } catch (const SmtpError& error) {
        if (error.outcome() != SmtpError::Outcome::refused) {
            job.end_if_stopping();  // the call may have been cut off because this server stops
        }
        const bool given_up = error.outcome() == SmtpError::Outcome::refused ||
                              (error.outcome() == SmtpError::Outcome::unknown && job.attempt >= kMostUnknown);
        save(given_up || job.attempt >= job.max_attempts ? MailStatus::failed : MailStatus::waiting, true,
             error.what());
        if (given_up) {
            throw jobs::GiveUp(error.what());
        }
        if (error.outcome() == SmtpError::Outcome::unreachable) {
            throw jobs::NoAnswer(error.what());
        }
        throw;
    }
    save(MailStatus::sent, true, "");
}

}  // namespace

LogReader mail_reader() {
    return {.name = kMailReader, .listens = is_mail_set_up, .begin = [](storage::Transaction& tx, Time now) {
                return [&tx, now](const LoggedEvent& event) { write_down(tx, event, now); };
            }};
}

void add_mail_jobs(jobs::Workers& workers, Desk& desk) {
    workers.handle(kMailJob, [&desk](const jobs::Job& job) { send_mail(desk, job); });
}

}  // namespace orderd::notify

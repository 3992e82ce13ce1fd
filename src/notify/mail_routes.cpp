#include "notify/mail_routes.h"

#include <fmt/format.h>

#include <chrono>

#include "api/pages.h"
#include "api/refusals.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/waiting_places.h"
#include "notify/mail.h"
#include "notify/mail_settings.h"
#include "notify/mailing.h"
#include "notify/values.h"
#include "notify/writing.h"
#include "orders/lifecycle.h"
#include "orders/links.h"
#include "orders/readdressing.h"
#include "payments/payment.h"
#include "storage/audit.h"
#include "storage/events.h"

namespace orderd::notify {

namespace {

struct MailTest {
    std::string to;
};

}  // namespace

}  // namespace orderd::notify

namespace orderd {

template <>
struct api::Fields<notify::MailTest> {
    static Declared<notify::MailTest> value() {
        return object<notify::MailTest>("MailTest", {field("to", &notify::MailTest::to, Shape::email())});
    }
};

}  // namespace orderd

namespace orderd::notify {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer send_test(Request& in, Desk& desk, MailTest wanted) {
    return send_at_once(in, desk, wanted.to, [&](const storage::View& view, const Outbox& box) {
        return write_mail(desk.templates, box, {.name = "", .address = wanted.to}, "test",
                          mail_values(view, Language::english(), desk.url()), Language::english(),
                          random_token("test-"), in.now());
    });
}

Refusal mail_not_set_up() { return {kMailNotSetUp, "no mail server is set up: the setting \"mail\" is null"}; }

/// Checks that there is something to pay, and someone to tell it. @returns the address
std::string who_pays(const storage::View& view, const orders::Order& order) {
    if (!is_mail_set_up(view)) {
        throw mail_not_set_up();
    }
    const auto payment = payments::find_by_order(view, order.id);
    const bool owes_rest = orders::is_open(order.status) && order.balance.minor > 0;
    if (!owes_rest && (order.status != orders::Status::pending || (payment && payment->is_taken()))) {
        throw Refusal(orders::kNotPending, "the order is paid or closed: there is nothing to pay");
    }
    if (!order.recipient) {
        throw Refusal(orders::kCustomerErased, "the customer's data was erased");
    }
    if (order.recipient->contact.email.empty()) {
        throw Refusal(kNoEmail, "the customer gave no e-mail address: copy the link instead");
    }
    return order.recipient->contact.email;
}

/// The mail has the link as it is when the mail is sent.
Answer mail_payment_link(Request& in, Desk&) {
    const OrderId id{in.id()};
    return in.mutate([&](storage::Transaction& tx) {
        const auto to = who_pays(tx, orders::get(tx, id));
        if (!is_waiting(tx, id, "payment_link")) {
            events::record(tx, "order.payment_asked", {"order", number(id)}, Json::object(), in.actor(), in.now());
            audit::record(tx, "order.payment_asked", {"order", number(id)}, nullptr, Json::object(), in.actor(),
                          in.now());
        }
        return api::ok({{"sent_to", to}});
    });
}

Answer mails_page(Request& in, Desk&) {
    const auto page = in.page();
    auto found = list_mails(in.read(), {.order = in.query_integer("order_id"), .status = in.query("status")}, page);
    const bool more = storage::cut(found, page);
    auto rows = Json::array();
    for (const auto& mail : found) {
        rows.push_back(to_json(mail));
    }
    const Json after = more ? rows.back().at("id") : Json(nullptr);
    return api::page(std::move(rows), after);
}

Answer show_receipt(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto order = orders::order_of_receipt(view.vault(), in.path_text("link"));
    if (!order) {
        throw not_found("page");
    }
    const auto shown = orders::get(view, *order);
    return api::page(desk.templates, "receipt.html", order_values(view, shown, desk.url(), desk.simulated),
                     *shown.language);
}

}  // namespace

api::Shape listed_mail_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"kind", Shape::text(1, 40).described("of its templates: order_placed, shipped, …")},
                          {"order_id", Shape::id().nullable().described("null: it is about stock or an account")},
                          {"event_sequence", Shape::id().described("of the event that asked for it")},
                          {"status", Shape::one_of(mail_statuses())},
                          {"attempts", Shape::integer(0, 1'000'000)},
                          {"last_error", Shape::text(0, 1000).described("or why it was skipped")},
                          {"sent_again", Shape::integer(0, 1'000'000).described("how often staff asked for it")},
                          {"created_at", Shape::time()},
                          {"updated_at", Shape::time()}})
        .named("Mail");
}

api::Shape sent_shape() { return Shape::object({{"sent_to", Shape::email()}}).named("MailTestSent"); }

void limit_tests(const Request& in, Desk& desk) {
    // Without a limit, this could scan a network, since the settings may name any host and port.
    const RateLimiter::Instant now{std::chrono::milliseconds(in.now().ms)};
    if (const int seconds = desk.mail_tests.take("", now).wait; seconds > 0) {
        throw Refusal(api::kTooManyRequests,
                      fmt::format("mail is tried at most {} times a minute; try again in {} s", kMailTests, seconds))
            .retry_after(seconds);
    }
}

Outbox require_outbox(const storage::View& view, const Desk& desk) {
    auto box = outbox_of(view, desk);
    if (!box) {
        throw mail_not_set_up();
    }
    return std::move(*box);
}

Answer send_at_once(Request& in, Desk& desk, const std::string& to, const WriteMail& write) {
    limit_tests(in, desk);
    std::optional<Outbox> box;
    Message message;
    {
        const auto view = in.read();
        box = require_outbox(view, desk);
        message = write(view, *box);
    }
    const auto place = desk.places.take(in.caller());
    if (!place) {
        throw too_many_wait();
    }
    try {
        send(desk.post, *box, message);
    } catch (const SmtpError& error) {
        if (error.outcome() == SmtpError::Outcome::refused) {
            throw Refusal(kMailRefused, error.what());
        }
        throw Refusal(kMailNotSent, error.what());
    }
    return api::ok({{"sent_to", to}});
}

void add_mail_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Settings", desk);
    add({.method = "POST",
         .path = "/admin/settings/mail/test",
         .name = "mails.test",
         .who = Who::owner,
         .summary = "Send a test mail with the current settings",
         .answers = {{200, sent_shape()}},
         .refuses = {kMailNotSetUp, kMailRefused, kMailNotSent, kTooManyWait, api::kTooManyRequests}},
        send_test);
    const auto add_to_orders = api::rows_of(routes, "Orders", desk);
    add_to_orders({.method = "GET",
                   .path = "/admin/mails",
                   .name = "mails.list",
                   .who = Who::viewer,
                   .summary = "List the mails that were sent or will be",
                   .query = {{"order_id", Shape::id(), "about this order"},
                             {"status", Shape::one_of(mail_statuses()), "in this state"}},
                   .paged = true,
                   .answers = {{200, Shape::page(listed_mail_shape())}}},
                  mails_page);
    add_to_orders({.method = "POST",
                   .path = "/admin/orders/{id}/payment-link/mail",
                   .name = "orders.mailPaymentLink",
                   .who = Who::staff,
                   .summary = "Mail the customer the link to the page on which the order is paid",
                   .answers = {{200, Shape::object({{"sent_to", Shape::email()}}).named("PaymentLinkMailed")}},
                   .refuses = {kMailNotSetUp, kNoEmail, orders::kNotPending, orders::kCustomerErased},
                   .idempotent = true},
                  mail_payment_link);
    add_to_orders({.method = "GET",
                   .path = "/receipt/{link}",
                   .name = "receipts.page",
                   .who = Who::anyone,
                   .summary = "An order's receipt as a page, for whoever has its link",
                   .answers = {{200, std::nullopt, "text/html; charset=utf-8"}}},
                  show_receipt);
}

}  // namespace orderd::notify

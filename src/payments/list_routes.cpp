#include "payments/list_routes.h"

#include <fmt/format.h>

#include "api/span.h"
#include "orders/describe.h"
#include "payments/describe.h"
#include "payments/list.h"
#include "payments/takings.h"

namespace orderd::payments {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_payments(Request& in, Desk& desk);
Answer sum_payments(Request& in, Desk& desk);
Answer show_for_admin(Request& in, Desk& desk);
Answer show_takings(Request& in, Desk& desk);

std::vector<api::QueryParameter> list_filters() {
    return {
        {"status",
         Shape::one_of({"processing", "requires_action", "authorized", "succeeded", "failed", "voided",
                        "partially_refunded", "refunded", "disputed"}),
         "any of these", true},
        {"method", Shape::one_of({"card", "bank_transfer", "cash_on_delivery", "cash", "terminal"}), "paid this way"},
        {"gateway", Shape::one_of({"sandbox", "stripe", "manual"}), "through this gateway"},
        {"order_id", Shape::id(), "of this order"},
        {"refund_to_be_sent", Shape::boolean(), "true: with a refund that staff are to send by hand"},
        {"order_status", orders::status_shape(), "of orders in any of these", true},
        {"from", Shape::time(), fmt::format("made at this time or later{}", api::kDateAloneBegins)},
        {"to", Shape::time(), fmt::format("made before this time{}", api::kDateAloneEnds)},
        {"q", Shape::text(1, 200),
         "an order's number, an amount, a gateway's reference, words of what was written on receipt, or an e-mail address, "
         "telephone number or name on the order"},
    };
}

}  // namespace

void add_list_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Payments", desk);
    add({.method = "GET",
         .path = "/admin/payments",
         .name = "payments.list",
         .who = Who::viewer,
         .summary = "List payments, newest first",
         .query = list_filters(),
         .paged = true,
         .answers = {{200, Shape::page(admin_payment_shape())}}},
        list_payments);
    add({.method = "GET",
         .path = "/admin/payments/totals",
         .name = "payments.totals",
         .who = Who::viewer,
         .summary = "Add up the payments that the filters of the list find",
         .query = list_filters(),
         .answers = {{200, totals_shape()}}},
        sum_payments);
    add({.method = "GET",
         .path = "/admin/payments/{id}",
         .name = "payments.show",
         .who = Who::viewer,
         .summary = "Read a payment, with its attempts",
         .answers = {{200, admin_payment_shape()}}},
        show_for_admin);
    add({.method = "GET",
         .path = "/admin/stats/payments",
         .name = "stats.payments",
         .who = Who::viewer,
         .summary = "Read what came in and went back by day, and what is open",
         .query = {{"days", Shape::integer(1, 366),
                    "how many days of the shop's time zone, today included; 30 if absent"}},
         .answers = {{200, takings_shape()}}},
        show_takings);
}

namespace {

Filter filter_of(const Request& in, const storage::View& view) {
    const auto span = api::span_of_query(in, view);
    Filter filter{.statuses = in.query_list("status"),
                  .method = in.query("method"),
                  .gateway = in.query("gateway"),
                  .order = std::nullopt,
                  .order_statuses = in.query_list("order_status"),
                  .from = span.from,
                  .before = span.before};
    if (const auto order = in.query_integer("order_id")) {
        filter.order = OrderId{*order};
    }
    filter.refund_to_be_sent = in.query_flag("refund_to_be_sent").value_or(false);
    filter.text = in.query("q").value_or("");
    return filter;
}

Answer list_payments(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto found = list(view, filter_of(in, view), in.page());
    auto rows = Json::array();
    for (const auto& payment : found.rows) {
        rows.push_back(describe_for_admin(view, payment, desk.currency.code(), desk.base()));
    }
    return api::page(std::move(rows), found.after);
}

Answer sum_payments(Request& in, Desk& desk) {
    const auto view = in.read();
    return api::ok(describe(totals(view, filter_of(in, view)), desk.currency.code()));
}

Answer show_for_admin(Request& in, Desk& desk) {
    const auto view = in.read();
    const auto payment = get(view, PaymentId{in.id()});
    return api::composed(describe_for_admin(view, payment, desk.currency.code(), desk.base()), payment.version);
}

Answer show_takings(Request& in, Desk&) {
    return api::ok(describe_takings(in.read(), in.query_integer("days").value_or(30), in.now()));
}

}  // namespace

}  // namespace orderd::payments

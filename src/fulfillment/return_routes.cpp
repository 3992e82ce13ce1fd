#include "base/state_table.h"
#include "fulfillment/bodies.h"
#include "fulfillment/describe.h"
#include "fulfillment/returns.h"
#include "fulfillment/routes.h"
#include "orders/shipping.h"
#include "storage/events.h"

namespace orderd::fulfillment {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer add_return(Request& in, Desk& desk, NewReturn wanted);
Answer list_returns(Request& in, Desk& desk);
Answer cancel_unshipped(Request& in, Desk& desk, CancelUnshipped wanted);

const Shape& return_shape() {
    static const auto shape = Shape::object({
                                                {"id", Shape::id()},
                                                {"order_id", Shape::id()},
                                                {"items", Shape::list(api::shape_of<Units>())},
                                                {"reason", Shape::text(0, 500)},
                                                {"restocked", Shape::boolean()},
                                                {"refund", Shape::money().described("what was asked of the payment")},
                                                {"at", Shape::time()},
                                            })
                                  .named("OrderReturn");
    return shape;
}

Shape returns_shape() {
    return Shape::object({{"order_id", Shape::id()}, {"returns", Shape::list(return_shape(), 0, 100'000)}})
        .named("OrderReturns");
}

/// The given refusals, and those of refunding.
std::vector<Refused> with_refunds(const Desk& desk, std::vector<Refused> others) {
    others.insert(others.end(), desk.refunds.refuses.begin(), desk.refunds.refuses.end());
    return others;
}

std::vector<Refused> giving_up(const Desk& desk, std::vector<Refused> others) {
    others.insert(others.end(), desk.refunds.taking_out_refuses.begin(), desk.refunds.taking_out_refuses.end());
    return others;
}

}  // namespace

void add_returning_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "GET",
         .path = "/orders/{id}/returns",
         .name = "returns.list",
         .who = Who::viewer,
         .summary = "List an order's returns, oldest first",
         .answers = {{200, returns_shape()}}},
        list_returns);
    add({.method = "POST",
         .path = "/orders/{id}/returns",
         .name = "returns.add",
         .who = Who::staff,
         .summary = "Take shipped units back, and refund them",
         .answers = {{201, return_shape()}},
         .refuses = with_refunds(desk, {kIllegalTransition, orders::kNotShipped}),
         .idempotent = true,
         .if_match = true},
        add_return);
    add({.method = "POST",
         .path = "/orders/{id}/cancel-unshipped",
         .name = "orders.cancelUnshipped",
         .who = Who::staff,
         .summary = "Cancel the unshipped units of a partly shipped order, and refund them",
         .answers = {{200, fulfillment_shape()}},
         .refuses = with_refunds(desk, giving_up(desk, {kIllegalTransition})),
         .idempotent = true,
         .if_match = true},
        cancel_unshipped);
}

namespace {

Json describe(const Return& it) {
    return {{"id", it.id},         {"order_id", number(it.order)}, {"items", to_json(it.items)},
            {"reason", it.reason}, {"restocked", it.restocked},    {"refund", it.refund.minor},
            {"at", rfc3339(it.at)}};
}

Answer list_returns(Request& in, Desk&) {
    const auto view = in.read();
    const auto order = orders::get(view, OrderId{in.id()});
    auto list = Json::array();
    for (const auto& it : returns_of(view, order.id)) {
        list.push_back(describe(it));
    }
    return api::ok({{"order_id", number(order.id)}, {"returns", std::move(list)}}, order.version);
}

Answer add_return(Request& in, Desk& desk, NewReturn wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const auto order = orders::get(tx, OrderId{in.id()});
        in.check_version(order.version);
        const auto made = take_back(tx, order, wanted, desk.refunds, in.actor(), in.now());
        audit::record(tx, "order.return", {"order", number(order.id)}, nullptr,
                      {{"return_id", made.id}, {"restocked", made.restocked}, {"refund", made.refund.minor}},
                      in.actor(), in.now());
        Answer answer{.status = 201, .body = describe(made)};
        return answer;
    });
}

Answer cancel_unshipped(Request& in, Desk& desk, CancelUnshipped wanted) {
    return in.mutate([&](storage::Transaction& tx) {
        const OrderId id{in.id()};
        const auto order = orders::get(tx, id);
        in.check_version(order.version);
        const auto refund = cancel_rest(tx, order, wanted.reason, wanted.refund, desk.refunds, in.actor(), in.now());
        audit::record(tx, "order.cancel_unshipped", {"order", number(id)}, {{"status", orders::to_text(order.status)}},
                      {{"status", orders::to_text(orders::get(tx, id).status)}, {"refund", refund.minor}}, in.actor(),
                      in.now());
        auto json = describe_fulfillment(tx, id);
        const auto version = json.at("version").get<std::int64_t>();
        return api::ok(std::move(json), version);
    });
}

}  // namespace

}  // namespace orderd::fulfillment

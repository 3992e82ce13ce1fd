#include "fulfillment/describe.h"
#include "fulfillment/return_request.h"
#include "fulfillment/routes.h"
#include "storage/events.h"

namespace orderd::fulfillment {

namespace {

using api::Answer;
using api::Request;
using api::Shape;
using api::Who;

Answer list_return_requests(Request& in, Desk& desk);
Answer list_requests_of_order(Request& in, Desk& desk);
Answer settle(Request& in, Desk& desk);

Shape requests_of_order_shape() {
    return Shape::object({{"order_id", Shape::id()}, {"requests", Shape::list(return_request_shape(), 0, 100'000)}})
        .named("ReturnRequestsOfOrder");
}

}  // namespace

const api::Shape& return_request_shape() {
    static const auto shape =
        Shape::object({
                          {"id", Shape::id()},
                          {"kind", Shape::one_of(kRequestKinds.list())},
                          {"order_id", Shape::id().nullable().described("null: no order has this number and address")},
                          {"order_number", Shape::text(0, 100).described("as it was typed")},
                          {"name", Shape::text(0, 200).nullable().described("null: erased on request")},
                          {"email", Shape::text(0, 254).nullable()},
                          {"text", Shape::lines(0, 2000).nullable()},
                          {"received_at", Shape::time()},
                          {"settled_at", Shape::time().nullable().described("null: staff have to deal with it")},
                      })
            .named("ReturnRequest");
    return shape;
}

Json describe(const ReturnRequest& request) {
    const auto said = [&](std::string Said::*member) {
        return request.said ? Json((*request.said).*member) : Json(nullptr);
    };
    return {{"id", request.id},
            {"kind", kRequestKinds[request.kind]},
            {"order_id", request.order ? Json(number(*request.order)) : Json(nullptr)},
            {"order_number", request.said ? request.said->order_number : ""},
            {"name", said(&Said::name)},
            {"email", said(&Said::email)},
            {"text", said(&Said::text)},
            {"received_at", rfc3339(request.received_at)},
            {"settled_at", or_null(request.settled_at)}};
}

void add_return_request_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "GET",
         .path = "/admin/return-requests",
         .name = "returnRequests.list",
         .who = Who::viewer,
         .summary = "List what customers asked for without signing in, newest first: withdrawals and returns",
         .query = {{"status", Shape::one_of({"open"}), "those that staff have to deal with"}},
         .paged = true,
         .answers = {{200, Shape::page(return_request_shape())}}},
        list_return_requests);
    add({.method = "GET",
         .path = "/orders/{id}/return-requests",
         .name = "returnRequests.ofOrder",
         .who = Who::viewer,
         .summary = "List the withdrawals and returns that a customer asked for of an order, oldest first",
         .answers = {{200, requests_of_order_shape()}}},
        list_requests_of_order);
    add({.method = "POST",
         .path = "/admin/return-requests/{id}/settle",
         .name = "returnRequests.settle",
         .who = Who::staff,
         .summary = "Say that a withdrawal or a return was dealt with",
         .answers = {{200, return_request_shape()}},
         .idempotent = true},
        settle);
}

namespace {

Json describe_all(const std::vector<ReturnRequest>& requests) {
    auto rows = Json::array();
    for (const auto& request : requests) {
        rows.push_back(describe(request));
    }
    return rows;
}

Answer list_return_requests(Request& in, Desk&) {
    const auto found = list_requests(in.read(), in.query("status").has_value(), in.page());
    return api::page(describe_all(found.rows), found.after);
}

Answer list_requests_of_order(Request& in, Desk&) {
    const auto view = in.read();
    const auto order = orders::get(view, OrderId{in.id()});
    return api::ok({{"order_id", number(order.id)}, {"requests", describe_all(requests_of(view, order.id))}});
}

Answer settle(Request& in, Desk&) {
    return in.mutate([&](storage::Transaction& tx) {
        auto request = find_request(tx, in.id());
        if (!request) {
            throw not_found("return request");
        }
        settle_request(tx, *request, in.actor(), in.now());
        return api::ok(describe(*find_request(tx, in.id())));
    });
}

}  // namespace

}  // namespace orderd::fulfillment

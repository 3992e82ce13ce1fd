// What customers ask for without signing in: to withdraw from an order, or to send goods back.

#include "fulfillment/return_request.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "base/errors.h"
#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;
using fulfillment::NewReturnRequest;
using fulfillment::RequestKind;
using fulfillment::ReturnRequest;
using fulfillment::Said;

namespace {

ReturnRequest ask(Shop& shop, const Said& said, RequestKind kind = RequestKind::withdrawal, std::int64_t network = 0) {
    return shop.store().writer().run([&](storage::Transaction& tx) {
        return fulfillment::receive_request(tx, {.kind = kind, .said = said, .network = network}, shop.clock().now());
    });
}

Said said_of(std::int64_t order, const std::string& email = "ada@example.com") {
    return {.order_number = std::to_string(order), .name = "Ada Lovelace", .email = email, .text = "The mug."};
}

Json open_of(Shop& shop) { return shop.get("/admin/return-requests?status=open", shop.viewer()).body["data"]; }

std::int64_t counted(Shop& shop) {
    return shop.get("/admin/stats", shop.viewer()).body["return_requests"].get<std::int64_t>();
}

}  // namespace

TEST_CASE("a withdrawal finds its order by number and e-mail address, and waits for staff") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 2}});
    const auto before = stock(shop, 1);
    auto said = said_of(order.id, "ADA@Example.com");
    said.order_number = "No. #" + std::to_string(order.id);
    const auto made = ask(shop, said);
    REQUIRE(made.order == OrderId{order.id});
    const auto open = open_of(shop);
    REQUIRE(open.size() == 1);
    CHECK(open[0]["kind"] == "withdrawal");
    CHECK(open[0]["order_id"] == order.id);
    CHECK(open[0]["name"] == "Ada Lovelace");
    CHECK(open[0]["text"] == "The mug.");
    CHECK(open[0]["settled_at"].is_null());
    CHECK(counted(shop) == 1);
    CHECK(shop.get(order.path("/return-requests"), shop.viewer()).body["requests"] == open);
    CHECK(order_status(shop, order.id) == "paid");  // neither stock nor money moved
    CHECK(stock(shop, 1) == before);

    CHECK(ask(shop, said).id == made.id);  // sent twice
    CHECK(ask(shop, said, RequestKind::send_back).id != made.id);
    CHECK(counted(shop) == 2);
    shop.check_invariants();
}

TEST_CASE("what names no order is kept for staff too, and is told from no other") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    for (const auto& [number, email] :
         {std::pair<std::string, std::string>{std::to_string(order.id), "eve@example.com"},
          {"999999", "ada@example.com"},
          {"I do not know", "ada@example.com"},
          {"99999999999999999999", "ada@example.com"},
          {"0", "ada@example.com"}}) {
        CAPTURE(number, email);
        CHECK_FALSE(ask(shop, {.order_number = number, .name = "Ada", .email = email, .text = ""}).order);
    }
    const auto open = open_of(shop);
    CHECK(open.size() == 5);
    CHECK(open[4]["order_number"] == std::to_string(order.id));
    CHECK(shop.get(order.path("/return-requests"), shop.viewer()).body["requests"].empty());
    shop.check_invariants();
}

TEST_CASE("staff say that they dealt with a request, and taking goods back says so too") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 2}});
    const auto first = ask(shop, said_of(order.id));
    const auto settle = "/admin/return-requests/" + std::to_string(first.id) + "/settle";
    CHECK(shop.post(settle, Json::object(), shop.viewer()).status == 403);
    CHECK(shop.post("/admin/return-requests/77/settle", Json::object(), shop.staff()).status == 404);
    const auto settled = shop.post(settle, Json::object(), shop.staff());
    REQUIRE(settled.status == 200);
    CHECK(settled.body["settled_at"].is_string());
    CHECK(shop.post(settle, Json::object(), shop.staff()).body == settled.body);
    CHECK(open_of(shop).empty());

    ask(shop, said_of(order.id), RequestKind::send_back);
    CHECK(counted(shop) == 1);
    labelled(shop, order);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    const Json back{{"items", Json::array({{{"item_id", order.items[0]}, {"quantity", 1}}})}, {"refund", 0}};
    REQUIRE(shop.post(order.path("/returns"), back, shop.staff()).status == 201);
    CHECK(counted(shop) == 0);
    CHECK(shop.get("/admin/return-requests", shop.viewer()).body["data"].size() == 2);
    shop.check_invariants();
}

TEST_CASE("erasing a customer takes what they asked for, also where the number was mistyped") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    ask(shop, said_of(order.id));
    ask(shop, {.order_number = "10", .name = "Ada", .email = "Ada@example.com", .text = "oops"});
    ask(shop, {.order_number = "10", .name = "Eve", .email = "eve@example.com", .text = "mine"});
    REQUIRE(shop.post(order.path("/cancel"), Json::object(), shop.staff()).status == 200);
    const auto customer = shop.get("/admin/orders/" + std::to_string(order.id), shop.owner()).body["customer_id"];
    REQUIRE(shop.post("/admin/customers/" + customer.dump() + "/erase", Json::object(), shop.owner()).status < 300);
    const auto all = shop.get("/admin/return-requests", shop.viewer()).body["data"];
    REQUIRE(all.size() == 3);
    CHECK(all[0]["name"] == "Eve");
    CHECK(all[1]["name"].is_null());
    CHECK(all[1]["text"].is_null());
    CHECK(all[2]["email"].is_null());
}

TEST_CASE("a network may ask for so many returns in a day, and so many may name no order") {
    Shop shop;
    const auto order = paid(shop, {{shop.product({}), 1}});
    const Said unknown{.order_number = "7", .name = "Eve", .email = "eve@example.com", .text = ""};
    for (std::int64_t i = 0; i < budget::kReturnRequestsOfNetwork; ++i) {
        ask(shop, unknown, RequestKind::withdrawal, 5);
    }
    CHECK_THROWS_AS(ask(shop, unknown, RequestKind::withdrawal, 5), Refusal);
    CHECK_THROWS_AS(ask(shop, said_of(order.id), RequestKind::withdrawal, 5), Refusal);  // the answer tells nothing
    ask(shop, unknown, RequestKind::withdrawal, 6);
    shop.advance(days(1));
    ask(shop, unknown, RequestKind::withdrawal, 5);

    const auto left = budget::kUnmatchedReturnRequests - budget::kReturnRequestsOfNetwork - 2;
    shop.store().writer().run([&](storage::Transaction& tx) {
        for (std::int64_t i = 0; i < left; ++i) {
            fulfillment::receive_request(tx, {.said = unknown}, shop.clock().now());
        }
    });
    CHECK_THROWS_AS(ask(shop, unknown), Refusal);
    ask(shop, said_of(order.id));  // who names an order is not kept out by those who name none
}

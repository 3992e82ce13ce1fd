#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("many orders are fulfilled, shipped and delivered in one call, with a result for each") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto first = paid(shop, {{mug, 1}});
    const auto second = paid(shop, {{mug, 2}});
    const auto unpaid = placed(shop, {{mug, 1}});
    const auto bulk = [&](const Json& body, const Headers& headers = {}) {
        return shop.post("/orders/bulk/fulfillment", body, shop.staff(), headers);
    };
    const Json all{first.id, unpaid.id, 5555, second.id};

    const auto started = bulk({{"order_ids", all}, {"carrier", "local"}});
    INFO(started.text);
    REQUIRE(started.status == 200);
    const auto& results = started.body["results"];
    REQUIRE(results.size() == 4);
    CHECK(results[0]["status"] == 202);
    CHECK(results[0]["shipments"][0]["status"] == "label_pending");
    CHECK(results[1]["status"] == 409);
    CHECK(results[1]["code"] == "not_paid");
    CHECK(results[1]["shipments"].empty());
    CHECK(results[2]["status"] == 404);
    CHECK(results[3]["order_id"] == second.id);
    CHECK(results[3]["code"].is_null());
    shop.drain();

    CHECK(bulk({{"order_ids", {first.id}}}).body["results"][0]["code"] == "nothing_to_ship");
    const auto shipped = bulk({{"order_ids", all}, {"status", "shipped"}});
    CHECK(shipped.body["results"][0]["shipments"][0]["status"] == "in_transit");
    CHECK(shipped.body["results"][1]["code"] == "no_shipment");
    CHECK(order_status(shop, second.id) == "shipped");
    const auto delivered = bulk({{"order_ids", all}, {"status", "delivered"}}, {{"Idempotency-Key", "d1"}});
    CHECK(delivered.body["results"][3]["status"] == 200);
    CHECK(order_status(shop, first.id) == "delivered");
    CHECK(order_status(shop, second.id) == "delivered");
    CHECK(bulk({{"order_ids", all}, {"status", "delivered"}}, {{"Idempotency-Key", "d1"}}).text == delivered.text);
    const auto again = bulk({{"order_ids", {first.id}}, {"status", "delivered"}});
    CHECK(again.body["results"][0]["code"] == "illegal_transition");
    shop.check_invariants();
}

TEST_CASE("a call for many orders holds what is wrong with it whole") {
    Shop shop;
    const auto bulk = [&](const Json& body) { return shop.post("/orders/bulk/fulfillment", body, shop.staff()); };
    CHECK(bulk(Json::object()).status == 422);
    CHECK(bulk({{"order_ids", Json::array()}}).status == 422);
    CHECK(bulk({{"order_ids", {1001}}, {"carrier", "pigeon"}}).status == 422);
    CHECK(bulk({{"order_ids", {1001}}, {"tracking_number", "12345"}}).status == 422);
    CHECK(bulk({{"order_ids", {1001}}, {"items", {{{"item_id", 1}, {"quantity", 1}}}}}).status == 422);
    CHECK(bulk({{"order_ids", {1001}}, {"status", "shipped"}, {"carrier", "local"}}).status == 422);
    CHECK(shop.post("/orders/bulk/fulfillment", {{"order_ids", {1001}}}, shop.viewer()).status == 403);
}

TEST_CASE("two calls for the same orders at once start one parcel each", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    Json ids = Json::array();
    for (int i = 0; i < 10; ++i) {
        ids.push_back(paid(shop, {{mug, 1}}).id);
    }
    const auto replies = shop.at_once(3, [&](int) {
        return shop.post("/orders/bulk/fulfillment", {{"order_ids", ids}}, shop.staff());
    });
    int started = 0;
    for (const auto& reply : replies) {
        REQUIRE(reply.status == 200);
        for (const auto& result : reply.body["results"]) {
            started += result["status"] == 202 ? 1 : 0;
        }
    }
    CHECK(started == 10);
    shop.drain();
    shop.check_invariants();
}

namespace {

struct Offer {
    Json label;
    Json can;
    bool operator==(const Offer&) const = default;
};

Offer offer_of(Shop& shop, std::int64_t order) {
    const auto orders = shop.get("/admin/orders", shop.viewer()).body["data"];
    for (const auto& row : orders) {
        if (row["id"] == order) {
            return {row["label"], row["can"]};
        }
    }
    return {};
}

}  // namespace

TEST_CASE("D7: the row of an order says whether it has its label, and offers what would not be refused") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    const auto none = Json::array();
    const auto unpaid = placed(shop, {{mug, 1}});
    CHECK(offer_of(shop, unpaid.id) == Offer{nullptr, none});
    const auto order = paid(shop, {{mug, 3}});
    CHECK(offer_of(shop, order.id) == Offer{nullptr, {"start_packing", "fulfil"}});
    const auto path = "/admin/orders/" + std::to_string(order.id);
    REQUIRE(shop.put(path, {{"status", "processing"}}, shop.staff()).status == 200);
    CHECK(offer_of(shop, order.id) == Offer{nullptr, {"fulfil"}});

    // A part in a parcel whose label is on its way; an own label can be made while it is sent.
    const Json part{{"items", {{{"item_id", order.items[0]}, {"quantity", 2}}}}};
    REQUIRE(shop.put(order.path("/fulfillment"), part, shop.staff()).status == 202);
    CHECK(offer_of(shop, order.id) == Offer{"pending", {"fulfil", "mark_shipped"}});
    shop.drain();
    CHECK(offer_of(shop, order.id) == Offer{"ready", {"fulfil", "print_labels", "mark_shipped"}});
    REQUIRE(shop.put(order.path("/fulfillment"), Json::object(), shop.staff()).status == 202);
    shop.drain();
    CHECK(offer_of(shop, order.id) == Offer{"ready", {"print_labels", "mark_shipped"}});

    // What is offered is done.
    const auto ids = Json{{"order_ids", {order.id}}};
    CHECK(shop.post("/shipments/labels", ids, shop.staff(), {{"Accept", "application/pdf"}}).status == 200);
    auto shipped = ids;
    shipped["status"] = "shipped";
    CHECK(shop.post("/orders/bulk/fulfillment", shipped, shop.staff()).body["results"][0]["status"] == 200);
    CHECK(offer_of(shop, order.id) == Offer{nullptr, {"mark_delivered"}});
    shipped["status"] = "delivered";
    CHECK(shop.post("/orders/bulk/fulfillment", shipped, shop.staff()).body["results"][0]["status"] == 200);
    CHECK(offer_of(shop, order.id) == Offer{nullptr, none});
    shop.check_invariants();
}

TEST_CASE("D7: a cancelled unit is not to be packed, and what went back is offered for nothing") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    const auto order = paid(shop, {{mug, 2}});
    labelled(shop, order);
    set_payment(shop, order.id, "card", "refunded");
    CHECK(offer_of(shop, order.id) == Offer{"ready", {"print_labels"}});
    const auto other = paid(shop, {{mug, 1}});
    REQUIRE(shop.post(other.path("/cancel"), Json::object(), shop.staff()).status == 200);
    CHECK(offer_of(shop, other.id) == Offer{nullptr, Json::array()});
}

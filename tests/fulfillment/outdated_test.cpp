// S9: what was made outside from data that changed since.

#include <algorithm>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"
#include "support/paper.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string shipment_path(std::int64_t id, const std::string& rest = "") {
    return "/shipments/" + std::to_string(id) + rest;
}

Json shipment(Shop& shop, std::int64_t id) { return shop.get(shipment_path(id), shop.viewer()).body; }

Reply change_customer(Shop& shop, const PaidOrder& order, const Json& customer) {
    return shop.put("/admin/orders/" + std::to_string(order.id), {{"customer", customer}}, shop.staff());
}

const Json kElsewhere{
    {"shipping_address",
     {{"line1", "Lange Straße 7"}, {"city", "Leipzig"}, {"postal_code", "04109"}, {"country", "DE"}}}};

Reply ship(Shop& shop, const PaidOrder& order) {
    return shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff());
}

}  // namespace

TEST_CASE("S9: a label is outdated once its order's address changes, and its parcel waits until staff decide") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto order = paid(shop, {{mug, 2}});
    const auto parcel = labelled(shop, order);

    // What no label shows outdates none.
    REQUIRE(change_customer(shop, order, {{"email", "ada.lovelace@example.com"}}).status == 200);
    CHECK(shipment(shop, parcel)["outdated_at"].is_null());

    const auto changed = change_customer(shop, order, kElsewhere);
    REQUIRE(changed.status == 200);
    CHECK(changed.body["shipments"][0]["outdated_at"].is_string());
    CHECK(shop.events().back() == "shipment.label_outdated");
    const auto row = shop.get("/admin/orders", shop.viewer()).body["data"][0];
    CHECK(row["label"] == "outdated");
    CHECK(row["can"] == Json{"print_labels"});

    const auto refused = ship(shop, order);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "label_outdated");
    CHECK(refused.body["shipment_id"] == parcel);
    CHECK(shop.post(shipment_path(parcel, "/events"), {{"status", "in_transit"}}, shop.staff()).code() ==
          "label_outdated");
    CHECK(stock(shop, mug)["on_hand"] == 9);

    SECTION("kept, it goes as it is") {
        const auto kept = shop.post(shipment_path(parcel, "/keep-label"), Json::object(), shop.staff());
        CHECK(kept.status == 200);
        CHECK(kept.body["outdated_at"].is_null());
        CHECK(shop.post(shipment_path(parcel, "/keep-label"), Json::object(), shop.staff()).code() ==
              "label_not_outdated");
        CHECK(ship(shop, order).status == 200);
    }
    SECTION("replaced, its parcel is void and another one has the same contents") {
        const auto made = shop.post(shipment_path(parcel, "/replace-label"), Json::object(), shop.staff());
        INFO(made.text);
        REQUIRE(made.status == 202);
        CHECK(made.body["items"] == shipment(shop, parcel)["items"]);
        CHECK(made.body["outdated_at"].is_null());
        CHECK(shipment_status(shop, parcel) == "voided");
        shop.drain();
        CHECK(ship(shop, order).status == 200);
        CHECK(shipment(shop, made.body["id"].get<std::int64_t>())["status"] == "in_transit");
    }
    CHECK(shop.post(shipment_path(parcel, "/replace-label"), Json::object(), shop.staff()).code() ==
          "label_not_outdated");
    CHECK(order_status(shop, order.id) == "shipped");
    shop.check_invariants();
}

TEST_CASE("a carrier that has an outdated parcel has it: its scan counts") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto parcel = labelled(shop, order);
    REQUIRE(change_customer(shop, order, kElsewhere).status == 200);
    REQUIRE(shop.post(shipment_path(parcel, "/keep-label"), Json::object(), shop.viewer()).status == 403);
    // Voided, it is outdated no more.
    REQUIRE(shop.post(shipment_path(parcel, "/void"), Json::object(), shop.staff()).status == 200);
    CHECK(shipment(shop, parcel)["outdated_at"].is_null());
    shop.check_invariants();
}

TEST_CASE(
    "S9: a label is outdated by an edit of its order's address, and not by one of lines, which leaves its parcel as it is") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto order = paid(shop, {{mug, 2}});
    const auto parcel = labelled(shop, order);
    const auto edit = [&](const Json& body) {
        const auto edited = shop.post("/admin/orders/" + std::to_string(order.id) + "/edits", body, shop.staff());
        INFO(edited.text);
        REQUIRE(edited.status == 200);
    };

    edit({{"reason", "Nothing but a word"}});
    CHECK(shipment(shop, parcel)["outdated_at"].is_null());

    edit({{"add", Json::array({{{"product_id", mug}, {"quantity", 1}}})}});
    CHECK(shipment(shop, parcel)["outdated_at"].is_null());
    edit({{"customer", kElsewhere}});
    CHECK(shipment(shop, parcel)["outdated_at"].is_string());
    const auto events = shop.events();
    CHECK(std::count(events.begin(), events.end(), "shipment.label_outdated") == 1);
    shop.check_invariants();
}

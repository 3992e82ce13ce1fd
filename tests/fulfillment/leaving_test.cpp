// "Mark shipped" can be taken back for a minute: until then nobody was told, and nothing has moved.

#include "fulfillment/leaving.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"
#include "notify/mail_support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Json ids_of(const std::vector<PaidOrder>& orders) {
    auto ids = Json::array();
    for (const auto& order : orders) {
        ids.push_back(order.id);
    }
    return ids;
}

Reply mark_shipped(Shop& shop, const std::vector<PaidOrder>& orders) {
    return shop.post("/orders/bulk/fulfillment",
                     {{"order_ids", ids_of(orders)}, {"status", "shipped"}, {"undoable", true}}, shop.staff());
}

Reply undo(Shop& shop, const std::vector<PaidOrder>& orders) {
    return shop.post("/orders/bulk/fulfillment/undo", {{"order_ids", ids_of(orders)}}, shop.staff());
}

bool has_event(Shop& shop, const std::string& kind) {
    const auto events = shop.events();
    return std::find(events.begin(), events.end(), kind) != events.end();
}

}  // namespace

TEST_CASE("many orders are marked shipped, and that is taken back within a minute without a trace outside") {
    MailShop with_mail;
    auto& shop = with_mail.shop;
    REQUIRE(with_mail.set_up().status == 200);
    const auto mug = shop.product({.sku = "CUP", .on_hand = 9});
    const std::vector<PaidOrder> orders{paid(shop, {{mug, 1}}), paid(shop, {{mug, 2}})};
    for (const auto& order : orders) {
        labelled(shop, order);
    }
    const auto mails = with_mail.mails().size();

    const auto marked = mark_shipped(shop, orders);
    INFO(marked.text);
    REQUIRE(marked.body["results"][0]["code"].is_null());
    CHECK(marked.body["results"][1]["shipments"][0]["status"] == "label_ready");
    CHECK(marked.body["results"][1]["shipments"][0]["leaves_at"].is_string());
    CHECK(shop.get("/admin/orders", shop.viewer()).body["data"][0]["label"] == "leaving");
    shop.advance(Duration{fulfillment::kMayStay.ms - 1});
    CHECK(with_mail.mails().size() == mails);
    CHECK(stock(shop, mug)["on_hand"] == 9);
    CHECK(order_status(shop, orders[0].id) == "processing");

    const auto undone = undo(shop, orders);
    CHECK(undone.body["results"][0]["code"].is_null());
    CHECK(undone.body["results"][1]["shipments"][0]["leaves_at"].is_null());
    shop.advance(minutes(5));
    CHECK(with_mail.mails().size() == mails);
    CHECK(!has_event(shop, "shipment.in_transit"));
    CHECK(undo(shop, orders).body["results"][0]["code"] == "already_left");

    // Marked again, they leave, and their customers are told once.
    mark_shipped(shop, orders);
    mark_shipped(shop, {orders[0]});
    shop.advance(fulfillment::kMayStay);
    CHECK(with_mail.mails().size() == mails + 2);
    shop.drain();
    CHECK(order_status(shop, orders[0].id) == "shipped");
    CHECK(order_status(shop, orders[1].id) == "shipped");
    CHECK(stock(shop, mug)["on_hand"] == 6);
    CHECK(undo(shop, orders).body["results"][1]["code"] == "already_left");
    shop.check_invariants();
}

TEST_CASE("what could not be shipped now is not marked as shipped") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto order = paid(shop, {{mug, 1}});
    CHECK(mark_shipped(shop, {order}).body["results"][0]["code"] == "no_shipment");
    labelled(shop, order);
    set_payment(shop, order.id, "card", "refunded");
    CHECK(mark_shipped(shop, {order}).body["results"][0]["code"] == "payment_not_held");
    CHECK(!has_event(shop, "shipment.leaving"));
    const Json wrong{{"order_ids", {order.id}}, {"undoable", true}};
    CHECK(shop.post("/orders/bulk/fulfillment", wrong, shop.staff()).status == 422);
}

TEST_CASE("an order that ends within the minute does not leave, and staff are told") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto order = paid(shop, {{mug, 1}});
    const auto parcel = labelled(shop, order);
    REQUIRE(mark_shipped(shop, {order}).body["results"][0]["code"].is_null());
    REQUIRE(shop.post(order.path("/cancel"), Json::object(), shop.staff()).status == 200);
    shop.drain();
    shop.advance(minutes(2));
    shop.drain();
    CHECK(shipment_status(shop, parcel) == "voided");
    CHECK(order_status(shop, order.id) == "cancelled");
    CHECK(stock(shop, mug)["on_hand"] == 9);
    shop.check_invariants();
}

TEST_CASE("the shop's own label is made with its parcel if it is wanted at once") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto made =
        shop.post("/orders/bulk/fulfillment", {{"order_ids", {order.id}}, {"label_at_once", true}}, shop.staff());
    CHECK(made.body["results"][0]["status"] == 202);
    CHECK(made.body["results"][0]["shipments"][0]["status"] == "label_ready");
    shop.drain();
    CHECK(shop.get("/admin/orders", shop.viewer()).body["data"][0]["label"] == "ready");
    shop.check_invariants();
}

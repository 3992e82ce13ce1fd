// Orders without parcels: customers fetch them, or the shop brings them.

#include <algorithm>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"
#include "notify/mail_support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t offer_pickup(Shop& shop) {
    return shop.delivery_method(
        {{"name", "Pickup"},
         {"kind", "pickup"},
         {"pickup",
          {{"name", "Workshop"},
           {"address", {{"line1", "Rue 1"}, {"city", "Paris"}, {"postal_code", "75001"}, {"country", "FR"}}},
           {"opening_hours", "Mondays\n10 to 12"}}}});
}

std::int64_t offer_own_delivery(Shop& shop) {
    auto method = Shop::parcel_method({{"DE", 300}});
    method["name"] = "We bring it";
    method["kind"] = "own_delivery";
    method["note"] = "On Tuesdays";
    return shop.delivery_method(method);
}

Json body_by(std::int64_t method, const std::vector<Shop::Line>& lines) {
    auto body = Shop::order_body(lines);
    body["delivery_method_id"] = method;
    return body;
}

Json body_to_fetch(std::int64_t method, const std::vector<Shop::Line>& lines) {
    auto body = body_by(method, lines);
    body["customer"].erase("shipping_address");
    return body;
}

Reply move_on(Shop& shop, const PaidOrder& order, const Json& step) {
    return shop.put(order.path("/fulfillment"), step, shop.staff());
}

int times(Shop& shop, const std::string& kind) {
    const auto events = shop.events();
    return static_cast<int>(std::count(events.begin(), events.end(), kind));
}

}  // namespace

TEST_CASE("an order that is picked up needs no address, and has the tax of the place") {
    Shop shop;
    const auto mug = shop.product({.price = 1'200, .on_hand = 5});
    shop.deliver({{"DE", 490}});
    const auto pickup = offer_pickup(shop);
    const auto rate = [](const char* country, int ppm) { return Json{{"country", country}, {"rate_ppm", ppm}}; };
    REQUIRE(shop.put("/admin/settings",
                     {{"tax",
                       {{"prices_include_tax", true},
                        {"shipping_taxed", true},
                        {"rates", Json::array({rate("DE", 190'000), rate("FR", 200'000)})}}}},
                     shop.owner())
                .status == 200);
    const auto fetched = shop.post("/orders", body_to_fetch(pickup, {{mug, 1}}));
    INFO(fetched.text);
    REQUIRE(fetched.status == 201);
    CHECK(fetched.body["shipping"] == 0);
    CHECK(fetched.body["tax_rate_ppm"] == 200'000);
    CHECK(fetched.body["tax_included"] == 200);  // 1200 × 20/120
    CHECK(fetched.body["delivery"]["kind"] == "pickup");
    CHECK(fetched.body["delivery"]["pickup"]["opening_hours"] == "Mondays\n10 to 12");
    CHECK(fetched.body["customer"]["shipping_address"]["line1"] == "Rue 1");
    // With an address it is the same: nobody is sent anything there.
    const auto with_address = shop.post("/orders", body_by(pickup, {{mug, 1}}));
    CHECK(with_address.body["tax_rate_ppm"] == 200'000);
    CHECK(with_address.body["customer"]["shipping_address"] == fetched.body["customer"]["shipping_address"]);

    // A pickup is never chosen for a customer, though it is the cheapest; what is sent needs an address.
    CHECK(shop.order({{mug, 1}}).body["shipping"] == 490);
    auto nowhere = Shop::order_body({{mug, 1}});
    nowhere["customer"].erase("shipping_address");
    const auto refused = shop.post("/orders", nowhere);
    CHECK(refused.code() == "validation_failed");
    CHECK(refused.body["errors"][0]["pointer"] == "/customer/shipping_address");
    auto far_away = Shop::order_body({{mug, 1}});
    far_away["customer"]["shipping_address"]["country"] = "JP";
    const auto not_there = shop.post("/orders", far_away);
    CHECK(not_there.code() == "not_shipped_there");
    CHECK(not_there.body["fitting"][0]["id"] == pickup);
    shop.check_invariants();
}

TEST_CASE("a pickup has one price for all who come, or none") {
    Shop shop;
    const auto mug = shop.product({.price = 1'000, .on_hand = 5});
    const auto pickup = offer_pickup(shop);
    const auto bands =
        Json::array({Json{{"from", 0}, {"to", 1'999}, {"price", 150}}, Json{{"from", 2'000}, {"price", 0}}});
    const auto priced = shop.put("/admin/delivery-methods/" + std::to_string(pickup),
                                 {{"zones", Json::array({Json{{"bands", bands}}})}}, shop.staff());
    INFO(priced.text);
    REQUIRE(priced.status == 200);
    CHECK(shop.post("/orders", body_to_fetch(pickup, {{mug, 1}})).body["shipping"] == 150);
    CHECK(shop.post("/orders", body_to_fetch(pickup, {{mug, 2}})).body["shipping"] == 0);
    shop.check_invariants();
}

TEST_CASE("a pickup becomes ready, and is handed over: stock and order follow, without a parcel or a label") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto order = paid_order(shop, body_to_fetch(offer_pickup(shop), {{mug, 2}}));
    CHECK(move_on(shop, order, Json::object()).code() == "picked_up");
    CHECK(order_status(shop, order.id) == "paid");

    const auto ready = move_on(shop, order, {{"status", "ready"}});
    INFO(ready.text);
    REQUIRE(ready.status == 200);
    CHECK(ready.body["status"] == "processing");
    const auto shipment = ready.body["shipments"][0];
    CHECK(shipment["status"] == "ready");
    CHECK(shipment["carrier"] == "pickup");
    CHECK(shipment["tracking_number"] == nullptr);
    CHECK(stock(shop, mug)["on_hand"] == 5);
    CHECK(stock(shop, mug)["reserved"] == 2);
    CHECK(move_on(shop, order, {{"status", "ready"}}).code() == "nothing_to_ship");
    CHECK(move_on(shop, order, {{"status", "shipped"}}).code() == "illegal_transition");
    const auto path = "/shipments/" + std::to_string(shipment["id"].get<std::int64_t>());
    CHECK(shop.get(path + "/label", shop.staff()).code() == "labels_refused");
    CHECK(shop.get(order.path("/tracking"), order.token).body["shipments"][0]["status"] == "ready");
    shop.check_invariants();

    const auto done = move_on(shop, order, {{"status", "delivered"}});
    REQUIRE(done.status == 200);
    CHECK(done.body["status"] == "delivered");
    CHECK(done.body["shipments"][0]["status"] == "delivered");
    CHECK(stock(shop, mug)["on_hand"] == 3);
    CHECK(stock(shop, mug)["reserved"] == 0);
    CHECK(move_on(shop, order, {{"status", "delivered"}}).code() == "illegal_transition");
    CHECK(times(shop, "shipment.ready") == 1);
    CHECK(times(shop, "shipment.delivered") == 1);
    CHECK(times(shop, "shipment.in_transit") == 0);
    shop.drain();
    shop.check_invariants();
    // What was fetched can come back.
    const auto returned = shop.post(
        order.path("/returns"),
        {{"items", Json::array({Json{{"item_id", order.items[0]}, {"quantity", 2}}})}, {"refund", 0}}, shop.staff());
    INFO(returned.text);
    CHECK(returned.status == 201);
    CHECK(order_status(shop, order.id) == "returned");
    shop.check_invariants();
}

TEST_CASE("a pickup is handed over in parts, or at once, and not before it is paid") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto pickup = offer_pickup(shop);
    const auto order = paid_order(shop, body_to_fetch(pickup, {{mug, 3}}));
    const auto one = Json::array({Json{{"item_id", order.items[0]}, {"quantity", 1}}});
    REQUIRE(move_on(shop, order, {{"status", "ready"}, {"items", one}}).status == 200);
    CHECK(move_on(shop, order, {{"status", "delivered"}, {"items", one}}).status == 422);
    CHECK(move_on(shop, order, {{"status", "delivered"}}).body["status"] == "partially_shipped");
    CHECK(stock(shop, mug)["on_hand"] == 8);
    CHECK(move_on(shop, order, {{"status", "ready"}, {"shipment_id", 1}}).status == 422);
    CHECK(move_on(shop, order, {{"status", "delivered"}}).body["status"] == "delivered");  // the rest, unannounced
    CHECK(stock(shop, mug)["on_hand"] == 6);

    const auto at_once = paid_order(shop, body_to_fetch(pickup, {{mug, 1}}));
    CHECK(move_on(shop, at_once, {{"status", "delivered"}}).body["status"] == "delivered");

    const auto unpaid = shop.post("/orders", body_to_fetch(pickup, {{mug, 1}})).body;
    const auto path = "/orders/" + std::to_string(unpaid["id"].get<std::int64_t>()) + "/fulfillment";
    CHECK(shop.put(path, {{"status", "ready"}}, shop.staff()).code() == "not_paid");
    CHECK(shop.put(path, {{"status", "delivered"}}, shop.staff()).code() == "not_paid");

    // Paid on delivery, it is: the setting lets such orders be packed.
    set_payment(shop, unpaid["id"].get<std::int64_t>(), "cash_on_delivery", "processing");
    CHECK(shop.put(path, {{"status", "delivered"}}, shop.staff()).body["status"] == "delivered");
    CHECK(stock(shop, mug)["on_hand"] == 4);
}

TEST_CASE("what is ready is given up with its order, or alone, and its units are free again") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto pickup = offer_pickup(shop);
    const auto cancelled = paid_order(shop, body_to_fetch(pickup, {{mug, 1}}));
    REQUIRE(move_on(shop, cancelled, {{"status", "ready"}}).status == 200);
    REQUIRE(shop.post(cancelled.path("/cancel"), Json::object(), shop.staff()).status == 200);
    CHECK(move_on(shop, cancelled, {{"status", "delivered"}}).code() == "illegal_transition");
    shop.drain();
    CHECK(shop.get(cancelled.path("/tracking"), cancelled.token).body["shipments"].empty());
    CHECK(stock(shop, mug)["available"] == 5);

    const auto again = paid_order(shop, body_to_fetch(pickup, {{mug, 1}}));
    const auto ready = move_on(shop, again, {{"status", "ready"}}).body["shipments"][0]["id"].get<std::int64_t>();
    REQUIRE(shop.post("/shipments/" + std::to_string(ready) + "/void", Json::object(), shop.staff()).status == 200);
    CHECK(shipment_status(shop, ready) == "voided");
    CHECK(move_on(shop, again, {{"status", "ready"}}).status == 200);
    shop.check_invariants();
}

TEST_CASE("the shop brings an order, with a note of when, which goes with the customer's data") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto order = paid_order(shop, body_by(offer_own_delivery(shop), {{mug, 1}}));
    const auto path = "/admin/orders/" + std::to_string(order.id);
    CHECK(shop.put(path, {{"delivery_note", "Tuesday, 17 to 19"}}, shop.viewer()).status == 403);
    CHECK(shop.put(path, {{"delivery_note", "Tuesday, 17 to 19"}}, shop.staff()).status == 200);
    const auto seen = shop.get(order.path(""), order.token).body;
    CHECK(seen["delivery_note"] == "Tuesday, 17 to 19");
    CHECK(seen["delivery"]["note"] == "On Tuesdays");
    CHECK(seen["shipping"] == 300);
    CHECK(times(shop, "order.delivery_noted") == 1);
    CHECK(move_on(shop, order, {{"status", "ready"}}).body["shipments"][0]["carrier"] == "own_delivery");
    CHECK(move_on(shop, order, {{"status", "delivered"}}).body["status"] == "delivered");
    CHECK(stock(shop, mug)["on_hand"] == 4);
    shop.check_invariants();

    // A label may stick on what the shop brings: it can go in a parcel, too.
    const auto labelled_one = paid_order(shop, body_by(seen["delivery"]["method_id"].get<std::int64_t>(), {{mug, 1}}));
    CHECK(shipment_status(shop, labelled(shop, labelled_one)) == "label_ready");

    const auto customer = shop.get(path, shop.viewer()).body["customer_id"].get<std::int64_t>();
    REQUIRE(move_on(shop, labelled_one, {{"status", "shipped"}}).status == 200);
    REQUIRE(move_on(shop, labelled_one, {{"status", "delivered"}}).status == 200);
    const auto erased =
        shop.post("/admin/customers/" + std::to_string(customer) + "/erase", Json::object(), shop.owner());
    INFO(erased.text);
    REQUIRE(erased.status == 200);
    CHECK(shop.get(path, shop.viewer()).body["delivery_note"] == "");
}

TEST_CASE("orders that are shipped do not become ready, and the list says what can be done with each") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto pickup = offer_pickup(shop);
    shop.delivery_method(Shop::parcel_method({{"DE", 490}}));
    const auto shipped = paid(shop, {{mug, 1}});
    CHECK(move_on(shop, shipped, {{"status", "ready"}}).code() == "shipped_in_parcels");
    const auto fetched = paid_order(shop, body_to_fetch(pickup, {{mug, 1}}));
    const auto row = [&](const PaidOrder& order) {
        return shop.get("/admin/orders?q=" + std::to_string(order.id), shop.viewer()).body["data"].at(0);
    };
    CHECK(row(shipped)["delivery_kind"] == "shipping");
    CHECK(row(shipped)["can"] == Json::array({"start_packing", "fulfil"}));
    CHECK(row(fetched)["delivery_kind"] == "pickup");
    CHECK(row(fetched)["can"] == Json::array({"start_packing", "mark_ready"}));

    const auto orders = Json::array({shipped.id, fetched.id});
    const auto both = shop.post("/orders/bulk/fulfillment", {{"order_ids", orders}, {"status", "ready"}}, shop.staff());
    CHECK(both.body["results"][0]["code"] == "shipped_in_parcels");
    CHECK(both.body["results"][1]["status"] == 200);
    CHECK(row(fetched)["can"] == Json::array({"mark_delivered"}));
    CHECK(row(fetched)["label"] == nullptr);
    CHECK(shop.post("/shipments/labels", {{"order_ids", Json::array({fetched.id})}}, shop.staff()).code() ==
          "no_shipment");
    CHECK(move_on(shop, fetched, {{"status", "delivered"}}).status == 200);
    CHECK(row(fetched)["can"].empty());
}

TEST_CASE("two who hand the same order over at once take its stock once", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    const auto pickup = offer_pickup(shop);
    for (int round = 0; round < 5; ++round) {
        const auto order = paid_order(shop, body_to_fetch(pickup, {{mug, 1}}));
        const auto replies = shop.at_once(2, [&](int) { return move_on(shop, order, {{"status", "delivered"}}); });
        CHECK(count(replies, 200) == 1);
        CHECK(count(replies, 409) == 1);
    }
    CHECK(stock(shop, mug)["on_hand"] == 45);
    shop.check_invariants();
}

TEST_CASE("the customer gets a mail when the order can be fetched, and none when it was") {
    MailShop it;
    it.set_up();
    const auto order = paid_order(it.shop, body_to_fetch(offer_pickup(it.shop), {{it.mug, 1}}));
    const auto before = it.mails().size();
    REQUIRE(move_on(it.shop, order, {{"status", "ready"}}).status == 200);
    const auto mails = it.mails();
    REQUIRE(mails.size() == before + 1);
    CHECK(has(mails.back()["subject"], "Your order " + std::to_string(order.id) + " is ready"));
    for (const auto* part : {"text", "html"}) {
        CHECK(has(mails.back()[part], "Workshop"));
        CHECK(has(mails.back()[part], "Rue 1"));
        CHECK(has(mails.back()[part], "Mondays"));
        CHECK(has(mails.back()[part], "10 to 12"));
    }
    REQUIRE(move_on(it.shop, order, {{"status", "delivered"}}).status == 200);
    CHECK(it.mails().size() == before + 1);

    // Handed over before the mail went out, it is not asked for.
    const auto quick = paid_order(it.shop, body_to_fetch(1, {{it.mug, 1}}));
    const auto sent = it.mails().size();
    REQUIRE(move_on(it.shop, quick, {{"status", "delivered"}}).status == 200);
    CHECK(it.mails().size() == sent);
    it.shop.check_invariants();
}

TEST_CASE("the customer gets a mail when the shop brings the order, with when, and one when it came") {
    MailShop it;
    it.set_up();
    const auto order = paid_order(it.shop, body_by(offer_own_delivery(it.shop), {{it.mug, 1}}));
    REQUIRE(
        it.shop
            .put("/admin/orders/" + std::to_string(order.id), {{"delivery_note", "Tuesday, 17 to 19"}}, it.shop.staff())
            .status == 200);
    REQUIRE(move_on(it.shop, order, {{"status", "ready"}}).status == 200);
    const auto brought = it.newest();
    CHECK(has(brought["text"], "Tuesday, 17 to 19"));
    CHECK(has(brought["html"], "Tuesday, 17 to 19"));
    CHECK(has(brought["text"], "Analytische Allee 12"));
    CHECK_FALSE(has(brought["text"], "pick it up"));
    REQUIRE(move_on(it.shop, order, {{"status", "delivered"}}).status == 200);
    CHECK(has(it.newest()["subject"], "delivered"));
}

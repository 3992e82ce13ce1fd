#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "fulfillment/fulfilling.h"
#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("an order goes from paid to delivered with its parcel") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto order = paid(shop, {{mug, 2}});

    const auto started =
        shop.put(order.path("/fulfillment"),
                 {{"carrier", "local"}, {"service", "standard"}, {"parcel", {{"weight_g", 900}}}}, shop.staff());
    CHECK(started.status == 202);
    CHECK(started.body["status"] == "label_pending");
    CHECK(started.body["parcel"]["weight_g"] == 900);
    CHECK(order_status(shop, order.id) == "processing");
    const auto shipment = started.body["id"].get<std::int64_t>();

    shop.drain();
    CHECK(shipment_status(shop, shipment) == "label_ready");
    CHECK(stock(shop, mug)["on_hand"] == 5);

    const auto shipped = shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff());
    CHECK(shipped.status == 200);
    CHECK(shipped.body["status"] == "shipped");
    CHECK(shipped.body["shipments"][0]["status"] == "in_transit");
    CHECK(stock(shop, mug)["on_hand"] == 3);
    CHECK(stock(shop, mug)["reserved"] == 0);

    const auto delivered = shop.put(order.path("/fulfillment"), {{"status", "delivered"}}, shop.staff());
    CHECK(delivered.status == 200);
    CHECK(delivered.body["status"] == "delivered");

    const auto tracking = shop.get(order.path("/tracking"), order.token);
    CHECK(tracking.status == 200);
    CHECK(tracking.body["order_id"] == order.id);
    CHECK(tracking.body["status"] == "delivered");
    CHECK(tracking.body["shipments"][0]["status"] == "delivered");
    CHECK(tracking.body["shipments"][0]["tracking_number"].get<std::string>().starts_with("OD"));
    shop.check_invariants();
}

TEST_CASE("a shop may say shipped before the worker came to the label") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    REQUIRE(shop.put(order.path("/fulfillment"), Json::object(), shop.staff()).status == 202);
    CHECK(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    shop.drain();
    CHECK(order_status(shop, order.id) == "shipped");
    shop.check_invariants();
}

TEST_CASE("a parcel leaves once: with trouble on its way it is not shipped again") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 9});
    const auto order = paid(shop, {{mug, 5}});
    const Json two{{"items", {{{"item_id", order.items[0]}, {"quantity", 2}}}}};
    const auto first = labelled(shop, order, two);
    const auto ship = [&](const Json& more = Json::object()) {
        Json body{{"status", "shipped"}};
        body.update(more);
        return shop.put(order.path("/fulfillment"), body, shop.staff());
    };
    REQUIRE(ship().status == 200);
    for (const auto* seen : {"out_for_delivery", "exception"}) {
        REQUIRE(shop.post("/shipments/" + std::to_string(first) + "/events", {{"status", seen}}, shop.staff()).status <
                300);
        const auto again = ship();
        CHECK(again.code() == "illegal_transition");
        CHECK(again.body["allowed"].size() == 3);
        CHECK(std::find(again.body["allowed"].begin(), again.body["allowed"].end(), "in_transit") ==
              again.body["allowed"].end());
        CHECK(ship({{"shipment_id", first}}).code() == "illegal_transition");
        CHECK(stock(shop, mug)["on_hand"] == 7);
        CHECK(stock(shop, mug)["reserved"] == 3);
    }

    const auto second = labelled(shop, order);
    CHECK(ship().body["status"] == "shipped");
    CHECK(shipment_status(shop, first) == "exception");
    CHECK(shipment_status(shop, second) == "in_transit");
    CHECK(stock(shop, mug)["on_hand"] == 4);
    CHECK(stock(shop, mug)["reserved"] == 0);
    shop.check_invariants();
}

TEST_CASE("an order is shipped in parts") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 5});
    const auto pot = shop.product({.sku = "POT", .on_hand = 5});
    const auto order = paid(shop, {{mug, 3}, {pot, 1}});

    const auto first = labelled(shop, order, {{"items", {{{"item_id", order.items[0]}, {"quantity", 2}}}}});
    REQUIRE(
        shop.put(order.path("/fulfillment"), {{"status", "shipped"}, {"shipment_id", first}}, shop.staff()).status ==
        200);
    CHECK(order_status(shop, order.id) == "partially_shipped");
    CHECK(stock(shop, mug)["on_hand"] == 3);
    CHECK(stock(shop, mug)["reserved"] == 1);

    const auto second = labelled(shop, order);
    const auto rest = shop.get("/shipments/" + std::to_string(second), shop.viewer()).body["items"];
    CHECK(rest == Json::array({{{"item_id", order.items[0]}, {"quantity", 1}},
                               {{"item_id", order.items[1]}, {"quantity", 1}}}));
    const auto refused = shop.put(order.path("/fulfillment"), Json::object(), shop.staff());
    CHECK(refused.status == 409);
    CHECK(refused.code() == "nothing_to_ship");

    REQUIRE(
        shop.put(order.path("/fulfillment"), {{"status", "delivered"}, {"shipment_id", first}}, shop.staff()).status ==
        200);
    CHECK(order_status(shop, order.id) == "partially_shipped");
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(order_status(shop, order.id) == "shipped");
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "delivered"}}, shop.staff()).status == 200);
    CHECK(order_status(shop, order.id) == "delivered");
    shop.check_invariants();
}

TEST_CASE("two admins who fulfil one order at once never ship an item twice", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    const auto order = paid(shop, {{mug, 2}});
    const auto version = shop.get("/admin/orders/" + std::to_string(order.id), shop.staff()).header("ETag");

    const auto started = shop.at_once(6, [&](int i) {
        const Headers headers = i % 2 == 0 ? Headers{{"If-Match", version}} : Headers{};
        return shop.put(order.path("/fulfillment"), Json::object(), i % 2 == 0 ? shop.staff() : shop.owner(), headers);
    });
    CHECK(count(started, 202) == 1);
    CHECK(count(started, 409) + count(started, 412) == 5);

    shop.drain();
    const auto shipped = shop.at_once(4, [&](int) {
        return shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff());
    });
    CHECK(count(shipped, 200) == 1);
    CHECK(count(shipped, 409) == 3);
    CHECK(stock(shop, mug)["on_hand"] == 8);
    shop.check_invariants();
}

TEST_CASE("an admin who looked at an older order is told") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 2}});
    const auto version = shop.get("/admin/orders/" + std::to_string(order.id), shop.staff()).header("ETag");
    const Json one{{"items", {{{"item_id", order.items[0]}, {"quantity", 1}}}}};
    REQUIRE(shop.put(order.path("/fulfillment"), one, shop.staff(), {{"If-Match", version}}).status == 202);
    CHECK(shop.put(order.path("/fulfillment"), one, shop.staff(), {{"If-Match", version}}).status == 412);
}

TEST_CASE("what is not paid is not shipped, but for the methods that the shop trusts") {
    Shop shop;
    const auto mug = shop.product({});
    const auto start = [&](const PaidOrder& order) {
        return shop.put(order.path("/fulfillment"), Json::object(), shop.staff());
    };
    const auto unpaid = placed(shop, {{mug, 1}});
    CHECK(start(unpaid).code() == "not_paid");
    set_payment(shop, unpaid.id, "card", "failed");
    CHECK(start(unpaid).code() == "not_paid");

    const auto on_delivery = placed(shop, {{mug, 1}});
    set_payment(shop, on_delivery.id, "cash_on_delivery", "processing");
    CHECK(start(on_delivery).status == 202);
    CHECK(order_status(shop, on_delivery.id) == "processing");

    const auto by_transfer = placed(shop, {{mug, 1}});
    set_payment(shop, by_transfer.id, "bank_transfer", "processing");
    CHECK(start(by_transfer).code() == "not_paid");
    REQUIRE(shop.put("/admin/settings",
                     {{"ship_before_payment", {{"bank_transfer", true}, {"cash_on_delivery", false}}}}, shop.owner())
                .status == 200);
    CHECK(start(by_transfer).status == 202);

    const auto refunded = paid(shop, {{mug, 1}});
    set_payment(shop, refunded.id, "card", "refunded");
    CHECK(start(refunded).code() == "payment_not_held");
}

TEST_CASE("a label that was not used is voided, and its units go into another parcel") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    const auto order = paid(shop, {{mug, 1}});
    const auto first = labelled(shop, order);
    const auto path = "/shipments/" + std::to_string(first);
    CHECK(shop.post(path + "/void", nullptr, shop.viewer()).status == 403);
    const auto voided = shop.send("POST", path + "/void", "", "", shop.staff());
    CHECK(voided.status == 200);
    CHECK(voided.body["status"] == "voided");
    shop.drain();
    const auto second = labelled(shop, order);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(shipment_status(shop, second) == "in_transit");
    CHECK(shipment_status(shop, first) == "voided");
    const auto refused = shop.send("POST", "/shipments/" + std::to_string(second) + "/void", "", "", shop.staff());
    CHECK(refused.status == 409);
    CHECK(refused.code() == "illegal_transition");
    CHECK(refused.body["allowed"] == Json::array({"out_for_delivery", "delivered", "exception", "returned"}));
    shop.check_invariants();
}

TEST_CASE("a cancelled order's labels are voided, and cannot be shipped before they are") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    const auto order = paid(shop, {{mug, 1}});
    const auto shipment = labelled(shop, order);
    REQUIRE(shop.post(order.path("/cancel"), Json::object(), shop.staff()).status == 200);
    CHECK(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 409);
    CHECK(shop.put(order.path("/fulfillment"), Json::object(), shop.staff()).code() == "illegal_transition");
    shop.drain();
    CHECK(shipment_status(shop, shipment) == "voided");
    CHECK(stock(shop, mug)["available"] == 3);
}

TEST_CASE("every step of a shipment is legal or refused, as its table says") {
    using fulfillment::Status;
    const std::vector<Status> all{Status::label_pending,    Status::label_ready, Status::ready,     Status::in_transit,
                                  Status::out_for_delivery, Status::delivered,   Status::exception, Status::returned,
                                  Status::voided,           Status::failed};
    const std::map<Status, std::vector<Status>> legal{
        {Status::label_pending, {Status::label_ready, Status::failed, Status::voided}},
        {Status::label_ready, {Status::in_transit, Status::voided}},
        {Status::ready, {Status::delivered, Status::voided}},
        {Status::in_transit, {Status::out_for_delivery, Status::delivered, Status::exception, Status::returned}},
        {Status::out_for_delivery, {Status::in_transit, Status::delivered, Status::exception, Status::returned}},
        {Status::exception, {Status::in_transit, Status::out_for_delivery, Status::delivered, Status::returned}},
        {Status::failed, {Status::label_pending, Status::voided}},
    };
    for (const auto from : all) {
        for (const auto to : all) {
            const auto row = legal.find(from);
            const bool wanted = row != legal.end() && std::count(row->second.begin(), row->second.end(), to) > 0;
            INFO(to_text(from) << " to " << to_text(to));
            CHECK(fulfillment::may_step(from, to) == wanted);
        }
    }
}

TEST_CASE("S10: what staff say of a parcel moves it on or is refused, and never backwards by an old event") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto shipment = labelled(shop, order);
    const auto path = "/shipments/" + std::to_string(shipment) + "/events";
    const auto say = [&](const std::string& status, const std::string& at) {
        return shop.post(path,
                         {{"status", status}, {"description", "at the depot"}, {"location", "Leipzig"}, {"at", at}},
                         shop.staff());
    };
    shop.advance(days(3));
    shop.sign_in_again();
    CHECK(say("in_transit", "2026-01-02T10:00:00Z").body["status"] == "in_transit");
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(say("out_for_delivery", "2026-01-03T10:00:00Z").body["status"] == "out_for_delivery");
    CHECK(say("in_transit", "2026-01-02T12:00:00Z").code() == "newer_known");
    CHECK(say("out_for_delivery", "2026-01-03T10:00:00Z").code() == "already_told");
    CHECK(shipment_status(shop, shipment) == "out_for_delivery");
    CHECK(say("delivered", "2026-01-03T12:00:00Z").body["status"] == "delivered");
    CHECK(say("exception", "2026-01-04T12:00:00Z").code() == "illegal_transition");
    CHECK(order_status(shop, order.id) == "delivered");
    const auto events = shop.get(order.path("/tracking"), order.token).body["shipments"][0]["events"];
    CHECK(events.size() == 3);
    CHECK(events[2]["location"] == "Leipzig");
    shop.check_invariants();
}

TEST_CASE("tracking is for the order's holder and admins alone") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 1}});
    const auto other = paid(shop, {{mug, 1}});
    CHECK(shop.get(order.path("/tracking"), order.token).status == 200);
    CHECK(shop.get(order.path("/tracking"), shop.viewer()).status == 200);
    CHECK(shop.get(order.path("/tracking"), other.token).status == 404);
    CHECK(shop.get(order.path("/tracking")).status == 401);
}

TEST_CASE("what cannot be fulfilled is refused by name, and changes nothing") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = paid(shop, {{mug, 2}});
    const auto put = [&](const Json& body) { return shop.put(order.path("/fulfillment"), body, shop.staff()); };
    CHECK(put({{"status", "shipped"}}).code() == "no_shipment");
    CHECK(put({{"carrier", "pigeon"}}).status == 422);
    CHECK(put({{"status", "shipped"}, {"carrier", "local"}}).status == 422);
    CHECK(put({{"shipment_id", 1}}).status == 422);
    CHECK(put({{"items", {{{"item_id", 999}, {"quantity", 1}}}}}).status == 422);
    CHECK(put({{"items", {{{"item_id", order.items[0]}, {"quantity", 3}}}}}).code() == "not_open");
    CHECK(put({{"tracking_number", "1Z5R89390357567128"}}).status == 422);
    CHECK(put({{"status", "shipped"}, {"shipment_id", 77}}).status == 404);
    CHECK(shop.put("/orders/5555/fulfillment", Json::object(), shop.staff()).status == 404);
    CHECK(shop.put(order.path("/fulfillment"), Json::object(), shop.viewer()).status == 403);
    CHECK(shop.put(order.path("/fulfillment"), Json::object(), order.token).status == 401);
    CHECK(order_status(shop, order.id) == "paid");
    labelled(shop, order);
    CHECK(put({{"status", "delivered"}}).body["allowed"] == Json::array({"in_transit", "voided"}));
    shop.check_invariants();
}

// Orders that wait for stock: who gets what comes, and what can be packed meanwhile.

#include "orders/awaited.h"

#include <catch2/catch_test_macros.hpp>

#include "app/check.h"
#include "fulfillment/fulfilling.h"
#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t beyond(Shop& shop, const std::string& sku, Quantity on_hand, Quantity limit) {
    const auto id = shop.product({.sku = sku, .on_hand = on_hand});
    const auto reply =
        shop.put(inventory(id), {{"stock_policy", "beyond"}, {"beyond_limit", limit}, {"expected_on", "2026-02-03"}},
                 shop.staff());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    return id;
}

void adjust(Shop& shop, std::int64_t product, Quantity by) {
    const auto reply =
        shop.put(inventory(product), {{"adjust", by}, {"reason", by > 0 ? "received" : "damaged"}}, shop.staff());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
}

Json admin_order(Shop& shop, const PaidOrder& order) {
    return shop.get("/admin/orders/" + std::to_string(order.id), shop.viewer()).body;
}

/// What the first line of each order awaits.
std::vector<Quantity> awaited(Shop& shop, const std::vector<PaidOrder>& orders) {
    std::vector<Quantity> all;
    for (const auto& order : orders) {
        all.push_back(admin_order(shop, order)["items"][0]["awaited"].get<Quantity>());
    }
    return all;
}

std::vector<std::int64_t> listed(Shop& shop, const std::string& filter) {
    std::vector<std::int64_t> numbers;
    const auto reply = shop.get("/admin/orders?" + filter, shop.viewer());
    for (const auto& row : reply.body.at("data")) {
        numbers.push_back(row.at("id").get<std::int64_t>());
    }
    return numbers;
}

Json today(Shop& shop) { return shop.get("/admin/stats", shop.viewer()).body; }

Reply fulfil(Shop& shop, const PaidOrder& order, const Json& body = Json::object()) {
    return shop.put(order.path("/fulfillment"), body, shop.staff());
}

void ship(Shop& shop, const PaidOrder& order) {
    const auto reply = fulfil(shop, order, {{"status", "shipped"}});
    INFO(reply.text);
    REQUIRE(reply.status == 200);
}

using Units = std::vector<Quantity>;
using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("what comes goes to the oldest order first") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 2, 20);
    const std::vector orders{paid(shop, {{mug, 1}}), paid(shop, {{mug, 3}}), paid(shop, {{mug, 2}})};
    CHECK(awaited(shop, orders) == Units{0, 2, 2});
    const auto version = admin_order(shop, orders[1])["version"].get<int>();
    adjust(shop, mug, 1);
    CHECK(awaited(shop, orders) == Units{0, 1, 2});
    CHECK(admin_order(shop, orders[1])["version"].get<int>() == version + 1);
    CHECK(shop.get("/orders/" + std::to_string(orders[1].id), orders[1].token).body["items"][0]["awaited"] == 1);
    const auto told = admin_order(shop, orders[1])["history"].back();
    CHECK(told["kind"] == "order.awaited_changed");
    CHECK(told["body"]["awaited_before"] == 2);
    CHECK(told["body"]["awaited"] == 1);
    adjust(shop, mug, 2);
    CHECK(awaited(shop, orders) == Units{0, 0, 1});
    adjust(shop, mug, 10);
    CHECK(awaited(shop, orders) == Units{0, 0, 0});
    CHECK(admin_order(shop, orders[2])["items"][0]["expected_on"] == "2026-02-03");  // as it was told
    shop.check_invariants();
}

TEST_CASE("what goes is taken from the newest order first") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 10, 20);
    const std::vector orders{paid(shop, {{mug, 3}}), paid(shop, {{mug, 3}}), paid(shop, {{mug, 3}})};
    CHECK(awaited(shop, orders) == Units{0, 0, 0});
    adjust(shop, mug, -3);
    CHECK(awaited(shop, orders) == Units{0, 0, 2});
    adjust(shop, mug, -3);
    CHECK(awaited(shop, orders) == Units{0, 2, 3});
    CHECK(admin_order(shop, orders[2])["items"][0]["expected_on"].is_null());  // it was in stock then
    shop.check_invariants();
}

TEST_CASE("what an order gives back goes to those that wait") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 4, 20);
    const std::vector orders{paid(shop, {{mug, 3}}), paid(shop, {{mug, 3}}), placed(shop, {{mug, 1}}),
                             paid(shop, {{mug, 2}})};
    CHECK(awaited(shop, orders) == Units{0, 2, 1, 2});
    shop.advance(minutes(31));
    shop.drain();  // the third one expires, and had nothing
    CHECK(order_status(shop, orders[2].id) == "expired");
    CHECK(awaited(shop, orders) == Units{0, 2, 0, 2});
    REQUIRE(shop.post(orders[0].path("/cancel"), Json::object(), shop.staff()).status == 200);
    CHECK(awaited(shop, orders) == Units{0, 0, 0, 1});
    shop.check_invariants();
}

TEST_CASE("what comes back goes to those that wait") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 2, 20);
    const std::vector orders{paid(shop, {{mug, 2}}), paid(shop, {{mug, 2}})};
    labelled(shop, orders[0]);
    ship(shop, orders[0]);
    CHECK(awaited(shop, orders) == Units{0, 2});
    const Json back{{"items", {{{"item_id", orders[0].items[0]}, {"quantity", 1}}}}};
    REQUIRE(shop.post(orders[0].path("/returns"), back, shop.staff()).status == 201);
    CHECK(awaited(shop, orders) == Units{0, 1});
    shop.check_invariants();
}

TEST_CASE("a parcel holds what is there, and the rest waits") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 2, 20);
    const auto order = paid(shop, {{mug, 5}});
    const auto refused = fulfil(shop, order, {{"items", {{{"item_id", order.items[0]}, {"quantity", 3}}}}});
    CHECK(refused.status == 409);
    CHECK(refused.code() == "units_awaited");
    CHECK(refused.body["items"][0]["sku"] == "MUG");
    CHECK(refused.body["items"][0]["requested"] == 3);
    CHECK(refused.body["items"][0]["in_stock"] == 2);
    CHECK(refused.body["items"][0]["expected_on"] == "2026-02-03");

    const auto parcel = labelled(shop, order);
    CHECK(shop.get("/shipments/" + std::to_string(parcel), shop.viewer()).body["items"][0]["quantity"] == 2);
    const auto nothing = fulfil(shop, order);
    CHECK(nothing.status == 409);
    CHECK(nothing.code() == "units_awaited");
    ship(shop, order);
    CHECK(order_status(shop, order.id) == "partially_shipped");
    CHECK(listed(shop, "packable=true").empty());
    CHECK(listed(shop, "awaits_stock=true") == Numbers{order.id});
    adjust(shop, mug, 3);
    CHECK(listed(shop, "packable=true") == Numbers{order.id});
    labelled(shop, order);
    ship(shop, order);
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(stock(shop, mug)["on_hand"] == 0);
    shop.check_invariants();
}

TEST_CASE("an order of which nothing is in stock is not to be packed") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 0, 20);
    const auto pot = shop.product({.sku = "POT", .on_hand = 5});
    const auto all = paid(shop, {{mug, 2}});
    const auto some = paid(shop, {{mug, 1}, {pot, 1}});
    const auto on_delivery = placed(shop, {{mug, 1}});
    set_payment(shop, on_delivery.id, "cash_on_delivery", "processing");
    const auto unpaid = placed(shop, {{mug, 1}});
    CHECK(listed(shop, "packable=true") == Numbers{some.id});
    CHECK(listed(shop, "packable=true&status=paid") == Numbers{some.id});
    CHECK(listed(shop, "packable=false") == Numbers{unpaid.id});
    CHECK(listed(shop, "awaits_stock=true") == Numbers{unpaid.id, on_delivery.id, some.id, all.id});
    CHECK(today(shop)["to_pack"] == 1);
    CHECK(today(shop)["awaiting_stock"] == 4);
    CHECK(today(shop)["pending"] == 1);
    CHECK(admin_order(shop, all)["packable"] == false);
    CHECK(admin_order(shop, some)["packable"] == true);
    const auto rows = shop.get("/admin/orders", shop.viewer()).body["data"];
    CHECK(rows[3]["awaits"] == "all");
    CHECK(rows[3]["can"].empty());
    CHECK(rows[2]["awaits"] == "some");

    for (const auto& order : {all, on_delivery}) {
        for (const auto& refused :
             {fulfil(shop, order), shop.put("/admin" + order.path(""), {{"status", "processing"}}, shop.staff())}) {
            INFO(refused.text);
            CHECK(refused.status == 409);
            CHECK(refused.code() == "units_awaited");
        }
    }
    CHECK(fulfil(shop, unpaid).code() == "not_paid");
    adjust(shop, mug, 4);
    CHECK(listed(shop, "packable=true") == Numbers{on_delivery.id, some.id, all.id});
    CHECK(today(shop)["to_pack"] == 3);
    CHECK(today(shop)["awaiting_stock"] == 1);
    shop.check_invariants();
}

TEST_CASE("many orders are packed as far as they are in stock, and the others say why not") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 1, 20);
    const auto first = paid(shop, {{mug, 1}});
    const auto second = paid(shop, {{mug, 1}});
    const auto reply = shop.post("/orders/bulk/fulfillment", {{"order_ids", {first.id, second.id}}}, shop.staff());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    CHECK(reply.text.find("units_awaited") != std::string::npos);
    CHECK(order_status(shop, first.id) == "processing");
    CHECK(order_status(shop, second.id) == "paid");
}

TEST_CASE("a label whose units went does not let them be shipped, but a carrier that has them is right") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 3, 20);
    const auto older = paid(shop, {{mug, 1}});
    const auto order = paid(shop, {{mug, 2}});
    const auto parcel = labelled(shop, order);
    adjust(shop, mug, -2);
    CHECK(awaited(shop, {older, order}) == Units{0, 2});
    const auto refused = fulfil(shop, order, {{"status", "shipped"}});
    CHECK(refused.status == 409);
    CHECK(refused.code() == "units_awaited");
    CHECK(shipment_status(shop, parcel) == "label_ready");

    shop.store().writer().run([&](storage::Transaction& tx) {
        fulfillment::track(tx, ShipmentId{parcel},
                           {.status = fulfillment::Status::in_transit,
                            .description = "scanned",
                            .location = "Berlin",
                            .at = shop.clock().now()},
                           false, Actor::system(), shop.clock().now());
    });
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(stock(shop, mug)["on_hand"] == 0);  // of 1 and 1 that was found, which the parcel took
    CHECK(awaited(shop, {older, order}) == Units{1, 0});
    CHECK(stock(shop, mug)["movements"][1]["reason"] == "corrected");
    shop.check_invariants();
}

TEST_CASE("the rest of an order is cancelled, awaited or not") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 1, 20);
    const auto order = paid(shop, {{mug, 3}});
    const auto next = paid(shop, {{mug, 2}});
    labelled(shop, order);
    ship(shop, order);
    adjust(shop, mug, 1);
    CHECK(awaited(shop, {order, next}) == Units{1, 2});
    const auto cancelled = shop.post(order.path("/cancel-unshipped"), {{"refund", 0}}, shop.staff());
    INFO(cancelled.text);
    REQUIRE(cancelled.status == 200);
    CHECK(awaited(shop, {order, next}) == Units{0, 1});
    CHECK(listed(shop, "awaits_stock=true") == Numbers{next.id});
    shop.check_invariants();
}

TEST_CASE("ten thousand orders of one product get what comes in one change", "[large]") {
    constexpr Quantity kOrders = 10'000;
    Shop shop;
    const auto mug = beyond(shop, "MUG", 0, 20'000);
    const auto first = paid(shop, {{mug, 1}});
    shop.store().writer().run([&](storage::Transaction& tx) {
        for (Quantity i = 1; i < kOrders; ++i) {
            const auto id = first.id + i;
            tx.run(R"sql(
                INSERT INTO orders SELECT ?1, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                       tax_rate_ppm, managed_by, NULL, NULL, access_token_hash, NULL, NULL, placed_at, NULL, updated_at, 1,
                       NULL, '', '', 0, 0, 0, tax_country, tax_treatment, rounded_by, shipping_taxes, 0, delivery, NULL, '', 0,
                       NULL, '', locale, '[]', awaits, 0
                  FROM orders WHERE id = ?2
            )sql",
                   id, first.id);
            tx.run(R"sql(
                INSERT INTO order_item (order_id, product_id, sku, name, unit_price, tax, quantity, awaited)
                VALUES (?1, ?2, 'MUG', 'Mug', 1250, 0, 1, 1)
            )sql",
                   id, mug);
        }
        tx.run("UPDATE product SET reserved = ?2 WHERE id = ?1", mug, kOrders);
    });
    adjust(shop, mug, 1);
    CHECK(listed(shop, "awaits_stock=true&limit=1") == Numbers{first.id + kOrders - 1});
    CHECK(awaited(shop, {first}) == Units{0});
    adjust(shop, mug, kOrders);
    CHECK(listed(shop, "awaits_stock=true").empty());
    adjust(shop, mug, -kOrders / 2);
    const auto open = shop.store().read().value<Quantity>("SELECT sum(awaited) FROM order_item");
    CHECK(open == kOrders / 2 - 1);
    const auto oldest =
        shop.store().read().value<std::int64_t>("SELECT min(order_id) FROM order_item WHERE awaited > 0");
    CHECK(oldest == first.id + kOrders / 2 + 1);
}

TEST_CASE("check finds units that the wrong orders await, and repairs them") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 2, 20);
    const std::vector orders{paid(shop, {{mug, 3}}), paid(shop, {{mug, 3}})};
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("UPDATE order_item SET awaited = 3 - awaited WHERE order_id = ?1", orders[0].id);
        tx.run("UPDATE orders SET awaits = 'none' WHERE id = ?1", orders[1].id);
        tx.run("UPDATE product SET reserved = 7 WHERE id = ?1", mug);
    });
    const auto faults = [&] {
        std::size_t found = 0;
        for (const auto& finding : app::check(shop.store().read())) {
            found += finding.faults.size();
        }
        return found;
    };
    CHECK(faults() == 3);
    const auto lines =
        shop.store().writer().run([&](storage::Transaction& tx) { return app::repair(tx, shop.clock().now()); });
    CHECK(lines.size() == 3);
    CHECK(awaited(shop, orders) == Units{1, 3});
    CHECK(listed(shop, "packable=true") == Numbers{orders[0].id});
    shop.check_invariants();
}

TEST_CASE("a mail and the receipt say what is awaited, and when it comes") {
    Shop shop;
    const auto mug = beyond(shop, "MUG", 1, 20);
    const auto order = shop.order({{mug, 3}});
    REQUIRE(order.status == 201);
    const auto path = order.body["receipt_url"].get<std::string>();
    const auto receipt = shop.get(path.substr(path.find("/r")));
    INFO(path);
    REQUIRE(receipt.status == 200);
    CHECK(receipt.text.find("2 not in stock yet, expected on 3 February 2026") != std::string::npos);
    adjust(shop, mug, 2);
    CHECK(shop.get(path.substr(path.find("/r"))).text.find("not in stock yet") == std::string::npos);
}

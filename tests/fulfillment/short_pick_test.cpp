// M13: not all units of an order are on the shelf.

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/support.h"
#include "support/paper.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Reply pick_short(Shop& shop, const PaidOrder& order, std::int64_t item, Quantity missing, const std::string& rest,
                 const std::string& missing_units, const Json& more = Json::object()) {
    Json body{{"missing", Json::array({{{"item_id", item}, {"quantity", missing}}})},
              {"rest", rest},
              {"missing_units", missing_units}};
    body.update(more);
    return shop.post(order.path("/short-pick"), body, shop.staff());
}

Json row_of(Shop& shop, const PaidOrder& order) {
    return shop.get("/admin/orders/" + std::to_string(order.id), shop.viewer()).body;
}

}  // namespace

TEST_CASE("M13: a missing unit is refunded and written off, the sum is said before, and the rest goes out") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1250, .on_hand = 5});
    const auto pot = shop.product({.sku = "POT", .price = 4900, .on_hand = 5});
    const auto order = paid(shop, {{mug, 3}, {pot, 1}});

    const auto planned = pick_short(shop, order, order.items[0], 1, "refund", "write_off", {{"dry_run", true}});
    INFO(planned.text);
    REQUIRE(planned.status == 200);
    CHECK(planned.body["refund"] == 1250);
    CHECK(planned.body["written_off"] == 1);
    CHECK(planned.body["shipment"].is_null());
    CHECK(stock(shop, mug)["on_hand"] == 5);
    CHECK(row_of(shop, order)["shipments"].empty());

    const auto done = pick_short(shop, order, order.items[0], 1, "refund", "write_off", {{"reason", "broken"}});
    INFO(done.text);
    REQUIRE(done.status == 200);
    CHECK(done.body["refund"] == 1250);
    CHECK(done.body["packed"] == Json::array({{{"item_id", order.items[0]}, {"quantity", 2}},
                                              {{"item_id", order.items[1]}, {"quantity", 1}}}));
    CHECK(done.body["shipment"]["status"] == "label_ready");
    CHECK(stock(shop, mug)["on_hand"] == 4);
    CHECK(stock(shop, mug)["reserved"] == 2);
    const auto now = row_of(shop, order);
    CHECK(now["items"][0]["quantity_cancelled"] == 1);
    const auto payment =
        shop.get("/admin/payments/" + std::to_string(now["payment"]["id"].get<std::int64_t>()), shop.viewer());
    REQUIRE(payment.body["refunds"].size() == 1);
    CHECK(payment.body["refunds"][0]["amount"] == 1250);

    const Paper slip(
        shop.get("/shipments/" + std::to_string(done.body["shipment"]["id"].get<std::int64_t>()) + "/packing-slip",
                 shop.staff()));
    CHECK(slip.text().find("1 × Mug (MUG): cancelled") != std::string::npos);
    CHECK(slip.barcodes() == std::multiset<std::string>{std::to_string(order.id)});

    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(stock(shop, mug)["on_hand"] == 2);
    CHECK(stock(shop, mug)["reserved"] == 0);
    shop.check_invariants();
}

TEST_CASE("M13: a missing unit is held, and put back: the rest of the order follows in another parcel") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto order = paid(shop, {{mug, 3}});
    const auto first = labelled(shop, order);
    const auto done = pick_short(shop, order, order.items[0], 1, "hold", "put_back");
    REQUIRE(done.status == 200);
    CHECK(done.body["refund"] == 0);
    CHECK(done.body["written_off"] == 0);
    CHECK(done.body["voided"] == Json{first});  // its label was of all three
    CHECK(stock(shop, mug)["reserved"] == 3);
    const Paper slip(
        shop.get("/shipments/" + std::to_string(done.body["shipment"]["id"].get<std::int64_t>()) + "/packing-slip",
                 shop.staff()));
    CHECK(slip.text().find("1 × Mug (MUG): follows in another parcel") != std::string::npos);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(order_status(shop, order.id) == "partially_shipped");
    labelled(shop, order);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(order_status(shop, order.id) == "shipped");
    shop.check_invariants();
}

TEST_CASE("a missing unit of an order that is not paid yet leaves its total: its customer pays for what comes") {
    Shop shop;
    const auto mug = shop.product({.price = 1250, .on_hand = 5});
    auto body = Shop::order_body({{mug, 3}});
    const auto placed = shop.post("/orders", body);
    const Json method{{"type", "cash_on_delivery"}};
    REQUIRE(shop.post("/payments", {{"order_id", placed.body["id"]}, {"method", method}}, placed.body["access_token"])
                .status == 201);
    PaidOrder order{placed.body["id"], placed.body["access_token"], {placed.body["items"][0]["id"]}};

    const auto planned = pick_short(shop, order, order.items[0], 1, "refund", "write_off", {{"dry_run", true}});
    INFO(planned.text);
    REQUIRE(planned.status == 200);
    CHECK(planned.body["refund"] == 0);
    CHECK(planned.body["off_total"] == 1250);
    const auto done = pick_short(shop, order, order.items[0], 1, "refund", "write_off");
    REQUIRE(done.status == 200);
    auto now = row_of(shop, order);
    CHECK(now["total"] == 2500);
    CHECK(now["balance"] == 2500);
    CHECK(now["payment"]["amount"] == 2500);
    CHECK(stock(shop, mug)["on_hand"] == 4);
    shop.check_invariants();

    // What is left of an order that is shipped in part goes the same way.
    SECTION("the rest is cancelled before it is paid") {
        const auto parcel = std::to_string(done.body["shipment"]["id"].get<std::int64_t>());
        REQUIRE(shop.post("/shipments/" + parcel + "/void", nullptr, shop.staff()).status == 200);
        labelled(shop, order, {{"items", {{{"item_id", order.items[0]}, {"quantity", 1}}}}});
        REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
        REQUIRE(order_status(shop, order.id) == "partially_shipped");
        const auto rest = shop.post(order.path("/cancel-unshipped"), {{"reason", "none left"}}, shop.staff());
        INFO(rest.text);
        REQUIRE(rest.status == 200);
        now = row_of(shop, order);
        CHECK(now["status"] == "shipped");
        CHECK(now["total"] == 1250);
        CHECK(now["balance"] == 1250);
        shop.check_invariants();
    }
}

TEST_CASE("a short pick is refused where it cannot be, and changes nothing then") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 3});
    const auto order = paid(shop, {{mug, 3}});
    const auto item = order.items[0];
    CHECK(pick_short(shop, order, item, 4, "refund", "put_back").code() == "not_open");
    CHECK(pick_short(shop, order, item, 3, "refund", "put_back").code() == "nothing_would_be_left");
    // The order holds them all, so none can be written off and waited for.
    CHECK(pick_short(shop, order, item, 1, "hold", "write_off").code() == "below_reserved");
    CHECK(pick_short(shop, order, 4711, 1, "hold", "put_back").status == 422);
    CHECK(shop.post(order.path("/short-pick"), Json::object(), shop.staff()).status == 422);
    CHECK(row_of(shop, order)["shipments"].empty());
    CHECK(stock(shop, mug)["reserved"] == 3);
    CHECK(order_status(shop, order.id) == "paid");

    // What is missing after a part has left closes the order.
    labelled(shop, order, {{"items", {{{"item_id", item}, {"quantity", 1}}}}});
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    const auto rest = pick_short(shop, order, item, 2, "refund", "put_back");
    INFO(rest.text);
    REQUIRE(rest.status == 200);
    CHECK(rest.body["refund"] == 2500);
    CHECK(rest.body["packed"].empty());
    CHECK(order_status(shop, order.id) == "shipped");
    CHECK(stock(shop, mug)["reserved"] == 0);
    CHECK(stock(shop, mug)["on_hand"] == 2);
    shop.check_invariants();
}

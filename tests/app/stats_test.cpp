#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Json sales(Shop& shop, const std::string& query = "") {
    return shop.get("/admin/stats/sales" + query, shop.viewer()).body;
}

}  // namespace

TEST_CASE("the stats count what waits for someone") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 5, .threshold = 3});
    CHECK(shop.get("/admin/stats", shop.viewer()).body["pending"] == 0);

    REQUIRE(shop.order({{mug, 2}}).status == 201);

    const auto stats = shop.get("/admin/stats", shop.viewer());
    CHECK(stats.status == 200);
    CHECK(stats.body["pending"] == 1);
    CHECK(stats.body["to_pack"] == 0);
    CHECK(stats.body["low_stock"] == 1);
    CHECK(stats.body["dead_jobs"] == 0);
    CHECK(shop.get("/admin/stats").status == 401);
}

TEST_CASE("an order that may be packed before it is paid waits to be packed, by the setting, and not for its payment") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 10});
    const auto pay = [&](const char* method) {
        const auto order = shop.order({{mug, 1}}).body["id"];
        REQUIRE(shop.post("/payments", {{"order_id", order}, {"method", {{"type", method}}}}, shop.owner()).status <
                300);
        return "/orders/" + order.dump();
    };
    const auto now = [&] { return shop.get("/admin/stats", shop.viewer()).body; };
    const auto cash = pay("cash_on_delivery");
    const auto transfer = pay("bank_transfer");
    CHECK(now()["to_pack"] == 1);
    CHECK(now()["pending"] == 1);
    CHECK(shop.put(transfer + "/fulfillment", Json::object(), shop.staff()).code() == "not_paid");

    REQUIRE(shop.put("/admin/settings",
                     {{"ship_before_payment", {{"bank_transfer", true}, {"cash_on_delivery", false}}}}, shop.owner())
                .status == 200);
    CHECK(now()["to_pack"] == 1);
    CHECK(shop.put(cash + "/fulfillment", Json::object(), shop.staff()).code() == "not_paid");
    CHECK(shop.put(transfer + "/fulfillment", Json::object(), shop.staff()).status == 202);
    CHECK(now()["to_pack"] == 1);  // in packing
    CHECK(now()["pending"] == 1);
}

TEST_CASE("sales have every day of the span, today last, and count each order on its day") {
    Shop shop;
    // A key, since nobody stays signed in for a day of not looking.
    const auto key =
        shop.post("/admin/api-keys", {{"label", "books"}, {"role", "viewer"}}, shop.owner()).body["secret"];
    const auto mug = shop.product({.sku = "MUG", .on_hand = 10});
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    shop.advance(days(1));
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    REQUIRE(shop.order({{mug, 1}}).status == 201);

    const auto shown = shop.get("/admin/stats/sales?days=7", key).body["days"];
    REQUIRE(shown.size() == 7);
    CHECK(shown[6]["date"] == rfc3339(shop.clock().now()).substr(0, 10));
    CHECK(shown[6]["orders"] == 2);
    CHECK(shown[5]["orders"] == 1);
    CHECK(shown[4]["orders"] == 0);
    CHECK(shop.get("/admin/stats/sales", key).body["days"].size() == 30);
}

TEST_CASE("a cancelled order is not a sale, and one that is not paid takes nothing in") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 10});
    const auto kept = shop.order({{mug, 1}});
    const auto dropped = shop.order({{mug, 2}});
    REQUIRE(shop.post("/orders/" + dropped.body["id"].dump() + "/cancel", Json::object(), shop.owner()).status == 200);

    const auto shown = sales(shop, "?days=1");
    CHECK(shown["days"][0]["orders"] == 1);
    CHECK(shown["days"][0]["takings"] == 0);
    CHECK(shown["top_products"].empty());
}

TEST_CASE("a span that makes no sense is refused by name, and so is an offset: days are the shop's") {
    Shop shop;
    for (const auto* query : {"?days=0", "?days=367", "?days=x", "?utc_offset=60"}) {
        CHECK(shop.get(std::string("/admin/stats/sales") + query, shop.viewer()).status == 422);
    }
}

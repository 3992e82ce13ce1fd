#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("an order is placed, priced, and can be read by whoever holds its token") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1250, .on_hand = 5});
    shop.product({.sku = "POT", .name = "Pot", .price = 3000, .on_hand = 2});

    auto body = Shop::order_body({{mug, 2}});
    body["items"].push_back({{"sku", "pot"}, {"quantity", 1}});
    body["note"] = "Leave it with the neighbours";
    const auto placed = shop.post("/orders", body);

    REQUIRE(placed.status == 201);
    CHECK(placed.body["id"] == 1001);
    CHECK(placed.header("Location") == "/orders/1001");
    CHECK(placed.header("ETag") == "\"1\"");
    CHECK(placed.body["status"] == "pending");
    CHECK(placed.body["payment_status"].is_null());
    CHECK(placed.body["subtotal"] == 5500);
    CHECK(placed.body["total"] == 5500);
    CHECK(placed.body["currency"] == "EUR");
    CHECK(placed.body["items"][1]["sku"] == "POT");
    CHECK(placed.body["items"][0]["total"] == 2500);
    CHECK(placed.body["customer"]["shipping_address"]["city"] == "Berlin");
    CHECK(placed.body["expires_at"] == "2026-01-01T00:30:00.000Z");

    const auto token = placed.body["access_token"].get<std::string>();
    const auto read = shop.get("/orders/1001", token);
    REQUIRE(read.status == 200);
    CHECK(read.body["note"] == "Leave it with the neighbours");
    CHECK_FALSE(read.body.contains("access_token"));
    CHECK(shop.get("/orders/1001", token, {{"If-None-Match", read.header("ETag")}}).status == 304);

    CHECK(shop.get("/admin/inventory/" + std::to_string(mug), shop.viewer()).body["reserved"] == 2);
    shop.check_invariants();
}

TEST_CASE("an order is nobody else's to see") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto mine = shop.order({{mug, 1}}).body;
    const auto theirs = shop.order({{mug, 1}}).body;

    CHECK(shop.get("/orders/1001").status == 401);
    CHECK(shop.get("/orders/1001", theirs["access_token"]).status == 404);
    CHECK(shop.get("/orders/1001", theirs["access_token"]).body["detail"] ==
          shop.get("/orders/9999", theirs["access_token"]).body["detail"]);
    CHECK(shop.get("/orders/1001", "ot_" + std::string(43, 'A')).status == 404);
    CHECK(shop.get("/orders/1001", shop.viewer()).status == 200);
    CHECK(shop.get("/orders/1001", mine["access_token"]).status == 200);
    CHECK(shop.post("/orders/1001/cancel", Json::object(), theirs["access_token"]).status == 404);
    CHECK(shop.post("/orders/1001/cancel", Json::object(), shop.viewer()).status == 403);
}

TEST_CASE("short stock refuses the whole order, and names every line that is short") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 1});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .on_hand = 0});
    const auto jug = shop.product({.sku = "JUG", .name = "Jug", .on_hand = 9});

    const auto refused = shop.order({{jug, 3}, {mug, 2}, {pot, 1}});
    CHECK(refused.status == 409);
    CHECK(refused.code() == "insufficient_stock");
    REQUIRE(refused.body["items"].size() == 2);
    CHECK(refused.body["items"][0]["sku"] == "MUG");
    CHECK(refused.body["items"][0]["available"] == 1);
    CHECK(refused.body["items"][1]["sku"] == "POT");
    CHECK(shop.get("/admin/inventory/" + std::to_string(jug), shop.viewer()).body["reserved"] == 0);
    CHECK(shop.get("/admin/orders", shop.viewer()).body["data"].empty());

    CHECK(shop.order({{jug, 3}}).body["id"] == 1001);  // a refused order takes no number
    shop.check_invariants();
}

TEST_CASE("two customers cannot buy the last unit", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1});
    const auto answers = shop.at_once(2, [&](int) { return shop.order({{mug, 1}}); });
    CHECK(count(answers, 201) == 1);
    CHECK(count(answers, 409) == 1);
    shop.check_invariants();
}

TEST_CASE("duplicate lines of an order are merged") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto placed = shop.order({{mug, 2}, {mug, 1}});
    REQUIRE(placed.status == 201);
    REQUIRE(placed.body["items"].size() == 1);
    CHECK(placed.body["items"][0]["quantity"] == 3);
    CHECK(shop.order({{mug, 9'000}, {mug, 9'000}}).status == 422);
}

TEST_CASE("what is wrong with an order is said, all of it, and nothing changes") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto before = shop.events();

    auto body = Shop::order_body({{mug, 0}});
    body["customer"]["email"] = "no address";
    body["customer"]["shipping_address"]["country"] = "Germany";
    body["customer"].erase("name");
    body["surprise"] = 1;
    const auto refused = shop.post("/orders", body);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "validation_failed");
    std::vector<std::string> pointers;
    for (const auto& fault : refused.body["errors"]) {
        pointers.push_back(fault["pointer"]);
    }
    std::sort(pointers.begin(), pointers.end());
    CHECK(pointers == std::vector<std::string>{"/customer/email", "/customer/name",
                                               "/customer/shipping_address/country", "/items/0/quantity", "/surprise"});

    const auto refuse = [&](const std::function<void(Json&)>& spoil) {
        auto spoilt = Shop::order_body({{mug, 1}});
        spoil(spoilt);
        return shop.post("/orders", spoilt).status;
    };
    CHECK(refuse([](Json& b) { b["items"] = Json::array(); }) == 422);
    CHECK(refuse([](Json& b) { b["items"][0]["quantity"] = 10'001; }) == 422);
    CHECK(refuse([](Json& b) { b["items"][0]["quantity"] = -1; }) == 422);
    CHECK(refuse([](Json& b) { b["items"][0]["quantity"] = 1.5; }) == 422);
    CHECK(refuse([](Json& b) { b["items"][0]["quantity"] = "2"; }) == 422);
    CHECK(refuse([](Json& b) { b["items"][0]["product_id"] = 999; }) == 422);
    CHECK(refuse([](Json& b) { b["items"][0]["sku"] = "MUG"; }) == 422);  // both ways of naming it
    CHECK(refuse([](Json& b) { b["items"][0].erase("product_id"); }) == 422);
    CHECK(refuse([](Json& b) { b["customer"]["name"] = "Ada\u0007"; }) == 422);
    CHECK(refuse([](Json& b) { b["customer"]["name"] = "   "; }) == 422);
    CHECK(refuse([](Json& b) { b.erase("customer"); }) == 422);
    CHECK(shop.send("POST", "/orders", "{\"items\": [", "application/json").status == 400);
    CHECK(shop.send("POST", "/orders", "{\"note\": \"\xff\xfe\"}", "application/json").status == 400);
    CHECK(shop.send("POST", "/orders", "x=1", "application/x-www-form-urlencoded").status == 415);
    CHECK(shop.send("POST", "/orders", std::string(2 << 20, ' '), "application/json").status == 413);
    CHECK(shop.send("POST", "/orders", std::string(5000, '[') + std::string(5000, ']'), "application/json").status ==
          400);

    CHECK(shop.events() == before);
    CHECK(shop.get("/admin/inventory/" + std::to_string(mug), shop.viewer()).body["reserved"] == 0);
}

TEST_CASE("what is wrong with the customer and with the items of an order is said at once") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto pointers_of = [&](const std::function<void(Json&)>& spoil) {
        auto body = Shop::order_body({{mug, 1}, {mug, 1}});
        spoil(body);
        const auto refused = shop.post("/orders", body);
        CHECK(refused.status == 422);
        std::vector<std::string> pointers;
        for (const auto& fault : refused.body["errors"]) {
            pointers.push_back(fault["pointer"]);
        }
        return pointers;
    };
    using Pointers = std::vector<std::string>;
    const auto spoil_customer = [](Json& body) {
        body["customer"]["name"] = "   ";
        body["customer"]["phone"] = "1";
    };
    CHECK(pointers_of([&](Json& body) {
              spoil_customer(body);
              body["items"][0].erase("product_id");
              body["items"][1]["sku"] = "MUG";
          }) == Pointers{"/customer/name", "/customer/phone", "/items/0", "/items/1"});
    CHECK(pointers_of([&](Json& body) {
              spoil_customer(body);
              body["items"][1]["product_id"] = 999;
          }) == Pointers{"/customer/name", "/customer/phone", "/items/1"});
    CHECK(pointers_of([&](Json& body) {
              body["items"][0]["quantity"] = 9'000;
              body["items"][1]["quantity"] = 9'000;
              body["items"].push_back({{"product_id", 999}, {"quantity", 1}});
          }) == Pointers{"/items/2", "/items/1/quantity"});
}

TEST_CASE("a total that no JSON reader could hold is refused") {
    Shop shop;
    const auto yacht =
        shop.product({.sku = "YACHT", .name = "Yacht", .price = 100'000'000'000, .on_hand = 100'000'000});
    const auto plane =
        shop.product({.sku = "PLANE", .name = "Plane", .price = 100'000'000'000, .on_hand = 100'000'000});
    std::vector<Shop::Line> lines{{yacht, 10'000}};
    CHECK(shop.order(lines).status == 201);
    auto body = Shop::order_body({{yacht, 10'000}, {plane, 10'000}});
    for (int i = 0; i < 10; ++i) {
        const auto more = shop.product(
            {.sku = "P" + std::to_string(i), .name = "Palace", .price = 100'000'000'000, .on_hand = 100'000'000});
        body["items"].push_back({{"product_id", more}, {"quantity", 10'000}});
    }
    const auto refused = shop.post("/orders", body);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "total_out_of_range");
    shop.check_invariants();
}

TEST_CASE("the same idempotency key places one order, and answers the first answer again", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    const Headers key{{"Idempotency-Key", "basket-7"}};
    const auto first = shop.order({{mug, 2}}, key);
    const auto again = shop.order({{mug, 2}}, key);
    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(again.text == first.text);
    CHECK(shop.order({{mug, 3}}, key).status == 422);

    // At once: one places it, each of the others gets its answer, or is told that it is under way.
    const Headers other{{"Idempotency-Key", "basket-8"}};
    const auto answers = shop.at_once(8, [&](int) { return shop.order({{mug, 1}}, other); });
    CHECK(count(answers, 201) + count(answers, 409) == 8);
    CHECK(count(answers, 201) >= 1);
    CHECK(shop.get("/admin/orders", shop.viewer()).body["data"].size() == 2);

    // A day later the key is free again.
    shop.advance(hours(25));
    shop.drain();
    CHECK(shop.order({{mug, 1}}, key).body["id"] == 1003);
    shop.check_invariants();
}

TEST_CASE("a refusal is not remembered under its idempotency key, since nothing happened") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1});
    const Headers key{{"Idempotency-Key", "basket-9"}};
    CHECK(shop.order({{mug, 2}}, key).status == 409);
    CHECK(shop.put("/products/" + std::to_string(mug), {{"quantity", 2}}, shop.staff()).status == 200);
    CHECK(shop.order({{mug, 2}}, key).status == 201);
}

TEST_CASE("tax and shipping follow the shop's settings, rounded once a line") {
    Shop shop;
    const auto pen = shop.product({.sku = "PEN", .name = "Pen", .price = 333, .on_hand = 100});
    const auto set = [&](bool included, bool shipping_taxed) {
        return shop
            .put("/admin/settings",
                 {{"tax",
                   {{"prices_include_tax", included},
                    {"shipping_taxed", shipping_taxed},
                    {"rates",
                     {{{"country", "DE"}, {"rate_ppm", 190'000}},
                      {{"country", "US"}, {"rate_ppm", 0}},
                      {{"country", "US"}, {"region", "NY"}, {"rate_ppm", 88'750}}}}}}},
                 shop.owner())
            .status;
    };
    shop.deliver({{"DE", 490, 1000}, {"*", 1990}});
    REQUIRE(set(true, true) == 200);
    auto order = shop.order({{pen, 1}}).body;
    CHECK(order["shipping"] == 490);
    CHECK(order["tax"] == 0);
    CHECK(order["tax_included"] == 53 + 78);  // 333 × 19/119 = 53.17, 490 × 19/119 = 78.24
    CHECK(order["total"] == 823);
    CHECK(shop.order({{pen, 4}}).body["shipping"] == 0);  // 1332: free from 1000 on

    REQUIRE(set(false, false) == 200);
    order = shop.order({{pen, 3}}).body;
    CHECK(order["tax"] == 190);  // 999 × 0.19 = 189.81
    CHECK(order["tax_included"] == 0);
    CHECK(order["total"] == 999 + 490 + 190);

    auto body = Shop::order_body({{pen, 1}});
    body["customer"]["shipping_address"]["country"] = "US";
    body["customer"]["shipping_address"]["region"] = "ny";
    order = shop.post("/orders", body).body;
    CHECK(order["tax_rate_ppm"] == 88'750);
    CHECK(order["tax"] == 30);  // 333 × 0.08875 = 29.55
    CHECK(order["shipping"] == 1990);

    // What was agreed stays, whatever the settings say later.
    CHECK(shop.get("/orders/1001", shop.viewer()).body["tax_included"] == 131);
    shop.check_invariants();
}

TEST_CASE("a country that no delivery method goes to is refused by name") {
    Shop shop;
    const auto mug = shop.product({});
    shop.deliver({{"FR", 490}});
    const auto refused = shop.order({{mug, 1}});
    CHECK(refused.status == 422);
    CHECK(refused.code() == "not_shipped_there");
}

TEST_CASE("each order has exactly one manager, given in turn") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 10});
    std::vector<std::string> managers;
    for (int i = 0; i < 4; ++i) {
        const auto id = shop.order({{mug, 1}}).body["id"].get<std::int64_t>();
        managers.push_back(
            shop.get("/admin/orders/" + std::to_string(id), shop.viewer()).body["managed_by"]["username"]);
    }
    CHECK(managers[0] != managers[1]);
    CHECK(managers[0] == managers[2]);
    CHECK(managers[1] == managers[3]);
    CHECK(std::find(managers.begin(), managers.end(), "vera") == managers.end());  // a viewer manages nothing
}

TEST_CASE("64 customers order a product with 100 in stock 300 times: exactly 100 are accepted", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100, .threshold = 10});
    std::atomic<int> left = 300;
    std::atomic<int> accepted = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> other = 0;
    shop.at_once(64, [&](int) {
        Reply last;
        while (left.fetch_sub(1) > 0) {
            last = shop.order({{mug, 1}});
            ++(last.status == 201 ? accepted : last.status == 409 ? refused : other);
        }
        return last;
    });
    CHECK(accepted == 100);
    CHECK(refused == 200);
    CHECK(other == 0);
    CHECK(shop.get("/admin/alerts", shop.viewer()).body["data"].size() == 1);
    shop.check_invariants();
}

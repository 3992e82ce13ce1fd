// How stock changes, and what explains it.

#include "catalog/stock.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "support/shop.h"

using namespace orderd;
using tests::inventory;
using tests::Reply;
using tests::Shop;

namespace {

std::int64_t order_id(const Reply& reply) { return reply.body["id"].get<std::int64_t>(); }

Reply cancel(Shop& shop, std::int64_t order) {
    return shop.post("/orders/" + std::to_string(order) + "/cancel", Json::object(), shop.staff());
}

std::vector<std::string> alert_events(Shop& shop) {
    auto kinds = shop.events();
    std::erase_if(kinds, [](const std::string& kind) { return !kind.starts_with("alert."); });
    return kinds;
}

}  // namespace

TEST_CASE("stock is set to what was counted, or changed by what came and went") {
    Shop shop;
    const auto id = shop.product({.on_hand = 40});
    const auto set = shop.put(inventory(id), {{"quantity", 55}}, shop.staff());
    REQUIRE(set.status == 200);
    CHECK(set.body["on_hand"] == 55);
    CHECK(set.body["version"] == 2);
    const auto damaged =
        shop.put(inventory(id), {{"adjust", -3}, {"reason", "damaged"}, {"note", "fell off the shelf"}}, shop.staff());
    CHECK(damaged.body["on_hand"] == 52);
    CHECK(shop.put(inventory(id), {{"adjust", 8}, {"reason", "received"}}, shop.staff()).body["on_hand"] == 60);

    const auto movements = shop.get(inventory(id) + "/movements", shop.viewer()).body["data"];
    REQUIRE(movements.size() == 4);
    CHECK(movements[0]["delta"] == 8);
    CHECK(movements[0]["reason"] == "received");
    CHECK(movements[1]["delta"] == -3);
    CHECK(movements[1]["note"] == "fell off the shelf");
    CHECK(movements[1]["actor"].get<std::string>().find("sam") != std::string::npos);
    CHECK(movements[2]["delta"] == 15);
    CHECK(movements[2]["reason"] == "corrected");
    CHECK(movements[3]["delta"] == 40);
    CHECK(movements[3]["reason"] == "received");
    CHECK(shop.events().back() == "stock.adjusted");
    shop.check_invariants();
}

TEST_CASE("movements are listed a page at a time, newest first") {
    Shop shop;
    const auto id = shop.product({.on_hand = 1});
    for (int i = 0; i < 4; ++i) {
        REQUIRE(shop.put(inventory(id), {{"adjust", 1}, {"reason", "received"}}, shop.staff()).status == 200);
    }
    const auto first = shop.get(inventory(id) + "/movements?limit=3", shop.viewer());
    REQUIRE(first.body["data"].size() == 3);
    const auto second = shop.get(
        inventory(id) + "/movements?limit=3&cursor=" + first.body["next_cursor"].get<std::string>(), shop.viewer());
    CHECK(second.body["data"].size() == 2);
    CHECK(second.body["next_cursor"].is_null());
    CHECK(first.body["data"][2]["id"].get<int>() > second.body["data"][0]["id"].get<int>());
}

TEST_CASE("a change of stock that makes no sense is refused, and changes nothing") {
    const Json body = GENERATE(values<Json>({
        Json{{"quantity", 5}, {"adjust", 1}, {"reason", "received"}},
        Json{{"adjust", 1}},
        Json{{"adjust", 0}, {"reason", "adjusted"}},
        Json{{"adjust", 1}, {"reason", "sold"}},
        Json{{"adjust", 1}, {"reason", "returned"}},
        Json{{"adjust", 1}, {"reason", "damaged"}},
        Json{{"adjust", -1}, {"reason", "received"}},
        Json{{"adjust", -11}, {"reason", "adjusted"}},
        Json{{"adjust", 999'999'995}, {"reason", "received"}},
        Json{{"adjust", 1.5}, {"reason", "received"}},
        Json{{"quantity", -1}},
        Json{{"quantity", nullptr}},
        Json{{"reason", "received"}},
        Json{{"note", "hello"}},
        Json{{"on_hand", 5}},
        Json::object(),
    }));
    Shop shop;
    const auto id = shop.product({.on_hand = 10});
    const auto before = shop.events();
    const auto refused = shop.put(inventory(id), body, shop.staff());
    INFO(body.dump() << " " << refused.text);
    CHECK(refused.status == 422);
    CHECK(shop.get(inventory(id), shop.viewer()).body["on_hand"] == 10);
    CHECK(shop.get(inventory(id), shop.viewer()).body["version"] == 1);
    CHECK(shop.events() == before);
    shop.check_invariants();
}

TEST_CASE("stock cannot fall below what open orders hold") {
    Shop shop;
    const auto id = shop.product({.on_hand = 10});
    REQUIRE(shop.order({{id, 4}}).status == 201);
    const Json body = GENERATE(values<Json>(
        {Json{{"quantity", 3}}, Json{{"adjust", -7}, {"reason", "damaged"}}, Json{{"price", 1}, {"quantity", 0}}}));
    const auto refused = shop.put(inventory(id), body, shop.staff());
    CHECK(refused.status == 409);
    CHECK(refused.code() == "below_reserved");
    CHECK(refused.body["reserved"] == 4);
    CHECK(refused.body["on_hand"] == 10);
    CHECK(shop.get(inventory(id), shop.viewer()).body["price"] == 1250);  // not half of it either
    CHECK(shop.put(inventory(id), {{"quantity", 4}}, shop.staff()).body["available"] == 0);
    shop.check_invariants();
}

TEST_CASE("an order that finds too little names every short line, and takes none") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 3});
    const auto pot = shop.product({.sku = "POT", .on_hand = 10});
    const auto jar = shop.product({.sku = "JAR", .on_hand = 0});
    const auto refused = shop.order({{mug, 5}, {pot, 2}, {jar, 1}});
    CHECK(refused.status == 409);
    CHECK(refused.code() == "insufficient_stock");
    REQUIRE(refused.body["items"].size() == 2);
    CHECK(refused.body["items"][0]["product_id"] == mug);
    CHECK(refused.body["items"][0]["sku"] == "MUG");
    CHECK(refused.body["items"][0]["requested"] == 5);
    CHECK(refused.body["items"][0]["available"] == 3);
    CHECK(refused.body["items"][1]["product_id"] == jar);
    CHECK(refused.body["items"][1]["available"] == 0);
    CHECK(shop.get(inventory(pot), shop.viewer()).body["reserved"] == 0);
    CHECK(shop.get(inventory(pot), shop.viewer()).body["version"] == 1);
    shop.check_invariants();
}

TEST_CASE("many customers at once get what there is, and no more", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 5, .threshold = 2});
    const auto pot = shop.product({.sku = "POT", .on_hand = 100});
    const auto replies = shop.at_once(16, [&](int) { return shop.order({{pot, 1}, {mug, 1}}); });
    CHECK(count(replies, 201) == 5);
    CHECK(count(replies, 409) == 11);
    CHECK(shop.get(inventory(mug), shop.viewer()).body["available"] == 0);
    CHECK(shop.get(inventory(pot), shop.viewer()).body["reserved"] == 5);
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened"});
    shop.check_invariants();
}

TEST_CASE("a product explains its stock: who holds it until when, and what moved it") {
    Shop shop;
    const auto id = shop.product({.on_hand = 10});
    const auto first = order_id(shop.order({{id, 2}}));
    const auto second = order_id(shop.order({{id, 3}}));
    const auto gone = order_id(shop.order({{id, 1}}));
    REQUIRE(cancel(shop, gone).status == 200);

    const auto explained = shop.get(inventory(id), shop.viewer());
    REQUIRE(explained.status == 200);
    CHECK(explained.body["on_hand"] == 10);
    CHECK(explained.body["reserved"] == 5);
    CHECK(explained.body["available"] == 5);
    REQUIRE(explained.body["holds"].size() == 2);
    CHECK(explained.body["holds"][0]["order_id"] == second);
    CHECK(explained.body["holds"][0]["quantity"] == 3);
    CHECK(explained.body["holds"][0]["status"] == "pending");
    CHECK(explained.body["holds"][0]["expires_at"].is_string());
    CHECK(explained.body["holds"][1]["order_id"] == first);
    CHECK(explained.body["movements"].size() == 1);
    CHECK(explained.body["alert"].is_null());
    CHECK(explained.header("ETag").starts_with("\"" + std::to_string(explained.body["version"].get<int>()) + "-"));
}

TEST_CASE("a low-stock alert opens once, and resolves when there is more again") {
    Shop shop;
    const auto id = shop.product({.sku = "MUG", .on_hand = 6, .threshold = 5});
    CHECK(shop.get("/admin/alerts", shop.viewer()).body["data"].empty());
    const auto first = order_id(shop.order({{id, 1}}));
    REQUIRE(shop.order({{id, 1}}).status == 201);

    const auto open = shop.get("/admin/alerts?status=open", shop.viewer()).body["data"];
    REQUIRE(open.size() == 1);
    CHECK(open[0]["product_id"] == id);
    CHECK(open[0]["sku"] == "MUG");
    CHECK(open[0]["level"] == 5);
    CHECK(open[0]["available"] == 4);
    CHECK(open[0]["low_stock_threshold"] == 5);
    CHECK(open[0]["status"] == "open");
    CHECK(open[0]["resolved_at"].is_null());
    CHECK(shop.get(inventory(id), shop.viewer()).body["alert"]["id"] == open[0]["id"]);
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened"});

    REQUIRE(cancel(shop, first).status == 200);  // 5 are available: still low
    CHECK(shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].size() == 1);
    REQUIRE(shop.put(inventory(id), {{"adjust", 20}, {"reason", "received"}}, shop.staff()).status == 200);
    CHECK(shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].empty());
    CHECK(shop.get("/admin/alerts?status=resolved", shop.viewer()).body["data"].size() == 1);
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened", "alert.resolved"});

    REQUIRE(shop.put(inventory(id), {{"quantity", 2}}, shop.staff()).status == 200);
    CHECK(shop.get("/admin/alerts", shop.viewer()).body["data"].size() == 2);
    CHECK(alert_events(shop).size() == 3);
}

TEST_CASE("S11: carts that come and go at the threshold make one alert, until the product is restocked") {
    Shop shop;
    const auto id = shop.product({.on_hand = 6, .threshold = 5});
    const auto of = [&](const std::string& status) {
        return shop.get("/admin/alerts?status=" + status, shop.viewer()).body["data"].size();
    };
    const auto low = [&] { return shop.get("/admin/stats", shop.viewer()).body["low_stock"]; };
    for (int cart = 0; cart < 4; ++cart) {
        const auto order = order_id(shop.order({{id, 2}}));
        CHECK(of("open") == 1);
        CHECK(low() == 1);
        shop.drain();
        if (cart % 2 == 0) {
            REQUIRE(cancel(shop, order).status == 200);
        } else {
            shop.advance(minutes(31));
            shop.drain();
        }
        CHECK(of("open") == 0);  // enough is there
        CHECK(low() == 0);
        CHECK(of("quiet") == 1);
        CHECK(shop.get(inventory(id), shop.viewer()).body["alert"].is_null());
    }
    shop.drain();
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened", "alert.notified"});
    CHECK(shop.get("/admin/alerts", shop.viewer()).body["data"].size() == 1);
    // What is lost, or renamed, adds nothing.
    REQUIRE(shop.put(inventory(id), {{"name", "Cup"}}, shop.staff()).status == 200);
    CHECK(of("quiet") == 1);

    REQUIRE(shop.put(inventory(id), {{"adjust", 10}, {"reason", "received"}}, shop.staff()).status == 200);
    CHECK(of("resolved") == 1);
    REQUIRE(shop.put(inventory(id), {{"quantity", 5}}, shop.staff()).status == 200);
    shop.drain();
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened", "alert.notified", "alert.resolved",
                                                         "alert.opened", "alert.notified"});
    shop.check_invariants();
}

TEST_CASE("S11: an alert that staff dismiss is resolved, and the next one opens at the threshold") {
    Shop shop;
    const auto id = shop.product({.on_hand = 6, .threshold = 5});
    REQUIRE(shop.order({{id, 1}}).status == 201);
    shop.drain();
    const auto open = shop.get("/admin/alerts?status=open", shop.viewer()).body["data"];
    REQUIRE(open.size() == 1);
    const auto path = "/admin/alerts/" + std::to_string(open[0]["id"].get<std::int64_t>()) + "/dismiss";
    CHECK(shop.post(path, Json::object(), shop.viewer()).status == 403);
    CHECK(shop.post("/admin/alerts/99/dismiss", Json::object(), shop.staff()).status == 404);
    const auto dismissed = shop.post(path, Json::object(), shop.staff());
    INFO(dismissed.text);
    REQUIRE(dismissed.status == 200);
    CHECK(dismissed.body["status"] == "resolved");
    CHECK(shop.post(path, Json::object(), shop.staff()).code() == "alert_resolved");
    REQUIRE(shop.order({{id, 1}}).status == 201);
    CHECK(shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].empty());
    shop.check_invariants();
}

TEST_CASE("an alert follows its product's threshold, and goes when the product leaves the shop window") {
    Shop shop;
    const auto id = shop.product({.on_hand = 6});
    const auto open = [&] { return shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].size(); };
    CHECK(open() == 0);
    shop.put(inventory(id), {{"low_stock_threshold", 6}}, shop.staff());
    CHECK(open() == 1);
    shop.put(inventory(id), {{"low_stock_threshold", 5}}, shop.staff());
    CHECK(open() == 0);
    shop.put(inventory(id), {{"low_stock_threshold", 10}}, shop.staff());
    CHECK(open() == 1);
    shop.put(inventory(id), {{"status", "archived"}}, shop.staff());
    CHECK(open() == 0);
    shop.put(inventory(id), {{"status", "active"}}, shop.staff());
    CHECK(open() == 1);
    shop.put(inventory(id), {{"low_stock_threshold", nullptr}}, shop.staff());
    CHECK(open() == 0);
}

TEST_CASE("an alert is told of once, and not at all where it was resolved before") {
    Shop shop;
    const auto id = shop.product({.on_hand = 6, .threshold = 5});
    REQUIRE(shop.order({{id, 1}}).status == 201);
    CHECK(shop.drain() >= 1);
    CHECK(shop.drain() == 0);
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened", "alert.notified"});

    const auto other = shop.product({.sku = "POT", .on_hand = 6, .threshold = 5});
    REQUIRE(shop.order({{other, 1}}).status == 201);
    REQUIRE(shop.put(inventory(other), {{"quantity", 60}}, shop.staff()).status == 200);
    shop.drain();
    CHECK(alert_events(shop) ==
          std::vector<std::string>{"alert.opened", "alert.notified", "alert.opened", "alert.resolved"});
}

TEST_CASE("what is shipped leaves the house, and what comes back is on the shelf again") {
    Shop shop;
    const ProductId id{shop.product({.on_hand = 10, .threshold = 6})};
    const OrderId order{order_id(shop.order({{number(id), 5}}))};
    const auto now = shop.clock().now();
    shop.store().writer().run([&](storage::Transaction& tx) { catalog::ship(tx, id, 4, order, Actor::system(), now); });
    auto product = shop.get(inventory(number(id)), shop.viewer()).body;
    CHECK(product["on_hand"] == 6);
    CHECK(product["reserved"] == 1);
    CHECK(product["available"] == 5);  // shipping takes from both: what can be sold stays
    CHECK(product["movements"][0]["delta"] == -4);
    CHECK(product["movements"][0]["reason"] == "sold");
    CHECK(product["movements"][0]["order_id"] == number(order));
    CHECK(product["alert"].is_object());

    shop.store().writer().run(
        [&](storage::Transaction& tx) { catalog::take_back(tx, id, 3, order, Actor::system(), "unopened", now); });
    product = shop.get(inventory(number(id)), shop.viewer()).body;
    CHECK(product["on_hand"] == 9);
    CHECK(product["available"] == 8);
    CHECK(product["movements"][0]["delta"] == 3);
    CHECK(product["movements"][0]["reason"] == "returned");
    CHECK(product["movements"][0]["note"] == "unopened");
    CHECK(product["alert"].is_null());
    CHECK(alert_events(shop) == std::vector<std::string>{"alert.opened", "alert.resolved"});
}

TEST_CASE("no more is released or shipped than is held") {
    Shop shop;
    const ProductId id{shop.product({.on_hand = 10})};
    const OrderId order{order_id(shop.order({{number(id), 2}}))};
    const auto now = shop.clock().now();
    CHECK_THROWS_AS(shop.store().writer().run([&](storage::Transaction& tx) { catalog::release(tx, id, 3, now); }),
                    std::logic_error);
    CHECK_THROWS_AS(shop.store().writer().run(
                        [&](storage::Transaction& tx) { catalog::ship(tx, id, 3, order, Actor::system(), now); }),
                    std::logic_error);
    CHECK(shop.get(inventory(number(id)), shop.viewer()).body["reserved"] == 2);
    shop.check_invariants();
}

TEST_CASE("customers read the stock that the last acknowledged order left") {
    Shop shop;
    const auto id = shop.product({.on_hand = 10});
    const auto path = "/products/" + std::to_string(id);
    const auto list_tag = shop.get("/products").header("ETag");
    CHECK_FALSE(list_tag.empty());
    CHECK(shop.get("/products", {}, {{"If-None-Match", list_tag}}).status == 304);
    for (int left = 9; left >= 5; --left) {
        REQUIRE(shop.order({{id, 1}}).status == 201);
        CHECK(shop.get(path).body["available"] == left);
        CHECK(shop.get("/products").body["data"][0]["available"] == left);
    }
    CHECK(shop.get("/products", {}, {{"If-None-Match", list_tag}}).status == 200);
}

TEST_CASE("readers never see stock go astray while orders come in", "[concurrency]") {
    Shop shop;
    const auto id = shop.product({.on_hand = 40});
    const auto path = "/products/" + std::to_string(id);
    const auto replies = shop.at_once(8, [&](int i) {
        Reply last;
        for (int n = 0; n < 5; ++n) {
            last = i % 2 == 0 ? shop.order({{id, 1}}) : shop.get(path);
            if (i % 2 != 0 && (last.body["available"] < 20 || last.body["available"] > 40)) {
                return Reply{};
            }
        }
        return last;
    });
    CHECK(count(replies, 201) == 4);
    CHECK(count(replies, 200) == 4);
    CHECK(shop.get(path).body["available"] == 20);
    shop.check_invariants();
}

// Stock policies: counted, not counted, sold beyond the stock. And what goes with them: how many one order may have, and
// products that no list shows.

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string on_sale(std::int64_t id) { return "/products/" + std::to_string(id); }

Json seen(Shop& shop, std::int64_t id) { return shop.get(on_sale(id)).body; }

Reply change(Shop& shop, std::int64_t id, const Json& body) { return shop.put(inventory(id), body, shop.staff()); }

/// A product that is sold beyond its stock.
std::int64_t beyond(Shop& shop, Quantity on_hand, Quantity limit) {
    const auto id = shop.product({.on_hand = on_hand});
    const auto reply =
        change(shop, id, {{"stock_policy", "beyond"}, {"beyond_limit", limit}, {"expected_on", "2026-02-03"}});
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    return id;
}

std::int64_t uncounted(Shop& shop) {
    const auto id = shop.product({.on_hand = 0});
    REQUIRE(change(shop, id, {{"stock_policy", "uncounted"}}).status == 200);
    return id;
}

Reply quote_of(Shop& shop, const Json& items) {
    return shop.post("/orders/quote", {{"customer", {{"shipping_address", {{"country", "DE"}}}}}, {"items", items}});
}

std::vector<std::string> skus(const Reply& list) {
    std::vector<std::string> found;
    for (const auto& row : list.body.at("data")) {
        found.push_back(row.at("sku").get<std::string>());
    }
    return found;
}

}  // namespace

TEST_CASE("a product sold beyond its stock is ordered until the limit, and no further") {
    Shop shop;
    const auto id = beyond(shop, 2, 3);
    CHECK(seen(shop, id)["available"] == 2);
    CHECK(seen(shop, id)["orderable"] == 5);
    CHECK(seen(shop, id)["expected_on"] == "2026-02-03");
    CHECK_FALSE(seen(shop, id).contains("beyond_limit"));

    const auto order = shop.order({{id, 4}});
    REQUIRE(order.status == 201);
    CHECK(order.body["items"][0]["awaited"] == 2);
    CHECK(order.body["items"][0]["expected_on"] == "2026-02-03");
    CHECK(seen(shop, id)["available"] == 0);
    CHECK(seen(shop, id)["orderable"] == 1);
    const auto stock = shop.get(inventory(id), shop.viewer()).body;
    CHECK(stock["on_hand"] == 2);
    CHECK(stock["reserved"] == 4);
    CHECK(stock["available"] == -2);
    CHECK(stock["orderable"] == 1);
    CHECK(stock["holds"][0]["awaited"] == 2);

    const auto refused = shop.order({{id, 2}});
    CHECK(refused.status == 409);
    CHECK(refused.code() == "insufficient_stock");
    CHECK(refused.body["items"][0]["available"] == 1);
    CHECK(shop.order({{id, 1}}).body["items"][0]["awaited"] == 1);
    CHECK(seen(shop, id)["orderable"] == 0);
    shop.check_invariants();
}

TEST_CASE("a quote says what would be awaited, and takes nothing") {
    Shop shop;
    const auto id = beyond(shop, 1, 5);
    const auto quote = quote_of(shop, Json::array({Json{{"product_id", id}, {"quantity", 3}}}));
    INFO(quote.text);
    REQUIRE(quote.status == 200);
    CHECK(quote.body["items"][0]["awaited"] == 2);
    CHECK(quote.body["items"][0]["expected_on"] == "2026-02-03");
    const auto in_stock = quote_of(shop, Json::array({Json{{"product_id", id}, {"quantity", 1}}}));
    CHECK(in_stock.body["items"][0]["awaited"] == 0);
    CHECK(in_stock.body["items"][0]["expected_on"].is_null());
    CHECK(seen(shop, id)["orderable"] == 6);
}

TEST_CASE("many customers at once get what there is and what may be sold beyond it, and no more", "[concurrency]") {
    Shop shop;
    const auto id = beyond(shop, 3, 4);
    const auto replies = shop.at_once(16, [&](int) { return shop.order({{id, 1}}); });
    CHECK(count(replies, 201) == 7);
    CHECK(count(replies, 409) == 9);
    Quantity awaited = 0;
    for (const auto& reply : replies) {
        awaited += reply.status == 201 ? reply.body["items"][0]["awaited"].get<Quantity>() : 0;
    }
    CHECK(awaited == 4);
    CHECK(shop.get(inventory(id), shop.viewer()).body["reserved"] == 7);
    shop.check_invariants();
}

TEST_CASE("what open orders hold bounds the limit, the policy and the stock") {
    const Json body = GENERATE(values<Json>({
        Json{{"beyond_limit", 2}},
        Json{{"stock_policy", "counted"}},
        Json{{"stock_policy", "uncounted"}},
        Json{{"quantity", 1}},
        Json{{"adjust", -1}, {"reason", "damaged"}},
        Json{{"price", 1}, {"beyond_limit", 0}},
        Json{{"beyond_limit", 3}, {"quantity", 1}},
    }));
    Shop shop;
    const auto id = beyond(shop, 2, 3);
    REQUIRE(shop.order({{id, 5}}).status == 201);
    const auto before = shop.get(inventory(id), shop.viewer()).body;
    const auto refused = change(shop, id, body);
    INFO(body.dump() << ' ' << refused.text);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "below_reserved");
    CHECK(refused.body["reserved"] == 5);
    CHECK(refused.body["on_hand"] == 2);
    CHECK(shop.get(inventory(id), shop.viewer()).body == before);
    shop.check_invariants();
}

TEST_CASE("a change may bring what lets it change") {
    struct Case {
        Json body;
        Quantity on_hand;
    };
    const auto [body, on_hand] = GENERATE(values<Case>({
        {{{"stock_policy", "counted"}, {"quantity", 5}}, 5},
        {{{"beyond_limit", 0}, {"adjust", 3}, {"reason", "received"}}, 5},
        {{{"beyond_limit", 4}, {"quantity", 1}}, 1},
        {{{"beyond_limit", 3}, {"quantity", 2}}, 2},
    }));
    Shop shop;
    const auto id = beyond(shop, 2, 3);
    REQUIRE(shop.order({{id, 5}}).status == 201);
    const auto version = shop.get(inventory(id), shop.viewer()).body["version"].get<int>();
    const auto changed = change(shop, id, body);
    INFO(body.dump() << ' ' << changed.text);
    REQUIRE(changed.status == 200);
    CHECK(changed.body["on_hand"] == on_hand);
    const bool differs = body != Json{{"beyond_limit", 3}, {"quantity", 2}};
    CHECK(changed.body["version"] == version + (differs ? 1 : 0));  // one change, one version
    shop.check_invariants();
}

TEST_CASE("what goes with a policy goes when another one is set") {
    Shop shop;
    const auto id = beyond(shop, 2, 3);
    REQUIRE(change(shop, id, {{"low_stock_threshold", 1}}).status == 200);
    const auto counted = change(shop, id, {{"stock_policy", "counted"}});
    REQUIRE(counted.status == 200);
    CHECK(counted.body["beyond_limit"] == 0);
    CHECK(counted.body["expected_on"].is_null());
    CHECK(counted.body["low_stock_threshold"] == 1);
    CHECK(change(shop, id, {{"beyond_limit", 3}}).status == 422);
    CHECK(change(shop, id, {{"expected_on", "2026-02-03"}}).status == 422);
    const auto uncounted = change(shop, id, {{"stock_policy", "uncounted"}});
    CHECK(uncounted.body["low_stock_threshold"].is_null());
    CHECK(change(shop, id, {{"low_stock_threshold", 1}}).status == 422);
}

TEST_CASE("stock that is not counted is neither kept nor short") {
    Shop shop;
    const auto id = shop.product({.on_hand = 4, .threshold = 5});
    REQUIRE(shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].size() == 1);
    const auto changed = change(shop, id, {{"stock_policy", "uncounted"}});
    INFO(changed.text);
    REQUIRE(changed.status == 200);
    CHECK(changed.body["on_hand"] == 0);
    CHECK(changed.body["available"].is_null());
    CHECK(changed.body["orderable"].is_null());
    CHECK(shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].empty());
    const auto movement = shop.get(inventory(id) + "/movements", shop.viewer()).body["data"][0];
    CHECK(movement["delta"] == -4);
    CHECK(movement["reason"] == "corrected");
    CHECK(seen(shop, id)["available"].is_null());
    CHECK(seen(shop, id)["orderable"].is_null());

    for (const Json& body : {Json{{"quantity", 5}}, Json{{"adjust", 1}, {"reason", "received"}}}) {
        const auto refused = change(shop, id, body);
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == (body.contains("adjust") ? "/adjust" : "/quantity"));
        CHECK(refused.text.find("not counted") != std::string::npos);
    }
    const auto added =
        shop.post("/products",
                  {{"sku", "PDF"}, {"name", "A file"}, {"price", 900}, {"stock_policy", "uncounted"}, {"quantity", 3}},
                  shop.staff());
    CHECK(added.status == 422);
    CHECK(added.body["errors"][0]["pointer"] == "/quantity");

    const auto order = shop.order({{id, 1000}});
    REQUIRE(order.status == 201);
    CHECK(order.body["items"][0]["awaited"] == 0);
    CHECK(stock(shop, id)["reserved"] == 0);
    CHECK(shop.remove(on_sale(id), shop.staff()).body["status"] == "archived");  // it was ordered
    shop.check_invariants();
}

TEST_CASE("a line of what is not counted is shipped and comes back without stock") {
    Shop shop;
    const auto id = uncounted(shop);
    const auto order = paid(shop, {{id, 3}});
    labelled(shop, order);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    CHECK(order_status(shop, order.id) == "shipped");
    // It is counted now; what was ordered before takes no stock from it, and gives it none.
    REQUIRE(change(shop, id, {{"stock_policy", "counted"}, {"quantity", 7}}).status == 200);
    const auto back =
        shop.post(order.path("/returns"), {{"items", {{{"item_id", order.items[0]}, {"quantity", 2}}}}}, shop.staff());
    INFO(back.text);
    REQUIRE(back.status == 201);
    CHECK(stock(shop, id)["on_hand"] == 7);
    CHECK(stock(shop, id)["movements"].size() == 1);
    shop.check_invariants();
}

TEST_CASE("an open line of what was not counted holds no stock once it is") {
    Shop shop;
    const auto id = uncounted(shop);
    const auto order = shop.order({{id, 3}});
    REQUIRE(order.status == 201);
    REQUIRE(change(shop, id, {{"stock_policy", "counted"}, {"quantity", 2}}).status == 200);
    CHECK(stock(shop, id)["reserved"] == 0);
    CHECK(stock(shop, id)["holds"].empty());
    REQUIRE(shop.order({{id, 2}}).status == 201);
    REQUIRE(shop.post("/orders/" + order.body["id"].dump() + "/cancel", Json::object(), shop.staff()).status == 200);
    CHECK(stock(shop, id)["reserved"] == 2);
    CHECK(stock(shop, id)["holds"].size() == 1);
    shop.check_invariants();
}

TEST_CASE("what comes back of a product that is not counted any more is not kept") {
    Shop shop;
    const auto id = shop.product({.on_hand = 5});
    const auto order = paid(shop, {{id, 2}});
    labelled(shop, order);
    REQUIRE(shop.put(order.path("/fulfillment"), {{"status", "shipped"}}, shop.staff()).status == 200);
    REQUIRE(change(shop, id, {{"stock_policy", "uncounted"}}).status == 200);
    const auto back =
        shop.post(order.path("/returns"), {{"items", {{{"item_id", order.items[0]}, {"quantity", 2}}}}}, shop.staff());
    INFO(back.text);
    REQUIRE(back.status == 201);
    CHECK(stock(shop, id)["on_hand"] == 0);
    shop.check_invariants();
}

TEST_CASE("an undone import has the stock back that its policy took") {
    Shop shop;
    const auto id = uncounted(shop);
    const std::string csv = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nmug,Tea mug,MUG,9,12.50\n";
    const auto imported = shop.send("POST", "/admin/inventory/import", csv, "text/csv", shop.staff());
    INFO(imported.text);
    REQUIRE(imported.status == 201);
    CHECK(stock(shop, id)["name"] == "Tea mug");
    CHECK(stock(shop, id)["on_hand"] == 0);  // not counted, whatever the file says
    const auto undone =
        shop.post("/admin/inventory/imports/" + imported.body["id"].dump() + "/undo", Json::object(), shop.staff());
    INFO(undone.text);
    REQUIRE(undone.status == 200);
    CHECK(stock(shop, id)["name"] == "Mug");
    shop.check_invariants();
}

TEST_CASE("in lists, what is not counted is in stock, and what is sold beyond the stock is while there is some") {
    Shop shop;
    const auto id = beyond(shop, 1, 9);  // MUG
    shop.product({.sku = "POT", .on_hand = 0});
    const auto file = shop.product({.sku = "FILE", .on_hand = 0});
    REQUIRE(change(shop, file, {{"stock_policy", "uncounted"}}).status == 200);
    CHECK(skus(shop.get("/products?in_stock=true&sort=sku")) == std::vector<std::string>{"FILE", "MUG"});
    CHECK(skus(shop.get("/products?sort=available")) == std::vector<std::string>{"POT", "MUG", "FILE"});
    CHECK(skus(shop.get("/products?sort=-available")) == std::vector<std::string>{"FILE", "MUG", "POT"});
    REQUIRE(shop.order({{id, 3}}).status == 201);
    CHECK(skus(shop.get("/products?in_stock=true")) == std::vector<std::string>{"FILE"});
    CHECK(skus(shop.get("/products?in_stock=false&sort=sku")) == std::vector<std::string>{"MUG", "POT"});
    CHECK(skus(shop.get("/products?sort=available")) == std::vector<std::string>{"MUG", "POT", "FILE"});
    CHECK(skus(shop.get("/admin/inventory?low_stock=true", shop.viewer())).empty());
}

TEST_CASE("stock is low by what is available, also below 0") {
    Shop shop;
    const auto id = beyond(shop, 5, 9);
    REQUIRE(change(shop, id, {{"low_stock_threshold", 1}}).status == 200);
    REQUIRE(shop.order({{id, 7}}).status == 201);
    const auto alerts = shop.get("/admin/alerts?status=open", shop.viewer()).body["data"];
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0]["available"] == -2);
    REQUIRE(change(shop, id, {{"adjust", 4}, {"reason", "received"}}).status == 200);
    CHECK(shop.get("/admin/alerts?status=open", shop.viewer()).body["data"].empty());
}

TEST_CASE("one order has as many of a product as it may, also by two lines") {
    Shop shop;
    const auto id = shop.product({.on_hand = 50});
    REQUIRE(change(shop, id, {{"most_per_order", 3}}).status == 200);
    CHECK(seen(shop, id)["most_per_order"] == 3);
    const auto lines = GENERATE(values<std::vector<Quantity>>({{4}, {2, 2}, {3, 1}}));
    auto items = Json::array();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        items.push_back(i == 0 ? Json{{"product_id", id}, {"quantity", lines[i]}}
                               : Json{{"sku", "mug"}, {"quantity", lines[i]}});
    }
    auto body = Shop::order_body({});
    body["items"] = items;
    for (const auto& refused : {shop.post("/orders", body), quote_of(shop, items)}) {
        INFO(refused.text);
        CHECK(refused.status == 422);
        REQUIRE(refused.body["errors"].size() == 1);
        CHECK(refused.body["errors"][0]["pointer"] == "/items/" + std::to_string(lines.size() - 1) + "/quantity");
        CHECK(refused.body["errors"][0]["detail"] == "4 is not allowed; it is 1 to 3, of MUG in one order");
    }
    CHECK(shop.order({{id, 3}}).status == 201);
    CHECK(shop.order({{id, 3}}).status == 201);  // another order
}

TEST_CASE("a hidden product is in no list that customers see, and is sold to whoever knows it") {
    Shop shop;
    const auto id = shop.product({.sku = "SECRET", .name = "Secret mug", .on_hand = 5});
    shop.product({.sku = "POT"});
    REQUIRE(change(shop, id, {{"status", "hidden"}}).status == 200);
    CHECK(skus(shop.get("/products")) == std::vector<std::string>{"POT"});
    CHECK(shop.get("/products?q=secret").body["data"].empty());
    CHECK(shop.get(on_sale(id)).body["status"] == "hidden");
    CHECK(skus(shop.get("/admin/inventory?status=hidden", shop.viewer())) == std::vector<std::string>{"SECRET"});
    CHECK(skus(shop.get("/admin/inventory?status=active", shop.viewer())) == std::vector<std::string>{"POT"});
    CHECK(shop.get("/admin/inventory?q=secret", shop.viewer()).body["data"].size() == 1);
    CHECK(shop.order({{id, 1}}).status == 201);
    auto by_sku = Shop::order_body({});
    by_sku["items"] = Json::array({Json{{"sku", "secret"}, {"quantity", 1}}});
    CHECK(shop.post("/orders", by_sku).status == 201);
    shop.check_invariants();
}

TEST_CASE("what is mostly held counts what is sold beyond the stock") {
    Shop shop;
    const auto id = beyond(shop, 2, 8);
    REQUIRE(shop.order({{id, 5}}).status == 201);
    CHECK(shop.get("/admin/orders/large-holds", shop.viewer()).body["data"].empty());
    REQUIRE(change(shop, id, {{"beyond_limit", 7}}).status == 200);
    const auto holds = shop.get("/admin/orders/large-holds", shop.viewer()).body["data"];
    REQUIRE(holds.size() == 1);
    CHECK(holds[0]["quantity"] == 5);
    CHECK(holds[0]["on_hand"] == 2);
    CHECK(holds[0]["beyond_limit"] == 7);
}

// What customers and staff do with products, over HTTP.

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "support/shop.h"

using namespace orderd;
using tests::Reply;
using tests::Shop;

namespace {

Json mug() {
    return {{"sku", "MUG"},   {"name", "Mug"},  {"description", "Holds tea.\nAnd coffee."},
            {"price", 1250},  {"quantity", 40}, {"low_stock_threshold", 5},
            {"weight_g", 350}};
}

Json with(Json body, const std::string& name, Json value) {
    body[name] = std::move(value);
    return body;
}

std::vector<std::string> pointers(const Reply& reply) {
    std::vector<std::string> found;
    for (const auto& error : reply.body.value("errors", Json::array())) {
        found.push_back(error["pointer"].get<std::string>());
    }
    return found;
}

/// The kinds of the events so far, without those of the making of the shop.
std::vector<std::string> events(Shop& shop) {
    auto kinds = shop.events();
    std::erase_if(kinds,
                  [](const std::string& kind) { return kind.starts_with("shop.") || kind.starts_with("admin."); });
    return kinds;
}

std::string at(const char* base, std::int64_t id) { return std::string(base) + "/" + std::to_string(id); }

}  // namespace

TEST_CASE("staff add a product, and customers see what is available of it") {
    Shop shop;
    const std::string path = GENERATE("/products", "/admin/inventory");
    const auto added = shop.post(path, mug(), shop.staff());
    REQUIRE(added.status == 201);
    const auto id = added.body["id"].get<std::int64_t>();
    CHECK(added.header("Location") == path + "/" + std::to_string(id));
    CHECK(added.header("ETag") == "\"1\"");
    CHECK(added.body["sku"] == "MUG");
    CHECK(added.body["currency"] == "EUR");
    CHECK(added.body["on_hand"] == 40);
    CHECK(added.body["reserved"] == 0);
    CHECK(added.body["available"] == 40);
    CHECK(added.body["low_stock_threshold"] == 5);
    CHECK(added.body["status"] == "active");
    CHECK(added.body["weight_g"] == 350);
    CHECK(added.body["version"] == 1);
    CHECK(added.body["created_at"] == "2026-01-01T00:00:00.000Z");

    const auto shown = shop.get(at("/products", id));
    REQUIRE(shown.status == 200);
    CHECK(shown.header("ETag") == "\"1\"");
    CHECK(shown.body["available"] == 40);
    CHECK(shown.body["description"] == "Holds tea.\nAnd coffee.");
    CHECK_FALSE(shown.body.contains("on_hand"));
    CHECK_FALSE(shown.body.contains("reserved"));
    CHECK_FALSE(shown.body.contains("low_stock_threshold"));
    CHECK(shop.get(at("/products", id), {}, {{"If-None-Match", "\"1\""}}).status == 304);

    CHECK(shop.get(at("/products", id), shop.viewer()).body["on_hand"] == 40);
    CHECK(shop.get("/products").body["data"].size() == 1);
    CHECK_FALSE(shop.get("/products").body["data"][0].contains("on_hand"));
    CHECK(events(shop) == std::vector<std::string>{"product.created"});
    shop.check_invariants();
}

TEST_CASE("only name, SKU and price are needed of a product") {
    Shop shop;
    const auto added = shop.post("/products", {{"sku", "  POT "}, {"name", " Pot\u00a0"}, {"price", 0}}, shop.staff());
    REQUIRE(added.status == 201);
    CHECK(added.body["sku"] == "POT");
    CHECK(added.body["name"] == "Pot");
    CHECK(added.body["description"] == "");
    CHECK(added.body["on_hand"] == 0);
    CHECK(added.body["low_stock_threshold"].is_null());
    CHECK(shop.get("/products").body["data"].size() == 1);
    shop.check_invariants();
}

TEST_CASE("a product that is not in order is refused with every fault named, and not added") {
    struct Case {
        Json body;
        std::vector<std::string> faults;
    };
    const auto row = GENERATE(values<Case>({
        {Json::object(), {"/name", "/price", "/sku"}},
        {with(mug(), "colour", "blue"), {"/colour"}},
        {with(mug(), "price", -1), {"/price"}},
        {with(mug(), "price", 12.5), {"/price"}},
        {with(mug(), "price", "1250"), {"/price"}},
        {with(mug(), "price", 100'000'000'001), {"/price"}},
        {with(mug(), "quantity", -1), {"/quantity"}},
        {with(mug(), "quantity", 1'000'000'001), {"/quantity"}},
        {with(mug(), "low_stock_threshold", -1), {"/low_stock_threshold"}},
        {with(mug(), "weight_g", -1), {"/weight_g"}},
        {with(mug(), "sku", ""), {"/sku"}},
        {with(mug(), "sku", "   "), {"/sku"}},
        {with(mug(), "sku", std::string(101, 'x')), {"/sku"}},
        {with(mug(), "name", "a\u0007b"), {"/name"}},
        {with(mug(), "name", "two\nlines"), {"/name"}},
        {with(mug(), "description", std::string(20'001, 'x')), {"/description"}},
        {with(mug(), "currency", "USD"), {"/currency"}},
        {with(mug(), "currency", "Euro"), {"/currency"}},
        {with(with(mug(), "price", -1), "quantity", -1), {"/price", "/quantity"}},
    }));
    Shop shop;
    const auto refused = shop.post("/products", row.body, shop.staff());
    INFO(row.body.dump() << " " << refused.text);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "validation_failed");
    auto found = pointers(refused);
    std::sort(found.begin(), found.end());
    CHECK(found == row.faults);
    CHECK(shop.get("/admin/inventory", shop.viewer()).body["data"].empty());
    CHECK(events(shop).empty());
}

TEST_CASE("the shop's own currency may be named, no other") {
    Shop shop;
    CHECK(shop.post("/products", with(mug(), "currency", "EUR"), shop.staff()).status == 201);
    const auto id = shop.get("/products").body["data"][0]["id"].get<std::int64_t>();
    CHECK(shop.put(at("/products", id), {{"currency", "USD"}}, shop.staff()).status == 422);
}

TEST_CASE("a SKU belongs to one product, whatever its case") {
    Shop shop;
    const auto first = shop.product({.sku = "MUG"});
    const auto second = shop.product({.sku = "POT"});
    const auto refused = shop.post("/products", with(mug(), "sku", "mug"), shop.staff());
    CHECK(refused.status == 409);
    CHECK(refused.code() == "sku_taken");
    CHECK(refused.body["product_id"] == first);
    CHECK(shop.put(at("/products", second), {{"sku", "Mug"}}, shop.staff()).code() == "sku_taken");
    CHECK(shop.put(at("/products", first), {{"sku", "Mug"}}, shop.staff()).status == 200);
}

TEST_CASE("a product added twice with one idempotency key is added once") {
    Shop shop;
    const tests::Headers key{{"Idempotency-Key", "add-a-mug"}};
    const auto first = shop.post("/products", mug(), shop.staff(), key);
    const auto again = shop.post("/products", mug(), shop.staff(), key);
    CHECK(first.status == 201);
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
    CHECK(shop.post("/products", with(mug(), "price", 1), shop.staff(), key).status == 422);
    CHECK(shop.get("/products").body["data"].size() == 1);
}

TEST_CASE("changing products is for staff") {
    Shop shop;
    const auto id = shop.product({});
    const std::string base = GENERATE("/products", "/admin/inventory");
    const auto before = shop.events();
    CHECK(shop.post(base, mug()).status == 401);
    CHECK(shop.post(base, mug(), shop.viewer()).status == 403);
    CHECK(shop.put(at(base.c_str(), id), {{"price", 1}}).status == 401);
    CHECK(shop.put(at(base.c_str(), id), {{"price", 1}}, shop.viewer()).status == 403);
    CHECK(shop.remove(at(base.c_str(), id)).status == 401);
    CHECK(shop.remove(at(base.c_str(), id), shop.viewer()).status == 403);
    CHECK(shop.events() == before);
    CHECK(shop.get("/admin/inventory").status == 401);
    CHECK(shop.get(at("/admin/inventory", id)).status == 401);
    CHECK(shop.get(at("/admin/inventory", id) + "/movements").status == 401);
    CHECK(shop.get("/admin/alerts").status == 401);
    CHECK(shop.get("/admin/inventory/imports").status == 401);
    CHECK(shop.get("/admin/inventory/export").status == 401);
}

TEST_CASE("a change of a product's fields grows its version by one, and says what it was before") {
    Shop shop;
    const auto id = shop.product({.price = 1250});
    const auto changed =
        shop.put(at("/products", id), {{"price", 1300}, {"name", "Big mug"}, {"low_stock_threshold", 3}}, shop.staff());
    REQUIRE(changed.status == 200);
    CHECK(changed.body["version"] == 2);
    CHECK(changed.header("ETag") == "\"2\"");
    CHECK(changed.body["price"] == 1300);
    CHECK(shop.get(at("/products", id)).body["name"] == "Big mug");
    CHECK(events(shop) == std::vector<std::string>{"product.created", "product.updated"});
    const auto body =
        shop.store().read().value<std::string>("SELECT body FROM event ORDER BY sequence DESC LIMIT 1").value();
    CHECK(Json::parse(body)["before"]["price"] == 1250);
    CHECK(Json::parse(body)["after"]["price"] == 1300);
    const auto audited =
        shop.store().read().value<std::string>("SELECT after FROM audit_entry WHERE action = 'product.update'").value();
    CHECK(Json::parse(audited)["name"] == "Big mug");

    const auto cleared = shop.put(at("/products", id), {{"low_stock_threshold", nullptr}}, shop.staff());
    CHECK(cleared.body["low_stock_threshold"].is_null());
    CHECK(cleared.body["version"] == 3);
}

TEST_CASE("a change to what a product already is changes nothing") {
    Shop shop;
    const auto id = shop.product({.price = 1250, .on_hand = 10});
    const auto before = shop.events();
    const auto same = shop.put(at("/products", id), {{"price", 1250}, {"quantity", 10}}, shop.staff());
    CHECK(same.status == 200);
    CHECK(same.body["version"] == 1);
    CHECK(shop.events() == before);
}

TEST_CASE("a change of a product's fields and stock at once grows its version by one") {
    Shop shop;
    const auto id = shop.product({.on_hand = 5});
    const auto change = [&](const Json& body) { return shop.put(at("/products", id), body, shop.staff()); };
    const auto both = change({{"name", "Pot"}, {"adjust", -2}, {"reason", "damaged"}});
    REQUIRE(both.status == 200);
    CHECK(both.body["version"] == 2);
    CHECK(both.body["on_hand"] == 3);
    CHECK(events(shop) == std::vector<std::string>{"product.created", "product.updated", "stock.adjusted"});
    CHECK(change({{"name", "Jug"}, {"quantity", 3}}).body["version"] == 3);  // as many as there are
    CHECK(change({{"name", "Jug"}, {"quantity", 9}}).body["version"] == 4);  // the name that it has
    CHECK(change({{"name", "Urn"}, {"adjust", 0}, {"reason", "adjusted"}}).status == 422);
    CHECK(shop.get(at("/products", id)).body["name"] == "Jug");
    shop.check_invariants();
}

TEST_CASE("a change of an older version of a product is refused") {
    Shop shop;
    const auto id = shop.product({});
    const std::string path = at("/admin/inventory", id);
    CHECK(shop.put(path, {{"price", 1300}}, shop.staff(), {{"If-Match", "\"1\""}}).status == 200);
    const auto stale = shop.put(path, {{"price", 1400}}, shop.staff(), {{"If-Match", "\"1\""}});
    CHECK(stale.status == 412);
    CHECK(stale.code() == "stale_version");
    CHECK(stale.body["version"] == 2);
    CHECK(shop.remove(path, shop.staff(), {{"If-Match", "\"1\""}}).status == 412);
    CHECK(shop.get(path, shop.viewer()).body["price"] == 1300);
    CHECK(shop.put(path, {{"quantity", 5}}, shop.staff(), {{"If-Match", "\"2\""}}).status == 200);
}

TEST_CASE("products that are not there are not found") {
    Shop shop;
    const std::string path = GENERATE("/products/99", "/products/0", "/products/mug", "/products/-1",
                                      "/products/99999999999999999999", "/admin/inventory/99");
    CHECK(shop.get(path, shop.staff()).status == 404);
    CHECK(shop.put(path, {{"price", 1}}, shop.staff()).status == 404);
    CHECK(shop.remove(path, shop.staff()).status == 404);
    CHECK(shop.get("/admin/inventory/99/movements", shop.viewer()).status == 404);
}

TEST_CASE("a product that was never ordered is deleted, with its movements") {
    Shop shop;
    const auto id = shop.product({.on_hand = 3, .threshold = 5});
    CHECK(shop.remove(at("/products", id), shop.staff()).status == 204);
    CHECK(shop.get(at("/products", id)).status == 404);
    CHECK(shop.get(at("/admin/inventory", id), shop.viewer()).status == 404);
    CHECK(shop.get("/products").body["data"].empty());
    CHECK(shop.get("/admin/alerts", shop.viewer()).body["data"].empty());
    CHECK(events(shop) ==
          std::vector<std::string>{"product.created", "alert.opened", "alert.resolved", "product.deleted"});
    CHECK(shop.product({}) > id);  // its id is never given again
    shop.check_invariants();
}

TEST_CASE("a product that was ordered is archived, and its order goes on") {
    Shop shop;
    const auto id = shop.product({.on_hand = 3});
    const auto order = shop.order({{id, 2}});
    REQUIRE(order.status == 201);
    const auto archived = shop.remove(at("/products", id), shop.staff());
    REQUIRE(archived.status == 200);
    CHECK(archived.body["status"] == "archived");
    CHECK(archived.body["reserved"] == 2);
    CHECK(shop.get(at("/products", id)).status == 404);
    CHECK(shop.get(at("/products", id), shop.viewer()).body["status"] == "archived");
    CHECK(shop.get("/products").body["data"].empty());
    CHECK(shop.get("/admin/inventory", shop.viewer()).body["data"].size() == 1);
    CHECK(shop.get("/admin/inventory?status=active", shop.viewer()).body["data"].empty());
    CHECK(shop.get("/admin/inventory?status=archived", shop.viewer()).body["data"].size() == 1);

    const auto refused = shop.order({{id, 1}});
    CHECK(refused.status == 422);
    CHECK(refused.code() == "unknown_product");

    const auto again = shop.remove(at("/products", id), shop.staff());  // nothing more to do
    CHECK(again.status == 200);
    CHECK(again.body["version"] == archived.body["version"]);
    shop.check_invariants();

    CHECK(shop.put(at("/products", id), {{"status", "active"}}, shop.staff()).status == 200);
    CHECK(shop.get(at("/products", id)).status == 200);
    CHECK(shop.order({{id, 1}}).status == 201);
    shop.check_invariants();
}

TEST_CASE("unknown and archived products of an order are named all at once, and lines of one product are merged") {
    Shop shop;
    const auto mug_id = shop.product({.sku = "MUG", .on_hand = 10});
    auto body = Shop::order_body({{mug_id, 1}, {999, 1}, {mug_id, 2}});
    body["items"].push_back({{"sku", "NO-SUCH"}, {"quantity", 1}});
    const auto refused = shop.post("/orders", body);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "unknown_product");
    CHECK(pointers(refused) == std::vector<std::string>{"/items/1", "/items/3"});

    body = Shop::order_body({{mug_id, 1}, {mug_id, 2}});
    body["items"].push_back({{"sku", "mug"}, {"quantity", 3}});
    const auto merged = shop.post("/orders", body);
    REQUIRE(merged.status == 201);
    REQUIRE(merged.body["items"].size() == 1);
    CHECK(merged.body["items"][0]["quantity"] == 6);
    CHECK(shop.get(at("/products", mug_id)).body["available"] == 4);
}

TEST_CASE("S6: a SKU belongs to one product, whatever its case, width, composition and unseen characters") {
    Shop shop;
    const auto id = shop.product({.sku = "É1 ﬁ", .on_hand = 5});
    const auto same = GENERATE(as<std::string>(), "é1 FI", "E\u03011 fi", "É１ fi", "É\u200B1\u00AD fi", "\uFEFFÉ1 fi",
                               "É1  fi", "É1\u00A0fi", "É1\u3000fi\u3000");
    INFO(same);
    const auto body = Json{{"sku", same}, {"name", "Other"}, {"price", 1}};
    const auto refused = shop.post("/products", body, shop.staff());
    CHECK(refused.status == 409);
    CHECK(refused.code() == "sku_taken");
    CHECK(refused.body["product_id"] == id);
    CHECK(refused.text.find("É1 ﬁ") != std::string::npos);  // what it is equal to
    const auto other = shop.product({.sku = "E1 fi"});      // an accent makes another SKU
    CHECK(shop.put("/products/" + std::to_string(other), {{"sku", same}}, shop.staff()).status == 409);
    CHECK(shop.put("/products/" + std::to_string(id), {{"sku", same}}, shop.staff()).status == 200);  // its own

    auto order = Shop::order_body({{id, 1}});
    order["items"] = Json::array({{{"sku", "é1 fi"}, {"quantity", 2}}});
    const auto placed = shop.post("/orders", order);
    INFO(placed.text);
    REQUIRE(placed.status == 201);
    CHECK(placed.body["items"][0]["product_id"] == id);
    shop.check_invariants();
}

TEST_CASE("S6: a SKU has something in it that can be seen, and look-alikes of other scripts are others") {
    Shop shop;
    for (const auto* unseen : {"\u200B", "\u200B\u2060", "\u00AD", "\u3000"}) {
        const auto refused = shop.post("/products", {{"sku", unseen}, {"name", "Mug"}, {"price", 1}}, shop.staff());
        CHECK(refused.status == 422);
        CHECK(refused.code() == "validation_failed");
        CHECK(refused.text.find("has nothing in it that can be seen") != std::string::npos);
    }
    shop.product({.sku = "A-1"});       // Latin
    shop.product({.sku = "\u0410-1"});  // Cyrillic
}

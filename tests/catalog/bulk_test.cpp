// Many products changed at once: a preview, the change in one transaction, and its undo.

#include "catalog/bulk.h"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/budgets.h"
#include "support/shop.h"

using namespace orderd;
using tests::Reply;
using tests::Shop;

namespace {

Reply bulk(Shop& shop, const Json& body, const std::string& token = {}) {
    return shop.post("/admin/inventory/bulk", body, token.empty() ? shop.staff() : token);
}

Reply undo_bulk(Shop& shop, const Json& id) {
    return shop.post("/admin/inventory/bulk/" + id.dump() + "/undo", nullptr, shop.staff());
}

Json product_by_id(Shop& shop, std::int64_t id) {
    return shop.get("/admin/inventory/" + std::to_string(id), shop.viewer()).body;
}

}  // namespace

TEST_CASE("a percentage is rounded half up to the shop's price step") {
    struct Case {
        std::int64_t price;
        std::int64_t ppm;
        std::int64_t step;
        std::int64_t expected;
    };
    const auto example = GENERATE(values<Case>({
        {1000, 100'000, 1, 1100},
        {1000, -100'000, 1, 900},
        {999, -100'000, 1, 899},    // 899.1
        {1005, -500'000, 1, 503},   // 502.5
        {1999, 25'000, 1, 2049},    // 2048.975
        {1230, 100'000, 10, 1350},  // 1353
        {1234, 0, 10, 1230},
        {1, -990'000, 1, 1},  // a price above 0 stays above it
        {0, 100'000, 1, 0},
        {100'000'000'000, 10'000'000, 1, 1'100'000'000'000},
    }));
    CHECK(catalog::changed_price(Money{example.price}, example.ppm, Money{example.step}) == Money{example.expected});
}

TEST_CASE("a bulk edit is shown, done and undone") {
    Shop shop;
    const auto cup = shop.product({.sku = "CUP", .name = "Cup", .price = 1250, .threshold = 3});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .price = 4000});
    REQUIRE(shop.put("/products/" + std::to_string(pot), {{"compare_at_price", 4200}}, shop.staff()).status == 200);
    REQUIRE(shop.post("/admin/collections", {{"name", "Gifts"}}, shop.staff()).status == 201);
    const auto before = std::pair{product_by_id(shop, cup), product_by_id(shop, pot)};
    const Json edit{{"ids", {cup, pot}},      {"price_change_ppm", 100'000}, {"low_stock_threshold", 5},
                    {"tax_class", "reduced"}, {"status", "hidden"},          {"add_to_collection", 1}};
    auto shown = edit;
    shown["dry_run"] = true;
    const auto events = shop.events();
    const auto preview = bulk(shop, shown);
    REQUIRE(preview.status == 200);
    CHECK(preview.body["id"].is_null());
    CHECK(preview.body["updated"] == 2);
    CHECK(shop.events() == events);
    const auto& row = preview.body["rows"][0];
    CHECK(row["product_id"] == cup);
    CHECK(row["sku"] == "CUP");
    CHECK(row["changes"]["price"] == Json{{"from", 1250}, {"to", 1375}});
    CHECK(row["changes"]["low_stock_threshold"] == Json{{"from", 3}, {"to", 5}});
    CHECK(row["changes"]["collections"] == Json{{"from", Json::array()}, {"to", {"Gifts"}}});
    CHECK(preview.body["rows"][1]["notes"] ==
          Json{"its compare-at price 42.00 EUR is not above its new price: it goes"});

    const auto done = bulk(shop, edit);
    REQUIRE(done.status == 201);
    CHECK(done.body["rows"] == preview.body["rows"]);
    CHECK(done.header("Location") == "/admin/inventory/imports/" + done.body["id"].dump());
    CHECK(product_by_id(shop, cup)["price"] == 1375);
    CHECK(product_by_id(shop, pot)["price"] == 4400);
    CHECK(product_by_id(shop, pot)["compare_at_price"].is_null());
    CHECK(product_by_id(shop, pot)["collections"].size() == 1);
    const auto list = shop.get("/admin/inventory/imports", shop.viewer()).body["data"];
    CHECK(list[0]["kind"] == "bulk_edit");
    CHECK(list[0]["updated"] == 2);
    shop.check_invariants();

    // An order does not stand in the way of a price.
    REQUIRE(shop.order({{cup, 2}}).status == 201);
    REQUIRE(undo_bulk(shop, done.body["id"]).status == 200);
    for (const auto& [id, was] : {std::pair{cup, before.first}, std::pair{pot, before.second}}) {
        const auto now = product_by_id(shop, id);
        for (const auto* name :
             {"price", "compare_at_price", "low_stock_threshold", "tax_class", "status", "collections"}) {
            INFO(name);
            CHECK(now[name] == was[name]);
        }
    }
    CHECK(undo_bulk(shop, done.body["id"]).code() == "already_undone");
    shop.check_invariants();
}

TEST_CASE("a bulk edit is not undone where what it changed was changed since") {
    Shop shop;
    const auto cup = shop.product({.sku = "CUP", .price = 1250});
    const auto pot = shop.product({.sku = "POT", .price = 4000});
    const auto done = bulk(shop, {{"ids", {cup, pot}}, {"price", 3000}}).body;
    REQUIRE(shop.put("/products/" + std::to_string(cup), {{"name", "Other"}, {"quantity", 3}}, shop.staff()).status ==
            200);
    const auto how = GENERATE(0, 1, 2);
    if (how == 0) {
        REQUIRE(shop.put("/products/" + std::to_string(pot), {{"price", 3001}}, shop.staff()).status == 200);
    } else if (how == 1) {
        REQUIRE(shop.remove("/products/" + std::to_string(pot), shop.staff()).status == 204);
    } else {
        REQUIRE(undo_bulk(shop, done["id"]).status == 200);  // a name and a stock are others' concern
        CHECK(product_by_id(shop, cup)["price"] == 1250);
        CHECK(product_by_id(shop, cup)["name"] == "Other");
        return;
    }
    const auto refused = undo_bulk(shop, done["id"]);
    CHECK(refused.code() == "import_in_use");
    REQUIRE(refused.body["products"].size() == 1);
    CHECK(refused.body["products"][0]["sku"] == "POT");
    CHECK(product_by_id(shop, cup)["price"] == 3000);
    shop.check_invariants();
}

TEST_CASE("a bulk edit changes all that a filter finds, and no other") {
    Shop shop;
    const auto cup = shop.product({.sku = "CUP", .name = "Blue cup", .price = 1250});
    const auto pot = shop.product({.sku = "POT", .name = "Blue pot", .price = 4000});
    const auto pan = shop.product({.sku = "PAN", .name = "Pan", .price = 4000});
    const auto done = bulk(shop, {{"filter", {{"q", "blue"}, {"max_price", 2000}}}, {"status", "archived"}});
    REQUIRE(done.status == 201);
    CHECK(done.body["updated"] == 1);
    CHECK(product_by_id(shop, cup)["status"] == "archived");
    CHECK(product_by_id(shop, pot)["status"] == "active");
    const auto all = bulk(shop, {{"filter", Json::object()}, {"price_change_ppm", -500'000}});
    CHECK(all.body["updated"] == 3);
    CHECK(product_by_id(shop, pan)["price"] == 2000);
    const auto nothing = bulk(shop, {{"filter", {{"q", "none"}}}, {"status", "archived"}});
    CHECK(nothing.status == 200);
    CHECK(nothing.body["id"].is_null());
    shop.check_invariants();
}

TEST_CASE("a product that cannot be changed so is skipped, and says why") {
    Shop shop;
    const auto cup = shop.product({.sku = "CUP", .price = 1250});
    const auto gift =
        shop.post("/products", {{"sku", "G"}, {"name", "Gift card"}, {"price", 5000}, {"stock_policy", "uncounted"}},
                  shop.staff())
            .body["id"]
            .get<std::int64_t>();
    const auto done = bulk(shop, {{"ids", {cup, gift, cup}}, {"low_stock_threshold", 4}});
    REQUIRE(done.status == 201);
    CHECK(done.body["updated"] == 1);
    CHECK(done.body["faulty"] == 1);
    CHECK(done.body["rows"][1]["reason"] == "its low_stock_threshold needs stock that is counted");
    const auto again = bulk(shop, {{"ids", {cup}}, {"low_stock_threshold", 4}});
    CHECK(again.status == 200);
    CHECK(again.body["rows"][0]["reason"] == "it would change nothing");
    CHECK(again.body["rows"][0]["faulty"] == false);
}

TEST_CASE("what a bulk edit cannot be is refused whole") {
    Shop shop;
    const auto cup = shop.product({.sku = "CUP", .price = 1250});
    const auto code = [&](const Json& body) { return bulk(shop, body).code(); };
    CHECK(code({{"price", 1}}) == "validation_failed");
    CHECK(code({{"ids", {cup}}, {"filter", Json::object()}, {"price", 1}}) == "validation_failed");
    CHECK(code({{"ids", {cup}}}) == "validation_failed");
    CHECK(code({{"ids", {cup}}, {"price", 1}, {"price_change_ppm", 1}}) == "validation_failed");
    CHECK(code({{"ids", {cup, 77}}, {"price", 1}}) == "validation_failed");
    CHECK(code({{"ids", {cup}}, {"add_to_collection", 5}}) == "validation_failed");
    CHECK(code({{"ids", Json::array()}, {"price", 1}}) == "validation_failed");
    CHECK(code({{"ids", {cup}}, {"price_change_ppm", -1'000'000}}) == "validation_failed");
    CHECK(bulk(shop, {{"ids", {cup}}, {"price", 1}}, shop.viewer()).status == 403);
    CHECK(product_by_id(shop, cup)["price"] == 1250);
    const auto file = shop.send("POST", "/admin/inventory/import", "SKU,Quantity\nCUP,3\n", "text/csv", shop.staff());
    CHECK(undo_bulk(shop, file.body["id"]).status == 404);  // an import of a file has its own
}

TEST_CASE("a bulk edit names so many products, and its filter finds so many", "[large]") {
    Shop shop;
    auto ids = Json::array();
    for (std::size_t i = 0; i <= budget::kBulkIds; ++i) {
        ids.push_back(i + 1);
    }
    CHECK(bulk(shop, {{"ids", ids}, {"price", 1}}).code() == "validation_failed");
    std::string file = "SKU,Title,Price,Quantity\n";
    for (std::int64_t i = 0; i <= budget::kBulkProducts; ++i) {
        file += "S" + std::to_string(i) + ",T,1,1\n";
    }
    REQUIRE(shop.send("POST", "/admin/inventory/import", file, "text/csv", shop.staff()).status == 201);
    const auto refused = bulk(shop, {{"filter", Json::object()}, {"price", 200}, {"dry_run", true}});
    CHECK(refused.code() == "too_many_products");
    CHECK(refused.body["most"] == budget::kBulkProducts);
    ids.erase(ids.size() - 1);
    const auto most = bulk(shop, {{"ids", ids}, {"price", 200}});
    CHECK(most.status == 201);
    CHECK(most.body["updated"] == budget::kBulkIds);
    REQUIRE(shop.remove("/products/1", shop.staff()).status == 204);
    const auto all = bulk(shop, {{"filter", Json::object()}, {"price", 300}});
    CHECK(all.body["updated"] == budget::kBulkProducts);
    CHECK(all.body["rows"].size() == budget::kBulkRowsShown);
    CHECK(all.body["rows_left_out"] == budget::kBulkProducts - static_cast<std::int64_t>(budget::kBulkRowsShown));
    REQUIRE(undo_bulk(shop, all.body["id"]).status == 200);
    shop.check_invariants();
}

TEST_CASE("prices on which cards are charged stay on their step in a bulk edit") {
    Shop shop([](app::Config& config) { config.currency = "KWD"; });
    const auto cup = shop.product({.sku = "CUP", .price = 1230});
    REQUIRE(shop.get("/payment-methods").status == 200);
    const auto done = bulk(shop, {{"ids", {cup}}, {"price_change_ppm", 100'000}});
    INFO(done.text);
    REQUIRE(done.status == 201);
    CHECK(product_by_id(shop, cup)["price"].get<std::int64_t>() % 10 == 0);
    CHECK(bulk(shop, {{"ids", {cup}}, {"price", 1235}}).code() == "price_off_step");
}

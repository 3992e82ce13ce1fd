// Collections over HTTP: made, ordered, filled, and what customers find by them.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

std::vector<std::string> names_on(const Json& page) {
    std::vector<std::string> all;
    for (const auto& row : page["data"]) {
        all.push_back(row["name"].get<std::string>());
    }
    return all;
}

using ListedNames = std::vector<std::string>;

}  // namespace

TEST_CASE("collections are made, renamed, ordered and deleted") {
    Shop shop;
    const auto gifts = shop.post("/admin/collections", {{"name", " Gifts & more "}}, shop.staff());
    REQUIRE(gifts.status == 201);
    CHECK(gifts.body["name"] == "Gifts & more");
    CHECK(gifts.body["handle"] == "gifts-more");
    CHECK(gifts.header("Location") == "/admin/collections/1");
    CHECK(shop.events().back() == "collection.created");
    for (const auto* name : {"Cups", "Tea"}) {
        REQUIRE(shop.post("/admin/collections", {{"name", name}}, shop.staff()).status == 201);
    }
    CHECK(names_on(shop.get("/collections").body) == ListedNames{"Gifts & more", "Cups", "Tea"});
    const auto tea = shop.get("/admin/collections/3", shop.viewer());
    const auto moved =
        shop.put("/admin/collections/3", {{"position", 1}}, shop.staff(), {{"If-Match", tea.header("ETag")}});
    REQUIRE(moved.status == 200);
    CHECK(names_on(shop.get("/collections").body) == ListedNames{"Tea", "Gifts & more", "Cups"});
    CHECK(
        shop.put("/admin/collections/3", {{"name", "Teas"}}, shop.staff(), {{"If-Match", tea.header("ETag")}}).code() ==
        "stale_version");
    CHECK(shop.put("/admin/collections/3", {{"name", "Teas"}, {"handle", "tea-time"}}, shop.staff()).body["handle"] ==
          "tea-time");
    CHECK(shop.remove("/admin/collections/2", shop.staff()).status == 204);
    CHECK(shop.events().back() == "collection.deleted");
    const auto page = shop.get("/collections?limit=1").body;
    CHECK(names_on(page) == ListedNames{"Teas"});
    CHECK(names_on(shop.get("/collections?limit=1&cursor=" + page["next_cursor"].get<std::string>()).body) ==
          ListedNames{"Gifts & more"});
    CHECK(shop.get("/admin/collections/2", shop.viewer()).status == 404);
    shop.check_invariants();
}

TEST_CASE("two collections have neither the same name nor the same handle") {
    Shop shop;
    REQUIRE(shop.post("/admin/collections", {{"name", "Café"}}, shop.staff()).status == 201);
    const auto same = shop.post("/admin/collections", {{"name", "CAFÉ"}}, shop.staff());
    CHECK(same.code() == "collection_taken");
    CHECK(same.body["collection_id"] == 1);
    CHECK(same.body["errors"][0]["pointer"] == "/name");
    CHECK(shop.post("/admin/collections", {{"name", "Bar"}, {"handle", "cafe"}}, shop.staff()).code() ==
          "collection_taken");
    CHECK(shop.post("/admin/collections", {{"name", "Cafe"}}, shop.staff()).body["handle"] == "cafe-2");
    for (const Json& body :
         {Json{{"name", " "}}, Json{{"name", "A"}, {"handle", "Not This"}}, Json{{"name", "A"}, {"x", 1}}}) {
        CHECK(shop.post("/admin/collections", body, shop.staff()).code() == "validation_failed");
    }
    CHECK(shop.post("/admin/collections", {{"name", "A"}}, shop.viewer()).status == 403);
    CHECK(shop.post("/admin/collections", {{"name", "A"}}).status == 401);
    CHECK(shop.get("/admin/collections").status == 401);
}

TEST_CASE("a shop has so many collections", "[large]") {
    Shop shop;
    for (std::int64_t i = 0; i < budget::kCollections; ++i) {
        REQUIRE(shop.post("/admin/collections", {{"name", "C" + std::to_string(i)}}, shop.staff()).status == 201);
    }
    const auto refused = shop.post("/admin/collections", {{"name", "One more"}}, shop.staff());
    CHECK(refused.code() == "too_many_collections");
    CHECK(refused.body["most"] == budget::kCollections);
}

TEST_CASE("products are put in collections and taken out, and found by them") {
    Shop shop;
    const auto cup = shop.product({.sku = "CUP", .name = "Cup"});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .price = 9000});
    const auto old = shop.product({.sku = "OLD", .name = "Old"});
    REQUIRE(shop.put("/products/" + std::to_string(old), {{"status", "archived"}}, shop.staff()).status == 200);
    for (const auto* name : {"Gifts", "Clay"}) {
        REQUIRE(shop.post("/admin/collections", {{"name", name}}, shop.staff()).status == 201);
    }
    const auto filled = shop.post("/admin/collections/1/products", {{"add", {cup, pot, old}}}, shop.staff());
    REQUIRE(filled.status == 200);
    CHECK(filled.body["products"] == 3);
    CHECK(shop.events().back() == "collection.products_changed");
    REQUIRE(shop.post("/admin/collections/2/products", {{"add", {cup}}}, shop.staff()).status == 200);

    CHECK(names_on(shop.get("/products?collection=gifts").body) == ListedNames{"Pot", "Cup"});
    CHECK(names_on(shop.get("/products?collection=1&sort=price").body) == ListedNames{"Cup", "Pot"});
    CHECK(names_on(shop.get("/products?collection=gifts&q=cup").body) == ListedNames{"Cup"});
    CHECK(names_on(shop.get("/products?collection=none").body).empty());
    CHECK(names_on(shop.get("/admin/inventory?collection=1", shop.viewer()).body) == ListedNames{"Old", "Pot", "Cup"});
    const auto first = shop.get("/products?collection=gifts&limit=1").body;
    CHECK(names_on(
              shop.get("/products?collection=gifts&limit=1&cursor=" + first["next_cursor"].get<std::string>()).body) ==
          ListedNames{"Cup"});
    const auto explained = shop.get("/admin/inventory/" + std::to_string(cup), shop.viewer()).body;
    CHECK(explained["collections"] ==
          Json{{{"id", 1}, {"handle", "gifts"}, {"name", "Gifts"}}, {{"id", 2}, {"handle", "clay"}, {"name", "Clay"}}});

    const auto events = shop.events().size();
    CHECK(shop.post("/admin/collections/1/products", {{"add", {cup}}}, shop.staff()).status == 200);
    CHECK(shop.events().size() == events);  // it is there already
    CHECK(shop.post("/admin/collections/1/products", {{"remove", {cup}}}, shop.staff()).body["products"] == 2);
    CHECK(names_on(shop.get("/products?collection=gifts").body) == ListedNames{"Pot"});
    const auto unknown = shop.post("/admin/collections/1/products", {{"add", {cup, 999}}}, shop.staff());
    CHECK(unknown.status == 422);
    CHECK(unknown.body["errors"][0]["pointer"] == "/add/1");
    CHECK(names_on(shop.get("/products?collection=gifts").body) == ListedNames{"Pot"});
    CHECK(shop.post("/admin/collections/9/products", {{"add", {cup}}}, shop.staff()).status == 404);

    REQUIRE(shop.remove("/products/" + std::to_string(pot), shop.staff()).status == 204);
    CHECK(shop.get("/admin/collections/1", shop.viewer()).body["products"] == 1);
    shop.check_invariants();
}

TEST_CASE("one request moves so many products") {
    Shop shop;
    REQUIRE(shop.post("/admin/collections", {{"name", "Gifts"}}, shop.staff()).status == 201);
    auto ids = Json::array();
    for (std::size_t i = 0; i <= budget::kCollectionMoves; ++i) {
        ids.push_back(i + 1);
    }
    CHECK(shop.post("/admin/collections/1/products", {{"remove", ids}}, shop.staff()).status == 422);
    ids.erase(ids.size() - 1);
    CHECK(shop.post("/admin/collections/1/products", {{"remove", ids}}, shop.staff()).status == 200);
}

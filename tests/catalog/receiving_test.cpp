#include "catalog/receiving.h"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t begin(Shop& shop, const std::string& reference = "LS-4711") {
    const auto begun = shop.post("/admin/inventory/deliveries", {{"reference", reference}}, shop.staff());
    INFO(begun.text);
    REQUIRE(begun.status == 201);
    return begun.body["id"].get<std::int64_t>();
}

std::string delivery(std::int64_t id, const std::string& rest = "") {
    return "/admin/inventory/deliveries/" + std::to_string(id) + rest;
}

Reply receive(Shop& shop, std::int64_t id, const Json& line) {
    return shop.post(delivery(id, "/lines"), line, shop.staff());
}

Reply undo(Shop& shop, std::int64_t id) {
    return shop.post("/admin/inventory/imports/" + std::to_string(id) + "/undo", Json::object(), shop.staff());
}

Json stock_of(Shop& shop, std::int64_t product) { return shop.get(inventory(product), shop.viewer()).body; }

}  // namespace

TEST_CASE("a delivery is booked in line by line, and taken back as a whole") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 1});
    const auto pot = shop.product({.sku = "POT", .on_hand = 0});
    REQUIRE(shop.put(inventory(pot), {{"barcode", "036000291452"}}, shop.staff()).status == 200);
    const auto id = begin(shop);

    CHECK(receive(shop, id, {{"code", "mug"}, {"units", 12}}).status == 201);
    CHECK(stock_of(shop, mug)["on_hand"] == 13);
    // A scanner reads a UPC with or without the 0 before it.
    CHECK(receive(shop, id, {{"code", "0036000291452"}, {"units", 4}}).status == 201);
    CHECK(receive(shop, id, {{"product_id", pot}, {"units", -1}}).status == 201);
    const auto now = receive(shop, id, {{"code", "036000291452"}, {"units", 2}});
    REQUIRE(now.body["lines"].size() == 2);
    CHECK(now.body["lines"][0]["sku"] == "POT");
    CHECK(now.body["lines"][0]["units"] == 5);
    CHECK(now.body["lines"][0]["on_hand"] == 5);
    const auto moved = shop.get(inventory(pot) + "/movements", shop.viewer()).body["data"];
    CHECK(moved[0]["reason"] == "received");
    CHECK(moved[0]["note"] == "LS-4711");
    CHECK(moved[1]["reason"] == "corrected");
    CHECK(shop.get("/admin/inventory/imports", shop.viewer()).body["data"][0]["kind"] == "delivery");
    CHECK(shop.get("/admin/inventory/imports", shop.viewer()).body["data"][0]["updated"] == 2);

    // What was sold meanwhile stays sold.
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    const auto undone = undo(shop, id);
    INFO(undone.text);
    REQUIRE(undone.status == 200);
    CHECK(stock_of(shop, mug)["on_hand"] == 1);
    CHECK(stock_of(shop, mug)["reserved"] == 1);
    CHECK(stock_of(shop, pot)["on_hand"] == 0);
    CHECK(undo(shop, id).code() == "already_undone");
    CHECK(receive(shop, id, {{"code", "MUG"}, {"units", 1}}).code() == "already_undone");
    shop.check_invariants();
}

TEST_CASE("a delivery whose units are promised is not taken back, and a line says what is wrong with it") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 0});
    const auto id = begin(shop);
    REQUIRE(receive(shop, id, {{"code", "MUG"}, {"units", 2}}).status == 201);
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    const auto refused = undo(shop, id);
    CHECK(refused.code() == "import_in_use");
    CHECK(refused.body["products"][0]["sku"] == "MUG");
    CHECK(stock_of(shop, mug)["on_hand"] == 2);

    CHECK(receive(shop, id, {{"code", "NOTHING"}, {"units", 1}}).code() == "unknown_code");
    CHECK(receive(shop, id, {{"code", "MUG"}, {"units", -3}}).status == 422);
    CHECK(receive(shop, id, {{"code", "MUG"}, {"units", 0}}).status == 422);
    CHECK(receive(shop, id, {{"code", "MUG"}, {"product_id", mug}, {"units", 1}}).status == 422);
    CHECK(receive(shop, id, {{"units", 1}}).status == 422);
    CHECK(receive(shop, 4711, {{"code", "MUG"}, {"units", 1}}).status == 404);
    REQUIRE(
        shop.put(inventory(shop.product({.sku = "GIFT", .on_hand = 0})), {{"stock_policy", "uncounted"}}, shop.staff())
            .status == 200);
    CHECK(receive(shop, id, {{"code", "GIFT"}, {"units", 1}}).status == 422);
    const auto other = shop.product({.sku = "CUP", .on_hand = 0});
    for (const auto product : {mug, other}) {
        REQUIRE(shop.put(inventory(product), {{"barcode", "4006381333931"}}, shop.staff()).status == 200);
    }
    const auto several = receive(shop, id, {{"code", "4006381333931"}, {"units", 1}});
    CHECK(several.code() == "code_of_several");
    CHECK(several.body["products"].size() == 2);
    const auto found = shop.get("/admin/inventory/coded?code=4006381333931", shop.viewer());
    CHECK(found.body["data"].size() == 2);
    CHECK(shop.put(delivery(id), {{"reference", "LS-4712"}}, shop.staff()).body["reference"] == "LS-4712");
    CHECK(shop.get(delivery(id), shop.viewer()).body["reference"] == "LS-4712");
    shop.check_invariants();
}

TEST_CASE("shelves are counted: differences are shown, then booked in one change, and undone") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 10});
    const auto pot = shop.product({.sku = "POT", .on_hand = 4});
    const auto cup = shop.product({.sku = "CUP", .on_hand = 7});
    const auto row = [](std::int64_t product, Quantity counted, Quantity seen) {
        return Json{{"product_id", product}, {"counted", counted}, {"seen", seen}};
    };
    const auto count = [&](const Json& rows, bool dry_run = false) {
        return shop.post("/admin/inventory/counts", {{"products", rows}, {"dry_run", dry_run}}, shop.staff());
    };
    const auto rows = Json::array({row(mug, 8, 10), row(pot, 4, 4), row(cup, 9, 7)});

    const auto shown = count(rows, true);
    CHECK(shown.status == 200);
    CHECK(shown.body["rows"][0]["difference"] == -2);
    CHECK(shown.body["rows"][1]["difference"] == 0);
    CHECK(stock_of(shop, mug)["on_hand"] == 10);

    // One is sold while they are counted: nothing is booked.
    const auto order = shop.order({{cup, 1}});
    REQUIRE(order.status == 201);
    REQUIRE(shop.put(inventory(cup), {{"adjust", -1}, {"reason", "damaged"}}, shop.staff()).status == 200);
    const auto refused = count(rows);
    CHECK(refused.code() == "stock_moved");
    CHECK(refused.body["products"] ==
          Json::array({{{"product_id", cup}, {"sku", "CUP"}, {"on_hand", 6}, {"counted", 9}}}));
    CHECK(count(rows, true).body["rows"][2]["moved"] == true);
    CHECK(stock_of(shop, mug)["on_hand"] == 10);

    const auto booked = count(Json::array({row(mug, 8, 10), row(pot, 4, 4), row(cup, 9, 6)}));
    INFO(booked.text);
    REQUIRE(booked.status == 201);
    CHECK(stock_of(shop, mug)["on_hand"] == 8);
    CHECK(stock_of(shop, cup)["on_hand"] == 9);
    const auto moved = shop.get(inventory(mug) + "/movements", shop.viewer()).body["data"];
    CHECK(moved[0]["reason"] == "corrected");
    CHECK(moved[0]["delta"] == -2);
    CHECK(shop.get(inventory(pot) + "/movements", shop.viewer()).body["data"].size() == 1);

    CHECK(count(Json::array({row(mug, 8, 8)})).status == 200);  // as it should be
    CHECK(count(Json::array({row(cup, 0, 9)})).code() == "below_reserved");
    CHECK(count(Json::array({row(mug, 8, 8), row(mug, 8, 8)})).status == 422);
    CHECK(count(Json::array({row(4711, 1, 0)})).status == 422);
    REQUIRE(undo(shop, booked.body["id"].get<std::int64_t>()).status == 200);
    CHECK(stock_of(shop, mug)["on_hand"] == 10);
    CHECK(stock_of(shop, cup)["on_hand"] == 6);
    shop.check_invariants();
}

TEST_CASE("a delivery and a count have as many products as they may, and not one more", "[large]") {
    Shop shop;
    std::string file = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n";
    for (std::size_t i = 0; i <= catalog::kMostReceived; ++i) {
        file += fmt::format("p{0},Product {0},P-{0},3,1.00\n", i);
    }
    REQUIRE(shop.send("POST", "/admin/inventory/import", file, "text/csv", shop.staff()).status == 201);
    const auto id = begin(shop);
    for (std::size_t i = 0; i < catalog::kMostReceived; ++i) {
        REQUIRE(receive(shop, id, {{"product_id", i + 1}, {"units", 1}}).status == 201);
    }
    const auto one_more = receive(shop, id, {{"product_id", catalog::kMostReceived + 1}, {"units", 1}});
    CHECK(one_more.status == 422);
    CHECK(one_more.body["errors"][0]["pointer"] == "/product_id");
    CHECK(receive(shop, id, {{"product_id", 1}, {"units", 1}}).status == 201);
    CHECK(stock_of(shop, catalog::kMostReceived + 1)["on_hand"] == 3);

    auto products = Json::array();
    for (std::size_t i = 0; i < catalog::kMostCounted; ++i) {
        products.push_back({{"product_id", i + 1}, {"counted", 7}, {"seen", i == 0 ? 5 : 4}});
    }
    auto too_many = products;
    too_many.push_back({{"product_id", catalog::kMostCounted + 1}, {"counted", 7}, {"seen", 3}});
    const auto refused = shop.post("/admin/inventory/counts", {{"products", too_many}}, shop.staff());
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"][0]["pointer"] == "/products");
    CHECK(stock_of(shop, 1)["on_hand"] == 5);
    const auto booked = shop.post("/admin/inventory/counts", {{"products", products}}, shop.staff());
    INFO(booked.text.substr(0, 300));
    CHECK(booked.status / 100 == 2);
    CHECK(stock_of(shop, 1)["on_hand"] == 7);
    CHECK(stock_of(shop, catalog::kMostCounted)["on_hand"] == 7);
    shop.check_invariants();
}

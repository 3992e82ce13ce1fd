// What an import takes of a product's fields: only what the file has columns for, and what a shop can keep.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "catalog/importing.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;
using namespace tests::importing;

namespace {

using NotesBySku = std::map<std::string, std::vector<std::string>>;

NotesBySku notes_by_sku(const Json& report) {
    NotesBySku notes;
    for (const auto& row : report["rows"]) {
        if (row.contains("notes")) {
            notes[row["sku"].get<std::string>()] = row["notes"].get<std::vector<std::string>>();
        }
    }
    return notes;
}

}  // namespace

TEST_CASE("a file brings all fields of a product") {
    Shop shop;
    const auto report = import(
        shop,
        "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Beyond "
        "Limit,Expected On,Variant Price,Variant Compare At Price,Variant Barcode,HS Code,Country of Origin,Unit Price "
        "Total Measure,Unit Price Total Measure Unit,Shelf,Most Per Order,Low Stock Threshold,Tax Class,Status\n"
        "honey,Honey,H1,shopify,5,continue,20,2027-03-01,8.90,9.90,4006381333931,0409.00,de,0.5,kg,B2,6,3,reduced,hidden\n");
    check_counts(report, 1, 0, 0);
    CHECK(report.body["noted"] == 0);
    const auto honey = product(shop, "H1");
    CHECK(honey["price"] == 890);
    CHECK(honey["compare_at_price"] == 990);
    CHECK(honey["barcode"] == "4006381333931");
    CHECK(honey["customs_code"] == "040900");
    CHECK(honey["origin_country"] == "DE");
    CHECK(honey["content"] == Json{{"quantity", 500}, {"unit", "g"}});
    CHECK(honey["price_per"] == Json{{"price", 1780}, {"unit", "kg"}});
    CHECK(honey["shelf"] == "B2");
    CHECK(honey["stock_policy"] == "beyond");
    CHECK(honey["beyond_limit"] == 20);
    CHECK(honey["expected_on"] == "2027-03-01");
    CHECK(honey["most_per_order"] == 6);
    CHECK(honey["low_stock_threshold"] == 3);
    CHECK(honey["tax_class"] == "reduced");
    CHECK(honey["status"] == "hidden");
    CHECK(honey["on_hand"] == 5);
    shop.check_invariants();
}

TEST_CASE("a file of SKUs and quantities sets stock, and touches nothing else") {
    const auto file =
        GENERATE(as<std::string>(), "SKU,Quantity\r\nMUG,12\r\n", "Variant SKU;Variant Inventory Qty\nMUG;12\n",
                 "sku\tOn hand\nmug\t12\n", "sep=;\r\nSKU;Stock\r\nMUG;12\r\n");
    CAPTURE(file);
    Shop shop;
    shop.product({.sku = "MUG", .name = "Mug", .price = 1250, .on_hand = 40, .threshold = 5, .weight_g = 350});
    const auto before = product(shop, "MUG");
    const auto preview = import(shop, file, "?dry_run=true");
    REQUIRE(preview.status == 200);
    CHECK(preview.body["rows"][0]["name"] == "Mug");
    CHECK(preview.body["rows"][0]["changes"] == Json{{"on_hand", {{"from", 40}, {"to", 12}}}});
    check_counts(import(shop, file), 0, 1, 0);
    auto expected = before;
    const auto after = product(shop, "MUG");
    expected.update({{"on_hand", 12},
                     {"available", 12},
                     {"orderable", 12},
                     {"version", after["version"]},
                     {"updated_at", after["updated_at"]}});
    CHECK(after == expected);
    check_counts(import(shop, file), 0, 0, 1);
    shop.check_invariants();
}

TEST_CASE("a file of SKUs and quantities says which products it does not know") {
    Shop shop;
    const auto report = import(shop, "SKU,Quantity\nNEW,3\n");
    check_counts(report, 0, 0, 1);
    CHECK(report.body["rows"][0]["faulty"] == true);
    CHECK(report.body["rows"][0]["reason"] ==
          "there is no product with the SKU NEW, and the file does not say the Title of a new one");
    const auto priceless = import(shop, "SKU,Title\nNEW,New\n");
    CHECK(priceless.body["rows"][0]["reason"] ==
          "there is no product with the SKU NEW, and the file does not say the Variant Price of a new one");
    // With both, it needs no handle.
    check_counts(import(shop, "SKU,Title,Price,Quantity\nNEW,New,5,3\n"), 1, 0, 0);
    CHECK(product(shop, "NEW")["on_hand"] == 3);
}

TEST_CASE("fields whose columns are not there stay; an empty field removes what was there") {
    Shop shop;
    REQUIRE(shop.post("/products",
                      {{"sku", "A"},
                       {"name", "A"},
                       {"price", 500},
                       {"description", "As it was."},
                       {"barcode", "4006381333931"},
                       {"shelf", "B2"},
                       {"compare_at_price", 600},
                       {"most_per_order", 4},
                       {"weight_g", 10}},
                      shop.staff())
                .status == 201);
    check_counts(import(shop, "SKU,Price\nA,5.50\n"), 0, 1, 0);
    auto now = product(shop, "A");
    CHECK(now["price"] == 550);
    CHECK(now["description"] == "As it was.");
    CHECK(now["barcode"] == "4006381333931");
    CHECK(now["compare_at_price"] == 600);
    check_counts(import(shop, "SKU,Barcode,Shelf,Variant Compare At Price,Most Per Order,Variant Grams\nA,,,,,0\n"), 0,
                 1, 0);
    now = product(shop, "A");
    CHECK(now["barcode"] == "");
    CHECK(now["shelf"] == "");
    CHECK(now["compare_at_price"].is_null());
    CHECK(now["most_per_order"].is_null());
    CHECK(now["weight_g"] == 10);  // Shopify writes 0 where it knows none
    CHECK(now["price"] == 550);
}

TEST_CASE("what a product can be without is left out with a note, and the rest of the row is taken") {
    Shop shop;
    shop.product({.sku = "OLD", .name = "Old", .price = 1000});
    REQUIRE(shop.put("/products/1", {{"barcode", "4006381333931"}}, shop.staff()).status == 200);
    const auto report = import(shop,
                               "SKU,Title,Price,Quantity,Compare-at price,Barcode,HS Code,COO,Content\n"
                               "NEW,New,10,1,10,4006381333932,12,XY,500 bottles\n"
                               "OLD,Old,9,,8,123,,,\n");
    check_counts(report, 1, 1, 0);
    const auto notes = notes_by_sku(report.body);
    CHECK(
        notes.at("NEW") ==
        std::vector<std::string>{
            "its barcode 4006381333932 is no GTIN (8, 12, 13 or 14 digits, of which the last checks the others): not taken",
            "its customs code 12 does not have 6 to 13 digits: not taken",
            "its country of origin XY is no country's code, such as DE: not taken",
            "its content 500 bottles is not a measure such as 500 ml, 1 kg or 2 m: not taken",
            "its compare-at price 10.00 is not above its price 10.00: not taken"});
    CHECK(notes.at("OLD").size() == 2);
    CHECK(product(shop, "NEW")["compare_at_price"].is_null());
    CHECK(product(shop, "OLD")["barcode"] == "4006381333931");  // a slip of the keyboard takes nothing away
    CHECK(product(shop, "OLD")["price"] == 900);
}

TEST_CASE("a price that reaches the compare-at price ends the reduction") {
    Shop shop;
    REQUIRE(
        shop.post("/products", {{"sku", "A"}, {"name", "A"}, {"price", 500}, {"compare_at_price", 600}}, shop.staff())
            .status == 201);
    const auto report = import(shop, "SKU,Price\nA,6\n");
    check_counts(report, 0, 1, 0);
    CHECK(notes_by_sku(report.body).at("A") ==
          std::vector<std::string>{"its compare-at price 6.00 is not above its price 6.00: it goes"});
    CHECK(product(shop, "A")["compare_at_price"].is_null());
    const auto undone =
        shop.post("/admin/inventory/imports/" + report.body["id"].dump() + "/undo", nullptr, shop.staff());
    REQUIRE(undone.status == 200);
    CHECK(product(shop, "A")["compare_at_price"] == 600);
    CHECK(product(shop, "A")["price"] == 500);
}

TEST_CASE("a row with a value that cannot be is skipped, and the others are not") {
    struct Case {
        std::string columns;
        std::string values;
        std::string reason;
    };
    const auto example = GENERATE(values<Case>({
        {"Beyond Limit", "-1", "Beyond Limit -1 is below 0"},
        {"Expected On", "soon", "Expected On soon is not a day like 2026-12-31"},
        {"Most Per Order", "0", "its most_per_order 0 is not allowed; it is 1 to 10000"},
        {"Most Per Order", "many", "Most Per Order many is not a whole number"},
        {"Variant Compare At Price", "dear", "its compare-at price dear is not an amount like 12.50"},
        {"Shelf", std::string(51, 'x'), "its shelf has 51 characters; 0 to 50 are allowed"},
    }));
    Shop shop;
    const auto report =
        import(shop, "SKU,Title,Price,Quantity," + example.columns + "\nA,A,1,1," + example.values + "\nB,B,1,1,\n");
    check_counts(report, 1, 0, 1);
    CHECK(report.body["rows"][0]["reason"] == example.reason);
    CHECK(report.body["rows"][0]["faulty"] == true);
}

TEST_CASE("S2: stock policies of Shopify's file are those of the shop") {
    Shop shop;
    const std::string file =
        "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant "
        "Price\n"
        "a,Gift card,GC1,,7,deny,12.50\n"
        "b,Made to order,MTO,shopify,0,continue,12.50\n"
        "c,Usual,USU,shopify,3,deny,12.50\n";
    const auto report = import(shop, file);
    check_counts(report, 3, 0, 0);
    CHECK(notes_by_sku(report.body) ==
          NotesBySku{{"GC1", {"Shopify does not count its stock: its 7 are not taken"}},
                     {"MTO", {"Shopify sells it beyond its stock without a limit: its limit here is 1000000000"}}});
    CHECK(product(shop, "GC1")["stock_policy"] == "uncounted");
    CHECK(product(shop, "GC1")["on_hand"] == 0);
    CHECK(product(shop, "MTO")["stock_policy"] == "beyond");
    CHECK(product(shop, "MTO")["beyond_limit"] == 1'000'000'000);
    CHECK(product(shop, "USU")["stock_policy"] == "counted");
    check_counts(import(shop, file), 0, 0, 3);

    // How a product is sold belongs to the running shop, as its stock does.
    const auto made = product(shop, "MTO");
    REQUIRE(shop.put("/products/" + made["id"].dump(), {{"stock_policy", "counted"}, {"beyond_limit", 0}}, shop.staff())
                .status == 200);
    check_counts(import(shop, file), 0, 0, 3);
    CHECK(product(shop, "MTO")["stock_policy"] == "counted");
    shop.check_invariants();
}

TEST_CASE("S2: a product that is there stays counted, if Shopify does not count it") {
    Shop shop;
    shop.product({.sku = "GC1", .name = "Gift card", .price = 1250, .on_hand = 9});
    const auto report = import(
        shop,
        "Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price\na,Gift card,GC1,,0,13\n");
    check_counts(report, 0, 1, 0);
    CHECK(notes_by_sku(report.body).at("GC1") ==
          std::vector<std::string>{"Shopify does not count its stock: its stock stays as it is"});
    CHECK(product(shop, "GC1")["on_hand"] == 9);
    CHECK(product(shop, "GC1")["stock_policy"] == "counted");
}

TEST_CASE("a product that the shop does not count takes no quantity from a file") {
    Shop shop;
    REQUIRE(
        shop.post("/products", {{"sku", "U"}, {"name", "U"}, {"price", 1}, {"stock_policy", "uncounted"}}, shop.staff())
            .status == 201);
    const auto report = import(shop, "SKU,Quantity\nU,5\n");
    check_counts(report, 0, 0, 1);
    CHECK(report.body["rows"][0]["notes"][0] == "this shop does not count its stock: its 5 are not taken");
}

TEST_CASE("a file that counts stock says what was sold since, where that is known") {
    Shop shop;
    const auto id = shop.product({.sku = "MUG", .on_hand = 10});
    const auto sell = [&](Quantity quantity) {
        const auto order = shop.order({{id, quantity}}).body;
        REQUIRE(shop.post("/payments", {{"order_id", order["id"]}, {"method", {{"type", "cash_on_delivery"}}}},
                          order["access_token"].get<std::string>())
                    .status == 201);
        const auto path = "/orders/" + order["id"].dump() + "/fulfillment";
        REQUIRE(
            shop.put(path, {{"items", {{{"item_id", order["items"][0]["id"]}, {"quantity", quantity}}}}}, shop.staff())
                .status == 202);
        shop.drain();
        REQUIRE(shop.put(path, {{"status", "shipped"}}, shop.staff()).status == 200);
    };
    sell(1);
    shop.advance(hours(1));
    const auto counted = rfc3339(shop.clock().now());
    shop.advance(hours(1));
    sell(2);
    CHECK(product(shop, "MUG")["on_hand"] == 7);
    const std::string file = "SKU,Quantity\nMUG,20\n";
    // Nothing is known of when it was counted.
    CHECK_FALSE(import(shop, file, "?dry_run=true").body["rows"][0].contains("notes"));
    const auto dated = import(shop, file, "?dry_run=true&counted_at=" + counted).body;
    CHECK(dated["rows"][0]["notes"] == Json{"2 were sold since " + counted + ", when its stock was counted"});
    CHECK(import(shop, file, "?counted_at=yesterday").status == 422);
    const auto said = rfc3339(shop.clock().now());
    check_counts(import(shop, file), 0, 1, 0);
    shop.advance(hours(1));
    sell(1);
    CHECK(import(shop, "SKU,Quantity\nMUG,30\n", "?dry_run=true").body["rows"][0]["notes"] ==
          Json{"1 was sold since " + said + ", when a file said its stock before"});
    shop.check_invariants();
}

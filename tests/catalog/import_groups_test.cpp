// Groups and collections in product files: handles and options are kept, in and out again.

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "catalog/collections.h"
#include "catalog/csv.h"
#include "catalog/group.h"
#include "catalog/importing.h"
#include "paths.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;
using namespace tests::importing;

namespace {

std::optional<catalog::Group> group_at(Shop& shop, const std::string& handle) {
    return catalog::find_group_by_handle(shop.store().read(), handle);
}

std::vector<std::string> variant_skus(Shop& shop, const std::string& handle) {
    std::vector<std::string> skus;
    const auto found = group_at(shop, handle);
    REQUIRE(found);
    for (const auto& variant : catalog::variants(shop.store().read(), found->id)) {
        skus.push_back(variant.sku);
    }
    return skus;
}

std::int64_t rows_in(Shop& shop, const char* table) {
    return shop.store().read().value<std::int64_t>(std::string("SELECT count(*) FROM ") + table).value();
}

const std::string kShirts =
    "Handle,Title,Body (HTML),Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory "
    "Qty,Variant Price\n"
    "shirt,Shirt,<p>Cotton.</p>,Size,S,Colour,Red,SH-S,1,50\n"
    "shirt,,,,M,,red,SH-M,2,50\n"
    "cap,Cap,Plain.,Title,Default Title,,,CAP,5,19.99\n";

using VariantSkus = std::vector<std::string>;

}  // namespace

TEST_CASE("rows of a handle with options become a group and its variants") {
    Shop shop;
    const auto report = import(shop, kShirts);
    check_counts(report, 3, 0, 0);
    CHECK(report.body["rows"][0]["changes"]["group"] == Json{{"from", nullptr}, {"to", "shirt"}});
    CHECK(report.body["rows"][0]["changes"]["options"] == Json{{"from", nullptr}, {"to", {"S", "Red"}}});
    const auto shirt = group_at(shop, "shirt");
    REQUIRE(shirt);
    CHECK(shirt->name == "Shirt");
    CHECK(shirt->description == "Cotton.");
    CHECK(shirt->options == std::vector<catalog::Option>{{"Size", {"S", "M"}}, {"Colour", {"Red"}}});
    CHECK(variant_skus(shop, "shirt") == VariantSkus{"SH-S", "SH-M"});
    CHECK(rows_in(shop, "product_group") == 1);
    check_counts(import(shop, kShirts), 0, 0, 3);
    shop.check_invariants();

    const auto undone = undo(shop, report.body["id"]);
    REQUIRE(undone.status == 200);
    CHECK(rows_in(shop, "product") == 0);
    CHECK(rows_in(shop, "product_group") == 0);
    shop.check_invariants();
}

TEST_CASE("products that stand alone join the group that a file has for them, and leave it when that is undone") {
    Shop shop;
    shop.product({.sku = "SH-S", .name = "Shirt – S / Red", .price = 5000, .on_hand = 1});
    const auto before = exported(shop);
    const auto report = import(shop, kShirts);
    check_counts(report, 2, 1, 0);
    CHECK(variant_skus(shop, "shirt") == VariantSkus{"SH-S", "SH-M"});
    shop.check_invariants();
    REQUIRE(undo(shop, report.body["id"]).status == 200);
    CHECK(exported(shop) == before);
    CHECK(rows_in(shop, "product_group") == 0);
    shop.check_invariants();
}

TEST_CASE("a file changes a group's name, description and values, and its undo brings them back") {
    Shop shop;
    import(shop, kShirts);
    const auto before = exported(shop);
    auto file = kShirts;
    file.replace(file.find("shirt,Shirt,<p>Cotton."), 22, "shirt,Blouse,<p>Linen.");
    file.replace(file.find(",,,,M,,red,SH-M,2"), 17, ",,,,L,,red,SH-M,2");
    const auto preview = import(shop, file, "?dry_run=true").body;
    const auto report = import(shop, file);
    check_counts(report, 0, 2, 1);
    CHECK(report.body["rows"] == preview["rows"]);
    const auto blouse = group_at(shop, "shirt");
    REQUIRE(blouse);
    CHECK(blouse->name == "Blouse");
    CHECK(blouse->description == "Linen.");
    CHECK(report.body["rows"][1]["changes"]["options"]["to"] == Json{"L", "Red"});
    shop.check_invariants();
    check_counts(import(shop, file), 0, 0, 3);
    REQUIRE(undo(shop, report.body["id"]).status == 200);
    CHECK(exported(shop) == before);
    shop.check_invariants();
}

TEST_CASE("rows that cannot be variants are said, and never mixed up") {
    Shop shop;
    const auto report = import(shop,
                               "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,SKU,Quantity,Price\n"
                               "a,A,Size,S,Colour,Red,A1,1,1\n"
                               "a,,,s,,RED,A2,1,1\n"
                               "a,,,M,,,A3,1,1\n"
                               "b,B,,,,,B1,1,1\n"
                               "b,,,,,,B2,1,1\n");
    check_counts(report, 4, 0, 1);
    const auto& rows = report.body["rows"];
    CHECK(rows[1]["reason"] == "its options are those of line 2 too");
    CHECK(rows[2]["notes"][0] == "it has no Colour as the other rows of its Handle have, so it is no variant of them");
    CHECK(variant_skus(shop, "a") == VariantSkus{"A1"});
    CHECK_FALSE(group_at(shop, "b"));  // without options there is nothing to choose
    // Another file's SKU for the same options.
    const auto taken = import(shop, "Handle,Title,Option1 Value,Option2 Value,SKU,Quantity,Price\na,A,S,Red,A9,1,1\n");
    CHECK(taken.body["rows"][0]["reason"] == "its options are those of A1, another variant of its group");
    shop.check_invariants();
}

TEST_CASE("a group takes as many variants as it can have, and the rest stand alone") {
    std::string file = "Handle,Title,Option1 Value,Option2 Value,SKU,Quantity,Price\n";
    for (std::size_t i = 0; i < budget::kGroupVariants + 5; ++i) {
        file += "a,A," + std::to_string(i / 100) + "," + std::to_string(i % 100) + ",S" + std::to_string(i) + ",1,1\n";
    }
    for (std::size_t i = 0; i < budget::kOptionValues + 5; ++i) {
        file += "b,B,v" + std::to_string(i) + ",,B" + std::to_string(i) + ",1,1\n";
    }
    Shop shop;
    const auto report = import(shop, file);
    CHECK(report.body["added"] == budget::kGroupVariants + budget::kOptionValues + 10);
    CHECK(report.body["noted"] == 10);
    CHECK(variant_skus(shop, "a").size() == budget::kGroupVariants);
    CHECK(variant_skus(shop, "b").size() == budget::kOptionValues);
    shop.check_invariants();
}

TEST_CASE("collections of a file are made, changed, and taken back") {
    Shop shop;
    const auto gifts = shop.post("/admin/collections", {{"name", "Gifts"}}, shop.staff()).body;
    const std::string head = "SKU,Title,Price,Quantity,Collections\n";
    const auto report = import(shop, head + "A,A,1,1,\"gifts, Cups\\, bowls\"\nB,B,1,1,\n");
    check_counts(report, 2, 0, 0);
    CHECK(report.body["rows"][0]["changes"]["collections"]["to"] == Json{"Cups, bowls", "Gifts"});
    const auto listed = shop.get("/admin/collections", shop.viewer()).body["data"];
    REQUIRE(listed.size() == 2);
    CHECK(listed[1]["name"] == "Cups, bowls");
    CHECK(listed[1]["handle"] == "cups-bowls");
    CHECK(listed[1]["products"] == 1);
    check_counts(import(shop, head + "A,A,1,1,\"gifts, Cups\\, bowls\"\nB,B,1,1,\n"), 0, 0, 2);

    const auto moved = import(shop, head + "A,A,1,1,\nB,B,1,1,Gifts\n");
    check_counts(moved, 0, 2, 0);
    CHECK(shop.get("/products?collection=gifts").body["data"][0]["sku"] == "B");
    REQUIRE(undo(shop, moved.body["id"]).status == 200);
    CHECK(shop.get("/products?collection=gifts").body["data"][0]["sku"] == "A");
    // A file without the column says nothing of collections.
    check_counts(import(shop, "SKU,Price\nA,1\n"), 0, 0, 1);

    REQUIRE(shop.post("/admin/collections/" + gifts["id"].dump() + "/products", {{"add", {2}}}, shop.staff()).status ==
            200);
    CHECK(undo(shop, report.body["id"]).code() == "import_in_use");
    REQUIRE(
        shop.post("/admin/collections/" + gifts["id"].dump() + "/products", {{"remove", {2}}}, shop.staff()).status ==
        200);
    REQUIRE(undo(shop, report.body["id"]).status == 200);
    CHECK(rows_in(shop, "collection") == 1);  // the one that the file found is not the file's
    shop.check_invariants();
}

TEST_CASE("Shopify's file of clothes is imported with its groups, and goes out and in again") {
    std::ostringstream text;
    text << std::ifstream(tests::kSourceFolder + std::string("/../shared/data/shopify-apparel.csv"), std::ios::binary)
                .rdbuf();
    if (text.str().empty()) {
        SKIP("the file is not here");
    }
    Shop shop;
    const auto report = import(shop, text.str());
    REQUIRE(report.status == 201);
    CHECK(report.body["faulty"] == 0);
    CHECK(variant_skus(shop, "classic-varsity-top") ==
          VariantSkus{"classic-varsity-top-small", "classic-varsity-top-medium", "classic-varsity-top-large"});
    const auto out = exported(shop);
    Shop other;
    import(other, out);
    CHECK(exported(other) == out);
    check_counts(import(shop, text.str()), 0, 0, static_cast<int>(report.body["rows"].size()));
    other.check_invariants();
}

namespace {

/// Random things to sell, of odd texts.
class OddGoods {
public:
    explicit OddGoods(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }
    bool sometimes() { return below(3) == 0; }

    std::string word(std::size_t most) {
        static const std::vector<std::string> letters{"A", "a", "É", "E\u0301", "ß",  "Ａ", "1", "-", "_",
                                                      " ", ".", "=", "'",       "\"", ",",  ";", "ﬁ", "茶",
                                                      "ı", "+", "@", "<b>",     "&",  "\\", "|"};
        std::string text;
        for (auto left = 1 + below(most); left > 0; --left) {
            text += letters[below(letters.size())];
        }
        return text;
    }

    std::string paragraphs() {
        const auto first = word(6);
        return first + "\n\n" + word(3);
    }

    /// Of the fields that a new product may have.
    Json product(const std::string& sku) {
        static const std::vector<std::string> barcodes{"", "4006381333931", "96385074", "036000291452"};
        Json body{{"sku", sku},
                  {"name", "N" + word(5) + "."},
                  {"description", sometimes() ? "" : paragraphs()},
                  {"price", 100 + below(100'000)},
                  {"barcode", barcodes[below(barcodes.size())]},
                  {"shelf", sometimes() ? "" : word(4)},
                  {"customs_code", sometimes() ? "691200" : ""},
                  {"origin_country", sometimes() ? "PT" : ""},
                  {"status", std::vector<std::string>{"active", "hidden", "archived"}[below(3)]},
                  {"tax_class", std::vector<std::string>{"standard", "reduced", "zero"}[below(3)]}};
        if (sometimes()) {
            body["compare_at_price"] = body["price"].get<std::int64_t>() + 1 + static_cast<std::int64_t>(below(500));
        }
        if (sometimes()) {
            body["content"] = {{"quantity", 1 + below(5000)},
                               {"unit", std::vector<std::string>{"g", "ml", "mm"}[below(3)]}};
        }
        if (sometimes()) {
            body["weight_g"] = 1 + below(9000);
        }
        if (sometimes()) {
            body["most_per_order"] = 1 + below(50);
        }
        const auto policy = below(3);
        if (policy == 0) {
            body["stock_policy"] = "uncounted";
        } else {
            body["quantity"] = below(50);
            if (sometimes()) {
                body["low_stock_threshold"] = below(9);
            }
        }
        if (policy == 1) {
            body["stock_policy"] = "beyond";
            body["beyond_limit"] = below(100);
            if (sometimes()) {
                body["expected_on"] = "2027-03-01";
            }
        }
        return body;
    }

private:
    std::mt19937 random_;
};

/// Whether a spreadsheet would compute a field of this file.
bool has_formula(std::string_view file) {
    csv::Reader reader(file);
    csv::Record record;
    bool found = false;
    while (reader.next(record)) {
        found |= std::any_of(record.fields.begin(), record.fields.end(), [](const std::string& field) {
            return !field.empty() && std::string_view("=+@\t\r").find(field[0]) != std::string_view::npos;
        });
    }
    return found;
}

/// Makes a group with up to three options, of products that are there.
void make_odd_group(Shop& shop, OddGoods& made, const std::vector<ProductId>& members) {
    shop.store().writer().run([&](storage::Transaction& tx) {
        const auto options = 1 + made.below(3);
        catalog::NewGroup wanted{.name = "G" + made.word(4) + ".", .description = made.sometimes() ? "" : made.word(5)};
        for (std::size_t i = 0; i < options; ++i) {
            wanted.options.push_back({.name = "o" + std::to_string(i) + made.word(2) + ".", .values = {"x"}});
        }
        const auto group = catalog::create_group(tx, wanted, Actor::command_line(), shop.clock().now());
        std::size_t n = 0;
        for (const auto id : members) {
            catalog::Variant variant{.group = group.id, .position = 0, .values = {}};
            for (std::size_t i = 0; i < options; ++i) {
                variant.values[i] = i == 0 ? "v" + std::to_string(n) + made.word(2) + "." : "w" + std::to_string(n % 2);
            }
            ++n;
            catalog::set_variant(tx, id, variant, Actor::command_line(), shop.clock().now());
            if (made.sometimes()) {  // a name and a description as the group has them
                const auto name = catalog::variant_name(group, catalog::find(tx, id)->variant->values);
                catalog::update(tx, id, {.name = name, .description = group.description}, Actor::command_line(),
                                shop.clock().now());
            }
        }
        catalog::order_variants(tx, group.id, {members.rbegin(), members.rend()}, Actor::command_line(),
                                shop.clock().now());
    });
}

}  // namespace

TEST_CASE("a catalogue with groups, collections and all fields is exported, imported and exported as the same file") {
    for (const unsigned seed : {20261129U, 7U, 42U}) {
        CAPTURE(seed);
        OddGoods made(seed);
        Shop shop;
        std::vector<ProductId> ids;
        for (int i = 0; i < 60; ++i) {
            const auto reply =
                shop.post("/products", made.product("S" + std::to_string(i) + made.word(2) + "."), shop.staff());
            INFO(reply.text);
            REQUIRE((reply.status == 201 || reply.status == 409));
            if (reply.status == 201) {
                ids.push_back(ProductId{reply.body["id"].get<std::int64_t>()});
            }
        }
        for (std::size_t at = 0; at + 6 < ids.size(); at += 8) {
            make_odd_group(shop, made, {ids[at], ids[at + 2], ids[at + 3], ids[at + 6]});
        }
        for (const auto& name : {made.word(5) + "a", std::string("Gifts, small"), std::string("b\\c, d")}) {
            const auto made_here = shop.post("/admin/collections", {{"name", name}}, shop.staff());
            INFO(made_here.text);
            REQUIRE(made_here.status == 201);
            auto chosen = Json::array();
            for (const auto id : ids) {
                if (made.sometimes()) {
                    chosen.push_back(number(id));
                }
            }
            REQUIRE(shop.post("/admin/collections/" + made_here.body["id"].dump() + "/products", {{"add", chosen}},
                              shop.staff())
                        .status == 200);
        }
        shop.check_invariants();

        const auto out = exported(shop);
        CHECK_FALSE(has_formula(out));
        Shop other;
        const auto imported = import(other, out);
        INFO(imported.text.substr(0, 2000));
        CHECK(imported.body["added"] == ids.size());
        CHECK(imported.body["faulty"] == 0);
        CHECK(imported.body["noted"] == 0);
        CHECK(exported(other) == out);
        check_counts(import(shop, out, "?dry_run=true"), 0, 0, static_cast<int>(ids.size()));
        check_counts(import(other, out), 0, 0, static_cast<int>(ids.size()));
        other.check_invariants();
        REQUIRE(undo(other, imported.body["id"]).status == 200);
        CHECK(rows_in(other, "product") == 0);
        CHECK(rows_in(other, "product_group") == 0);
        CHECK(rows_in(other, "collection") == 0);
    }
}

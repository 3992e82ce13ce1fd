// Finding products: text, filters, orders, pages.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "catalog/cache.h"
#include "catalog/product.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

std::vector<std::string> skus(const Json& page) {
    std::vector<std::string> found;
    for (const auto& product : page["data"]) {
        found.push_back(product["sku"].get<std::string>());
    }
    return found;
}

using Skus = std::vector<std::string>;

std::string encoded(std::string_view text) {
    std::string made;
    for (const char c : text) {
        made += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return made;
}

void stock_shelves(Shop& shop) {
    shop.product({.sku = "MUG-B", .name = "Blue mug", .price = 1250, .on_hand = 3, .threshold = 5});
    shop.product({.sku = "MUG-R", .name = "red Mug", .price = 1150, .on_hand = 20, .threshold = 5});
    shop.product({.sku = "TEE", .name = "Größe XL \"Tee\" 100%", .price = 2000, .on_hand = 0});
    shop.product({.sku = "POT", .name = "Teapot_1", .price = 7900, .on_hand = 7});
}

}  // namespace

TEST_CASE("products are found by words of SKU, name and description") {
    Shop shop;
    stock_shelves(shop);
    const auto find = [&](const std::string& q) { return skus(shop.get("/products?sort=sku&q=" + encoded(q)).body); };
    CHECK(find("mug") == Skus{"MUG-B", "MUG-R"});
    CHECK(find("MUG blue") == Skus{"MUG-B"});
    CHECK(find("ug-r") == Skus{"MUG-R"});
    CHECK(find("größe") == Skus{"TEE"});
    CHECK(find("GRÖSSE") == Skus{"TEE"});
    CHECK(find("GRÖßE") == Skus{"TEE"});
    CHECK(find("\"Tee\"") == Skus{"TEE"});
    CHECK(find("te") == Skus{"POT", "TEE"});  // too short for trigrams: where a word starts with it
    CHECK(find("ug").empty());
    CHECK(find("r") == Skus{"MUG-R"});
    CHECK(find("1") == Skus{"POT", "TEE"});
    CHECK(find("XL") == Skus{"TEE"});
    CHECK(find("mug b") == Skus{"MUG-B"});
    CHECK(find("t_1") == Skus{"POT"});
    CHECK(find("_") == Skus{"POT"});  // no wildcard
    CHECK(find("%") == Skus{"TEE"});
    CHECK(find("nothing").empty());
    CHECK(find("NEAR(mug blue)").empty());  // no query language
    CHECK(find("mug OR tee").empty());
    CHECK(find("mug*").empty());
    CHECK(find("sku:mug").empty());
}

TEST_CASE("a search finds a product under its new name, and no longer under the old one") {
    Shop shop;
    const auto id = shop.product({.sku = "A-1", .name = "Lantern"});
    CHECK(shop.get("/products?q=lantern").body["data"].size() == 1);
    REQUIRE(shop.put("/products/" + std::to_string(id), {{"name", "Candle"}}, shop.staff()).status == 200);
    CHECK(shop.get("/products?q=lantern").body["data"].empty());
    CHECK(shop.get("/products?q=candle").body["data"].size() == 1);
    REQUIRE(shop.remove("/products/" + std::to_string(id), shop.staff()).status == 204);
    CHECK(shop.get("/products?q=candle").body["data"].empty());
}

TEST_CASE("lists of products are filtered and sorted") {
    Shop shop;
    stock_shelves(shop);
    const auto list = [&](const std::string& query) { return skus(shop.get("/products?" + query).body); };
    CHECK(list("") == Skus{"POT", "TEE", "MUG-R", "MUG-B"});
    CHECK(list("sort=oldest") == Skus{"MUG-B", "MUG-R", "TEE", "POT"});
    CHECK(list("sort=name") == Skus{"MUG-B", "TEE", "MUG-R", "POT"});
    CHECK(list("sort=-name") == Skus{"POT", "MUG-R", "TEE", "MUG-B"});
    CHECK(list("sort=price") == Skus{"MUG-R", "MUG-B", "TEE", "POT"});
    CHECK(list("sort=-price") == Skus{"POT", "TEE", "MUG-B", "MUG-R"});
    CHECK(list("sort=available") == Skus{"TEE", "MUG-B", "POT", "MUG-R"});
    CHECK(list("sort=-available") == Skus{"MUG-R", "POT", "MUG-B", "TEE"});
    CHECK(list("sort=sku") == Skus{"MUG-B", "MUG-R", "POT", "TEE"});
    CHECK(list("sort=sku&min_price=1200&max_price=2000") == Skus{"MUG-B", "TEE"});
    CHECK(list("sort=sku&in_stock=true") == Skus{"MUG-B", "MUG-R", "POT"});
    CHECK(list("in_stock=false") == Skus{"TEE"});
    CHECK(list("q=mug&in_stock=true&max_price=1200") == Skus{"MUG-R"});
    const auto inventory = [&](const std::string& query) {
        return skus(shop.get("/admin/inventory?" + query, shop.viewer()).body);
    };
    CHECK(inventory("low_stock=true") == Skus{"MUG-B"});
    CHECK(inventory("low_stock=false&sort=sku") == Skus{"MUG-R", "POT", "TEE"});
    shop.put("/admin/inventory/2", {{"price", 1}}, shop.staff());
    CHECK(inventory("sort=updated").size() == 4);
}

TEST_CASE("what thousands have is found whole in each order, also where others fill its beginning", "[large]") {
    Shop shop;
    constexpr int kSocks = 4'100;  // more than are read and sorted
    std::string file = "SKU,Title,Price,Quantity\n";
    for (int n = 0; n < kSocks; ++n) {
        file += fmt::format("S-{0:04},Woollen sock {1},{2},1\n", n, n % 7, 90 + n % 5);
    }
    for (int n = 0; n < 5'400; ++n) {  // more than are passed before the socks are sorted after all
        file += fmt::format("M-{},Mug,1,1\n", n);
    }
    REQUIRE(shop.send("POST", "/admin/inventory/import", file, "text/csv", shop.staff()).status == 201);
    const auto check = [&](const std::string& sort, const std::string& words) {
        CAPTURE(sort, words);
        const auto member = sort.substr(sort.starts_with('-') ? 1 : 0);
        std::vector<Json> keys;
        std::set<std::string> found;
        std::string cursor;
        do {
            const auto page = shop.get("/products?limit=200&q=" + words + "&sort=" + sort + cursor, shop.viewer()).body;
            for (const auto& product : page["data"]) {
                keys.push_back(product[member]);
                found.insert(product["sku"].get<std::string>());
            }
            cursor = page["next_cursor"].is_null() ? "" : "&cursor=" + page["next_cursor"].get<std::string>();
        } while (!cursor.empty());
        CHECK(keys.size() == kSocks);
        CHECK(found.size() == kSocks);
        CHECK((sort == member ? std::is_sorted(keys.begin(), keys.end()) : std::is_sorted(keys.rbegin(), keys.rend())));
    };
    for (const auto* sort : {"price", "-price", "name", "-name", "sku"}) {
        for (const auto* words : {"woollen", "so", "woollen%20so"}) {
            check(sort, words);
        }
    }
}

TEST_CASE("every order of a list is whole across its pages, equal keys included", "[large]") {
    Shop shop;
    for (int i = 0; i < 13; ++i) {
        shop.product({.sku = "P" + std::to_string(i),
                      .name = i % 2 == 0 ? "Same name" : "Other name " + std::to_string(i),
                      .price = 100 * (i % 3),
                      .on_hand = i % 4});
    }
    const std::string sort =
        GENERATE("newest", "oldest", "name", "-name", "price", "-price", "available", "-available", "sku", "updated");
    const std::string token = GENERATE(0, 1) == 0 ? "" : shop.viewer();
    // All of them have the words: of each index, and of both.
    const std::string question = sort + GENERATE("", "&q=name", "&q=n", "&q=name%20n");
    INFO(question);
    const auto whole = skus(shop.get("/products?limit=200&sort=" + question, token).body);
    CHECK(whole == skus(shop.get("/products?limit=200&sort=" + sort, token).body));
    REQUIRE(whole.size() == 13);
    Skus paged;
    std::string cursor;
    for (int pages = 0; pages < 10; ++pages) {
        const auto page =
            shop.get("/products?limit=3&sort=" + question + (cursor.empty() ? "" : "&cursor=" + cursor), token);
        REQUIRE(page.status == 200);
        for (const auto& sku : skus(page.body)) {
            paged.push_back(sku);
        }
        if (page.body["next_cursor"].is_null()) {
            CHECK(page.header("Link").find("rel=\"next\"") == std::string::npos);
            break;
        }
        cursor = page.body["next_cursor"].get<std::string>();
        CHECK(page.header("Link").find("cursor=" + cursor) != std::string::npos);
    }
    CHECK(paged == whole);
}

TEST_CASE("a question that a list of products does not know is refused") {
    Shop shop;
    const std::string query = GENERATE("sort=best", "min_price=cheap", "min_price=-1", "in_stock=maybe", "limit=0",
                                       "limit=201", "cursor=xyz", "q=", "colour=blue", "q=%FF", "status=archived");
    const auto refused = shop.get("/products?" + query);
    INFO(query << " " << refused.text);
    CHECK((refused.status == 400 || refused.status == 422));
    CHECK_FALSE(refused.code().empty());
}

TEST_CASE("a cursor of one order is not a cursor of another") {
    Shop shop;
    stock_shelves(shop);
    const auto cursor = shop.get("/products?limit=1&sort=name").body["next_cursor"].get<std::string>();
    const auto refused = shop.get("/products?limit=1&sort=price&cursor=" + cursor);
    CHECK(refused.code() == "invalid_cursor");
}

TEST_CASE("the cache of printed answers stays within its bound, whatever is asked") {
    Shop shop;
    stock_shelves(shop);
    catalog::PrintedCache cache(shop.store(), 100'000);
    const auto print = [](const storage::View&) { return catalog::print({{"text", std::string(1000, 'x')}}); };
    for (int i = 0; i < 1000; ++i) {
        CHECK(cache.get("question " + std::to_string(i), print)->text->size() > 1000);
        REQUIRE(cache.bytes() <= 100'000);
    }
    const auto huge = [](const storage::View&) { return catalog::print({{"text", std::string(200'000, 'x')}}); };
    CHECK(cache.get("huge", huge)->text->size() > 200'000);
    CHECK(cache.bytes() <= 100'000);
}

TEST_CASE("an answer is printed once until a commit touches the catalogue") {
    Shop shop;
    const auto id = shop.product({.on_hand = 5});
    catalog::PrintedCache cache(shop.store());
    int printed = 0;
    const auto print = [&](const storage::View& view) {
        ++printed;
        return catalog::print({{"available", catalog::get(view, ProductId{id}).available()}});
    };
    const auto first = cache.get("one", print);
    CHECK(cache.get("one", print) == first);
    CHECK(printed == 1);
    REQUIRE(shop.put("/products/" + std::to_string(id), {{"quantity", 4}}, shop.staff()).status == 200);
    CHECK(*cache.get("one", print)->text == R"({"available":4})");
    CHECK(printed == 2);
    CHECK_THROWS(cache.get("bad", [](const storage::View&) -> catalog::Printed { throw std::runtime_error("no"); }));
    CHECK(cache.get("bad", print));
}

TEST_CASE("X2: six words are looked for, and more are not") {
    Shop shop;
    shop.product({.sku = "A1", .name = "one two three four five six"});
    shop.product({.sku = "B1", .name = "one two three four five"});
    const auto find = [&](const std::string& q) { return skus(shop.get("/products?sort=sku&q=" + encoded(q)).body); };
    CHECK(find("one two three four five six") == Skus{"A1"});
    CHECK(find("one two three four five nothing").empty());
    CHECK(find("one two three four five six nothing") == Skus{"A1"});
    CHECK(find("on tw th fo fi") == Skus{"A1", "B1"});
    CHECK(find("on tw th fo fi si") == Skus{"A1"});
    CHECK(find("on tw th fo fi si no").size() == 1);
    CHECK(find("o \xE2\x80\x93 t").empty());  // a dash is looked for like any other sign
    CHECK(find("\xE2\x80\x93").empty());
}

TEST_CASE("X2: short words are found by an index, in the scripts that have one") {
    Shop shop;
    shop.product({.sku = "S1", .name = "Öl 500 ml"});
    shop.product({.sku = "S2", .name = "绿色茶杯"});
    const auto find = [&](const std::string& q) { return skus(shop.get("/products?sort=sku&q=" + encoded(q)).body); };
    CHECK(find("öl") == Skus{"S1"});
    CHECK(find("ÖL ml") == Skus{"S1"});
    CHECK(find("茶杯") == Skus{"S2"});
    const auto id = shop.get("/products?q=%C3%B6l").body["data"][0]["id"].get<std::int64_t>();
    REQUIRE(shop.put("/products/" + std::to_string(id), {{"name", "Essig"}}, shop.staff()).status == 200);
    CHECK(find("öl").empty());
    CHECK(find("es") == Skus{"S1"});
    REQUIRE(shop.remove("/products/" + std::to_string(id), shop.staff()).status == 204);
    CHECK(find("es").empty());
    const auto plan = [&](const std::string& sql) {
        std::string text;
        shop.store().read().each("EXPLAIN QUERY PLAN " + sql,
                                 [&](const storage::Row& row) { text += row.get<std::string>(3) + '\n'; });
        return text;
    };
    CHECK(plan("SELECT rowid FROM product_word WHERE product_word MATCH '\"a\"* \"b\"*'").find("VIRTUAL TABLE INDEX") !=
          std::string::npos);
}

TEST_CASE("S7: texts and questions are folded alike, in words of any length") {
    Shop shop;
    shop.product({.sku = "OIL", .name = "Öl 500 ml"});
    shop.product({.sku = "CAP", .name = "Mu\u0308tze"});
    shop.product({.sku = "BIG", .name = "Größe XL"});
    shop.product({.sku = "ＷＩＤＥ", .name = "Smørrebrød"});
    shop.product({.sku = "ICE", .name = "İnce Çay ﬁne"});
    shop.product({.sku = "TEA", .name = "ﾁｬ茶"});
    const auto find = [&](const std::string& q) { return skus(shop.get("/products?sort=sku&q=" + encoded(q)).body); };
    for (const auto* q : {"öl", "ol", "ÖL", "o\u0308l", "ö", "o\u0308", "Öl 5"}) {
        INFO(q);
        CHECK(find(q) == Skus{"OIL"});
    }
    for (const auto* q : {"mütze", "mutze", "MU\u0308TZE", "ütz", "mü", "mu", "ｍｕ"}) {
        INFO(q);
        CHECK(find(q) == Skus{"CAP"});
    }
    for (const auto* q : {"größe", "GRÖSSE", "grosse", "gr", "oße", "xl", "x\u200Bl"}) {
        INFO(q);
        CHECK(find(q) == Skus{"BIG"});
    }
    CHECK(find("smorrebrod") == Skus{"ＷＩＤＥ"});
    CHECK(find("wide") == Skus{"ＷＩＤＥ"});
    CHECK(find("wi") == Skus{"ＷＩＤＥ"});
    CHECK(find("ince cay fine") == Skus{"ICE"});
    CHECK(find("fi") == Skus{"ICE"});
    CHECK(find("チャ") == Skus{"TEA"});  // by a scan: wide and narrow kana are the same
    CHECK(find("チャ茶") == Skus{"TEA"});
    CHECK(find("茶") == Skus{"TEA"});
}

TEST_CASE("S7: descriptions are folded too, and a change is found by its new words alone") {
    Shop shop;
    const auto id = shop.product({.sku = "A", .name = "Lampe"});
    const auto path = "/products/" + std::to_string(id);
    const auto find = [&](const std::string& q) { return skus(shop.get("/products?q=" + encoded(q)).body); };
    REQUIRE(shop.put(path, {{"description", "für die Küche"}}, shop.staff()).status == 200);
    CHECK(find("KUCHE") == Skus{"A"});
    REQUIRE(shop.put(path, {{"description", "für den Flur"}}, shop.staff()).status == 200);
    CHECK(find("küche").empty());
    CHECK(find("flur") == Skus{"A"});
    REQUIRE(shop.put(path, {{"quantity", 5}}, shop.staff()).status == 200);  // no text changes
    CHECK(find("lampe") == Skus{"A"});
    REQUIRE(shop.remove(path, shop.staff()).status == 204);
    CHECK(find("lampe").empty());
    CHECK(find("la").empty());
}

TEST_CASE("S12: names are sorted without regard to accents and case") {
    Shop shop;
    for (const auto* name : {"Zange", "Öl", "apfel", "Ähre", "Ofen", "Azalee", "é", "Ø"}) {
        shop.product({.sku = std::string("SKU-") + name, .name = name});
    }
    const auto names = [&](const std::string& sort) {
        std::vector<std::string> found;
        std::string next;
        do {  // page by page, over equal keys too
            const auto page = shop.get("/products?limit=3&sort=" + sort + next).body;
            for (const auto& product : page["data"]) {
                found.push_back(product["name"].get<std::string>());
            }
            next = page["next_cursor"].is_null() ? "" : "&cursor=" + page["next_cursor"].get<std::string>();
        } while (!next.empty());
        return found;
    };
    CHECK(names("name") == Skus{"Ähre", "apfel", "Azalee", "é", "Ø", "Ofen", "Öl", "Zange"});
    CHECK(names("-name") == Skus{"Zange", "Öl", "Ofen", "Ø", "é", "Azalee", "apfel", "Ähre"});
}

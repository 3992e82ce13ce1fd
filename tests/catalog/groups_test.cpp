// What staff and customers do with products that come in several kinds, over HTTP.

#include <fmt/format.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/budgets.h"
#include "support/shop.h"

using namespace orderd;
using tests::Reply;
using tests::Shop;

namespace {

using Texts = std::vector<std::string>;

Json size_and_colour() {
    return Json::array({{{"name", "Size"}, {"values", Texts{"Small", "Large"}}},
                        {{"name", "Colour"}, {"values", Texts{"Red", "Blue"}}}});
}

/// A shirt in two sizes and two colours, 3 of each in stock.
Json shirt() {
    return {{"name", "Shirt"},
            {"description", "Of linen."},
            {"options", size_and_colour()},
            {"generate", {{"price", 2000}, {"quantity", 3}}}};
}

Reply add(Shop& shop, const Json& body) { return shop.post("/admin/product-groups", body, shop.staff()); }

std::string group_at(const Json& group) { return fmt::format("/admin/product-groups/{}", group.at("id").get<int>()); }

std::string variants_at(const Json& group) { return group_at(group) + "/variants"; }

/// The texts that a member of each element has.
Texts all(const Json& list, const char* member) {
    Texts texts;
    for (const auto& element : list) {
        texts.push_back(element.at(member).get<std::string>());
    }
    return texts;
}

Texts values_of(const Json& product) { return all(product.at("group").at("options"), "value"); }

Texts faulty(const Reply& reply) {
    return reply.body.contains("errors") ? all(reply.body.at("errors"), "pointer") : Texts{};
}

Json read(Shop& shop, const Json& group) { return shop.get(group_at(group), shop.viewer()).body; }

std::int64_t variant_id(const Json& group, std::size_t place) {
    return group.at("variants").at(place).at("id").get<std::int64_t>();
}

/// The names of what a window shows.
Texts window(Shop& shop, const std::string& query = "") {
    const auto page = shop.get("/product-groups" + query);
    REQUIRE(page.status == 200);
    return all(page.body.at("data"), "name");
}

Texts kinds_of(Shop& shop, std::string_view family) {
    auto kinds = shop.events();
    std::erase_if(kinds, [&](const std::string& kind) { return !kind.starts_with(family); });
    return kinds;
}

}  // namespace

TEST_CASE("a group makes a product of each combination of its options' values") {
    Shop shop;
    const auto added = add(shop, shirt());
    REQUIRE(added.status == 201);
    CHECK(added.header("Location") == group_at(added.body));
    CHECK(added.body["handle"] == "shirt");
    CHECK(added.body["variant_count"] == 4);
    CHECK(added.body["price_from"] == 2000);
    const auto& variants = added.body["variants"];
    CHECK(all(variants, "sku") == Texts{"shirt-small-red", "shirt-small-blue", "shirt-large-red", "shirt-large-blue"});
    CHECK(all(variants, "name") ==
          Texts{"Shirt – Small / Red", "Shirt – Small / Blue", "Shirt – Large / Red", "Shirt – Large / Blue"});
    CHECK(variants[1]["on_hand"] == 3);
    CHECK(variants[1]["description"] == "Of linen.");
    CHECK(variants[1]["handle"] == "");
    CHECK(variants[1]["group"]["handle"] == "shirt");
    CHECK(all(variants[1]["group"]["options"], "name") == Texts{"Size", "Colour"});
    CHECK(values_of(variants[1]) == Texts{"Small", "Blue"});

    // Each is a product as any other.
    CHECK(shop.order({{variant_id(added.body, 2), 2}}).status == 201);
    CHECK(read(shop, added.body)["variants"][2]["available"] == 1);
    CHECK(kinds_of(shop, "product") ==
          Texts{"product_group.created", "product.created", "product.created", "product.created", "product.created"});
    shop.check_invariants();
}

TEST_CASE("a group takes variants as they are given, and values that are new with them") {
    Shop shop;
    auto body = shirt();
    body.erase("generate");
    body["variants"] = {{{"values", Texts{"small", "RED"}}, {"sku", "S-1"}, {"price", 100}},
                        {{"values", Texts{"Medium", "Red"}}, {"name", "The middle one"}, {"price", 200}}};
    const auto added = add(shop, body);
    REQUIRE(added.status == 201);
    CHECK(added.body["options"][0]["values"] == Json(Texts{"Small", "Large", "Medium"}));
    CHECK(values_of(added.body["variants"][0]) == Texts{"Small", "Red"});
    CHECK(all(added.body["variants"], "name") == Texts{"Shirt – Small / Red", "The middle one"});
    CHECK(all(added.body["variants"], "sku") == Texts{"S-1", "shirt-medium-red"});
    CHECK(added.body["price_from"] == 100);
    shop.check_invariants();
}

TEST_CASE("a group that is not in order is refused with its faults named, and nothing of it is added") {
    const auto with = [](const char* member, Json value) {
        auto body = shirt();
        body[member] = std::move(value);
        return body;
    };
    const auto options = [&](const std::vector<Json>& list) { return with("options", list); };
    const auto option = [](const std::string& name, const Texts& values) {
        return Json{{"name", name}, {"values", values}};
    };
    struct Case {
        Json body;
        Texts faults;
    };
    const std::vector<Case> cases{
        {with("name", " "), {"/name"}},
        {with("handle", "Big Shirt"), {"/handle"}},
        {options({option("A", {"1"}), option("B", {"1"}), option("C", {"1"}), option("D", {"1"})}), {"/options"}},
        {options({option("Size", {"S"}), option("size", {"M"})}), {"/options/1/name"}},
        {options({option("Size", {"S", "M", "ｓ"})}), {"/options/0/values/2"}},
        {options({option(" ", {"S"})}), {"/options/0/name"}},
        {options({option(std::string(51, 'x'), {"S"})}), {"/options/0/name"}},
        {options({option("Size", {"S", std::string(101, 'x')})}), {"/options/0/values/1"}},
        {with("variants", Json::array({{{"values", Texts{"S", "Red"}}, {"price", 1}}})), {"/generate"}},
        {with("generate", {{"price", 1}, {"currency", "USD"}}), {"/generate/currency"}},
        {with("generate", {{"price", 1}, {"barcode", "123"}}), {"/generate/barcode"}},
    };
    Shop shop;
    for (const auto& [body, faults] : cases) {
        const auto refused = add(shop, body);
        INFO(refused.text);
        CHECK(refused.status == 422);
        CHECK(faulty(refused) == faults);
    }
    auto body = shirt();
    body.erase("generate");
    body["variants"] = {{{"values", Texts{"Small", "Red"}}, {"price", 1}},
                        {{"values", Texts{"Small"}}, {"price", 1}},
                        {{"values", Texts{"Small", "Red", "Wide"}}, {"price", 1}}};
    CHECK(faulty(add(shop, body)) == Texts{"/variants/1/values/1"});
    body["variants"].erase(1);
    CHECK(faulty(add(shop, body)) == Texts{"/variants/1/values/2"});
    CHECK(shop.get("/admin/product-groups", shop.viewer()).body["data"].empty());
    CHECK(shop.get("/products").body["data"].empty());
    shop.check_invariants();
}

TEST_CASE("no two variants of a group have the same values") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto again =
        shop.post(variants_at(group), {{"values", Texts{" LARGE", "red"}}, {"sku", "X"}, {"price", 1}}, shop.staff());
    CHECK(again.status == 409);
    CHECK(again.code() == "variant_taken");
    CHECK(again.body["product_id"] == variant_id(group, 2));

    const auto one = variant_id(group, 0);
    const auto moved = shop.put(fmt::format("{}/{}", variants_at(group), one), {{"values", Texts{"Large", "Red"}}},
                                shop.staff(), {{"If-Match", "\"1\""}});
    CHECK(moved.code() == "variant_taken");
    shop.check_invariants();
}

TEST_CASE("a handle is one product's or one group's") {
    Shop shop;
    shop.product({.sku = "SHIRT", .name = "Shirt"});
    CHECK(shop.get("/product-groups/shirt").body["kind"] == "product");
    const auto group = add(shop, shirt());
    CHECK(group.body["handle"] == "shirt-2");
    auto taken = shirt();
    taken["handle"] = "shirt";
    const auto refused = add(shop, taken);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "handle_taken");
    CHECK(refused.body["product_id"] == 1);

    const auto product =
        shop.post("/products", {{"sku", "A"}, {"name", "A"}, {"price", 1}, {"handle", "shirt-2"}}, shop.staff());
    CHECK(product.code() == "handle_taken");
    CHECK(product.body["group_id"] == group.body["id"]);
    shop.check_invariants();
}

TEST_CASE("handles are made of names: what is taken gets the SKU, then a number") {
    Shop shop;
    const auto handle = [&](const std::string& sku, const std::string& name) {
        const auto id = shop.product({.sku = sku, .name = name});
        return shop.get(fmt::format("/products/{}", id)).body["handle"].get<std::string>();
    };
    CHECK(handle("A", "Öl & Käse, 2 kg") == "ol-kase-2-kg");
    CHECK(handle("B", "Ol, Kase: 2 kg") == "ol-kase-2-kg-b");
    CHECK(handle("b.", "Ol, Kase: 2 kg") == "ol-kase-2-kg-b-2");
    CHECK(handle("§", "!!!") == "product-2");
    CHECK(handle("C", "靴") == "靴");
    CHECK(shop.get("/product-groups/%E9%9D%B4").body["name"] == "靴");
    for (int i = 0; i < 12; ++i) {
        handle("§" + std::string(static_cast<std::size_t>(i) + 1, '%'), "???");
    }
    shop.check_invariants();
}

TEST_CASE("a product keeps its handle when it is renamed, and can be given another") {
    Shop shop;
    const auto at = fmt::format("/products/{}", shop.product({.sku = "MUG", .name = "Mug"}));
    CHECK(shop.put(at, {{"name", "Cup"}}, shop.staff()).body["handle"] == "mug");
    CHECK(shop.put(at, {{"handle", "cup"}}, shop.staff()).body["handle"] == "cup");
    CHECK(shop.put(at, {{"handle", ""}}, shop.staff()).body["handle"] == "cup");
    CHECK(faulty(shop.put(at, {{"handle", "My cup"}}, shop.staff())) == Texts{"/handle"});
    CHECK(shop.get("/product-groups/mug").status == 404);
    CHECK(shop.get("/product-groups/cup").status == 200);

    const auto group = add(shop, shirt()).body;
    const auto variant = shop.put(fmt::format("/products/{}", variant_id(group, 0)), {{"handle", "red"}}, shop.staff());
    CHECK(faulty(variant) == Texts{"/handle"});
}

TEST_CASE("renaming a group renames its variants, but not those that were given a name of their own") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto own = fmt::format("/products/{}", variant_id(group, 3));
    REQUIRE(shop.put(own, {{"name", "The blue one"}, {"description", "Its own."}}, shop.staff()).status == 200);
    const auto renamed = shop.put(group_at(group), {{"name", "Blouse"}, {"description", "Of silk."}}, shop.staff(),
                                  {{"If-Match", "\"1\""}});
    REQUIRE(renamed.status == 200);
    CHECK(all(renamed.body["variants"], "name") ==
          Texts{"Blouse – Small / Red", "Blouse – Small / Blue", "Blouse – Large / Red", "The blue one"});
    CHECK(all(renamed.body["variants"], "description") == Texts{"Of silk.", "Of silk.", "Of silk.", "Its own."});
    CHECK(renamed.body["handle"] == "shirt");
    CHECK(renamed.body["version"] == 2);
    CHECK(renamed.body["variants"][0]["version"] == 2);
    CHECK(renamed.body["variants"][3]["version"] == 2);  // that of its own change
    CHECK(shop.put(group_at(group), {{"name", "X"}}, shop.staff(), {{"If-Match", "\"1\""}}).status == 412);
    shop.check_invariants();
}

TEST_CASE("options are renamed, put in order, added and taken away, and the variants follow") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto put = [&](const Json& body) { return shop.put(group_at(group), body, shop.staff()); };
    const auto both = [&](const Reply& reply) {
        std::vector<Texts> values;
        for (const auto& variant : reply.body.at("variants")) {
            values.push_back(values_of(variant));
        }
        return values;
    };

    SECTION("a value, and the option itself") {
        const auto reply = put({{"renamings", Json::array({{{"option", "colour"}, {"value", "red"}, {"to", "Crimson"}},
                                                           {{"option", "Colour"}, {"to", "Dye"}}})}});
        REQUIRE(reply.status == 200);
        CHECK(both(reply).front() == Texts{"Small", "Crimson"});
        CHECK(reply.body["variants"][0]["name"] == "Shirt – Small / Crimson");
        CHECK(reply.body["options"][1]["name"] == "Dye");
        CHECK(reply.body["variants"][0]["sku"] == "shirt-small-red");
    }
    SECTION("another order sorts the variants") {
        const auto reply = put({{"options", Json::array({{{"name", "Colour"}, {"values", Texts{"Blue", "Red"}}},
                                                         {{"name", "Size"}, {"values", Texts{"Small", "Large"}}}})}});
        REQUIRE(reply.status == 200);
        CHECK(both(reply) ==
              std::vector<Texts>{{"Blue", "Small"}, {"Blue", "Large"}, {"Red", "Small"}, {"Red", "Large"}});
        CHECK(reply.body["variants"][0]["name"] == "Shirt – Blue / Small");
    }
    SECTION("a new option gives all variants its first value") {
        auto options = size_and_colour();
        options.push_back({{"name", "Fit"}, {"values", Texts{"Regular", "Wide"}}});
        const auto reply = put({{"options", options}});
        REQUIRE(reply.status == 200);
        CHECK(both(reply).back() == Texts{"Large", "Blue", "Regular"});
        options.back()["values"] = Json::array();
        options.back()["name"] = "Cut";
        CHECK(faulty(put({{"options", options}})) == Texts{"/options/2/values"});
    }
    SECTION("what variants need stays") {
        auto options = size_and_colour();
        options.erase(1);
        const auto same = put({{"options", options}});
        CHECK(same.status == 409);
        CHECK(same.code() == "option_in_use");
        CHECK(same.body["products"].size() == 2);
        options = size_and_colour();
        options[1]["values"] = Texts{"Red"};
        const auto used = put({{"options", options}});
        CHECK(used.code() == "option_in_use");
        CHECK(all(used.body["products"], "sku") == Texts{"shirt-small-blue", "shirt-large-blue"});
        CHECK(faulty(put({{"renamings", Json::array({{{"option", "Colour"}, {"value", "Red"}, {"to", "blue"}},
                                                     {{"option", "Weight"}, {"to", "W"}},
                                                     {{"option", "Size"}, {"value", "XS"}, {"to", "W"}}})}})) ==
              Texts{"/renamings/0/to", "/renamings/1/option", "/renamings/2/value"});
    }
    SECTION("an option goes where no two variants are the same without it") {
        for (const auto place : {1U, 3U}) {
            REQUIRE(shop.remove(fmt::format("/products/{}", variant_id(group, place)), shop.staff()).status == 204);
        }
        auto options = size_and_colour();
        options.erase(1);
        const auto reply = put({{"options", options}});
        REQUIRE(reply.status == 200);
        CHECK(both(reply) == std::vector<Texts>{{"Small"}, {"Large"}});
        CHECK(reply.body["variants"][1]["name"] == "Shirt – Large");
    }
    SECTION("a change of nothing is none") { CHECK(put({{"options", size_and_colour()}}).body["version"] == 1); }
    shop.check_invariants();
}

TEST_CASE("price, stock and threshold are set for all variants, or for some") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto put = [&](const Json& body) { return shop.put(variants_at(group), body, shop.staff()); };
    const auto numbers = [](const Reply& reply, const char* member) {
        std::vector<std::int64_t> found;
        for (const auto& variant : reply.body.at("variants")) {
            found.push_back(variant.at(member).get<std::int64_t>());
        }
        return found;
    };
    using Numbers = std::vector<std::int64_t>;
    CHECK(numbers(put({{"set", {{"price", 900}, {"quantity", 7}, {"low_stock_threshold", 2}}}}), "price") ==
          Numbers{900, 900, 900, 900});
    CHECK(numbers(put({{"set", {{"adjust", -1}, {"reason", "damaged"}}}, {"products", {variant_id(group, 1)}}}),
                  "on_hand") == Numbers{7, 6, 7, 7});
    CHECK(read(shop, group)["price_from"] == 900);

    REQUIRE(shop.order({{variant_id(group, 2), 5}}).status == 201);
    const auto refused = put({{"set", {{"quantity", 4}, {"price", 1}}}});
    CHECK(refused.status == 409);
    CHECK(refused.code() == "below_reserved");
    CHECK(refused.body["product_id"] == variant_id(group, 2));
    CHECK(read(shop, group)["variants"][0]["price"] == 900);  // all or none

    CHECK(faulty(put({{"set", {{"sku", "A"}, {"name", "A"}, {"barcode", ""}, {"handle", ""}}}})) ==
          Texts{"/set/sku", "/set/handle", "/set/name", "/set/barcode"});
    CHECK(faulty(put({{"set", {{"price", 1}, {"note", "x"}}}})) == Texts{"/set/note"});
    CHECK(faulty(put({{"set", {{"price", 1}}}, {"products", {variant_id(group, 1), 99}}})) == Texts{"/products/1"});
    CHECK(put(Json::object()).status == 422);
    shop.check_invariants();
}

TEST_CASE("variants are put in order") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto put = [&](const std::vector<std::int64_t>& order) {
        return shop.put(variants_at(group), {{"order", order}}, shop.staff());
    };
    const auto third = variant_id(group, 2);
    const auto ordered = put({third});
    REQUIRE(ordered.status == 200);
    CHECK(all(ordered.body["variants"], "sku") ==
          Texts{"shirt-large-red", "shirt-small-red", "shirt-small-blue", "shirt-large-blue"});
    CHECK(ordered.body["version"] == 2);
    CHECK(put({third}).body["version"] == 2);
    CHECK(faulty(put({third, 99, third})) == Texts{"/order/1", "/order/2"});
    CHECK(all(shop.get("/product-groups/shirt").body["variants"], "sku").front() == "shirt-large-red");
}

TEST_CASE("a product joins a group, moves in it, and leaves it with a handle of its own") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto lone = shop.product({.sku = "OLD", .name = "Old shirt"});
    const auto at = fmt::format("{}/{}", variants_at(group), lone);
    const auto joined = shop.put(at, {{"values", Texts{"Huge", "Red"}}}, shop.staff(), {{"If-Match", "\"1\""}});
    REQUIRE(joined.status == 200);
    CHECK(joined.body["name"] == "Old shirt");
    CHECK(joined.body["handle"] == "");
    CHECK(joined.body["version"] == 2);
    CHECK(read(shop, group)["options"][0]["values"] == Json(Texts{"Small", "Large", "Huge"}));
    CHECK(read(shop, group)["price_from"] == 1250);
    CHECK(all(read(shop, group)["variants"], "sku").back() == "OLD");

    const auto made = variant_id(group, 0);
    const auto moved =
        shop.put(fmt::format("{}/{}", variants_at(group), made), {{"values", Texts{"Small", "Green"}}}, shop.staff());
    CHECK(moved.body["name"] == "Shirt – Small / Green");
    CHECK(all(read(shop, group)["variants"], "sku").front() == "shirt-small-red");

    const auto left = shop.remove(at, shop.staff());
    REQUIRE(left.status == 200);
    CHECK(left.body["group"].is_null());
    CHECK(left.body["handle"] == "old-shirt");
    CHECK(read(shop, group)["price_from"] == 2000);
    CHECK(shop.remove(at, shop.staff()).status == 404);
    shop.check_invariants();
}

TEST_CASE("a group that is removed leaves its products, each on its own") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    CHECK(shop.remove(group_at(group), shop.staff(), {{"If-Match", "\"7\""}}).status == 412);
    REQUIRE(shop.remove(group_at(group), shop.staff()).status == 204);
    CHECK(shop.get(group_at(group), shop.viewer()).status == 404);
    const auto products = shop.get("/products?sort=oldest").body["data"];
    CHECK(all(products, "handle") ==
          Texts{"shirt-small-red", "shirt-small-blue", "shirt-large-red", "shirt-large-blue"});
    CHECK(products[0]["group"].is_null());
    CHECK(kinds_of(shop, "product_group") == Texts{"product_group.created", "product_group.deleted"});
    CHECK(window(shop, "?q=linen").size() == 4);
    shop.check_invariants();
}

TEST_CASE("the window shows groups and what stands alone, in each order, page by page") {
    Shop shop;
    shop.product({.sku = "B", .name = "Bowl", .price = 500});
    shop.advance(seconds(1));
    add(shop, shirt());
    shop.advance(seconds(1));
    shop.product({.sku = "C", .name = "Cup", .price = 3000});
    auto apron = shirt();
    apron["name"] = "Apron";
    apron["generate"] = {{"price", 2000}};
    add(shop, apron);  // in the same moment as the cup

    CHECK(window(shop) == Texts{"Apron", "Cup", "Shirt", "Bowl"});
    CHECK(window(shop, "?sort=oldest") == Texts{"Bowl", "Shirt", "Cup", "Apron"});
    CHECK(window(shop, "?sort=name") == Texts{"Apron", "Bowl", "Cup", "Shirt"});
    CHECK(window(shop, "?sort=-name") == Texts{"Shirt", "Cup", "Bowl", "Apron"});
    CHECK(window(shop, "?sort=price") == Texts{"Bowl", "Shirt", "Apron", "Cup"});
    CHECK(window(shop, "?sort=-price") == Texts{"Cup", "Apron", "Shirt", "Bowl"});
    for (const std::string sort : {"newest", "oldest", "name", "-name", "price", "-price"}) {
        const auto whole = window(shop, "?sort=" + sort);
        Texts pages;
        std::string cursor;
        do {
            const auto page = shop.get(fmt::format("/product-groups?sort={}&limit=1{}", sort, cursor)).body;
            pages.push_back(page["data"].at(0)["name"].get<std::string>());
            const auto& next = page["next_cursor"];
            cursor = next.is_null() ? "" : "&cursor=" + next.get<std::string>();
        } while (!cursor.empty());
        CHECK(pages == whole);
    }

    const auto entries = shop.get("/product-groups?sort=name").body["data"];
    CHECK(all(entries, "kind") == Texts{"group", "product", "product", "group"});
    CHECK(entries[0]["orderable"] == false);
    CHECK(entries[3]["orderable"] == true);
    CHECK(entries[3]["variant_count"] == 4);
    CHECK(entries[1]["price_from"] == 500);
    CHECK(window(shop, "?in_stock=true&sort=name") == Texts{"Bowl", "Cup", "Shirt"});
    CHECK(window(shop, "?in_stock=false") == Texts{"Apron"});
    CHECK(window(shop, "?min_price=1000&max_price=2000&sort=name") == Texts{"Apron", "Shirt"});
}

TEST_CASE("the window finds a group by its name, its values, its text and a variant's SKU") {
    Shop shop;
    add(shop, shirt());
    shop.product({.sku = "BLU", .name = "Blue bowl"});
    CHECK(window(shop, "?q=SHIRT") == Texts{"Shirt"});
    CHECK(window(shop, "?q=shirt%20large%20blue") == Texts{"Shirt"});
    CHECK(window(shop, "?q=linen") == Texts{"Shirt"});
    CHECK(window(shop, "?q=sh%20la") == Texts{"Shirt"});
    CHECK(window(shop, "?q=shirt%20la") == Texts{"Shirt"});
    CHECK(window(shop, "?q=shirt-large-red") == Texts{"Shirt"});
    CHECK(window(shop, "?q=blue&sort=name") == Texts{"Blue bowl", "Shirt"});
    CHECK(window(shop, "?q=shirt%20green").empty());
    CHECK(window(shop, "?q=-").empty());
}

TEST_CASE("customers see of a group what is on sale") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    const auto set = [&](std::size_t place, const char* status) {
        REQUIRE(shop.put(fmt::format("/products/{}", variant_id(group, place)), {{"status", status}}, shop.staff())
                    .status == 200);
    };
    REQUIRE(shop.put(fmt::format("/products/{}", variant_id(group, 0)), {{"price", 100}}, shop.staff()).status == 200);
    CHECK(shop.get("/product-groups").body["data"][0]["price_from"] == 100);
    set(0, "archived");
    CHECK(shop.get("/product-groups").body["data"][0]["price_from"] == 2000);
    CHECK(shop.get("/product-groups").body["data"][0]["variant_count"] == 3);
    set(1, "hidden");
    CHECK(all(shop.get("/product-groups/shirt").body["variants"], "sku") ==
          Texts{"shirt-large-red", "shirt-large-blue"});
    set(2, "archived");
    set(3, "archived");
    CHECK(window(shop).empty());
    // Hidden as a whole, it is there for whoever has its address.
    const auto hidden = shop.get("/product-groups/shirt");
    CHECK(all(hidden.body["variants"], "sku") == Texts{"shirt-small-blue"});
    CHECK_FALSE(hidden.body["variants"][0].contains("on_hand"));
    set(1, "archived");
    CHECK(shop.get("/product-groups/shirt").status == 404);
    CHECK(shop.get("/product-groups/no-such").status == 404);
    CHECK(read(shop, group)["price_from"].is_null());
    shop.check_invariants();
}

TEST_CASE("lists of products say whose variants they are, and are narrowed to a group") {
    Shop shop;
    shop.product({.sku = "A", .name = "A"});
    const auto group = add(shop, shirt()).body;
    const auto id = group["id"].get<std::int64_t>();
    for (const std::string path : {"/products", "/admin/inventory"}) {
        const auto rows = shop.get(path + "?sort=oldest", path == "/products" ? "" : shop.viewer()).body["data"];
        REQUIRE(rows.size() == 5);
        CHECK(rows[0]["group"].is_null());
        CHECK(values_of(rows[4]) == Texts{"Large", "Blue"});
        const auto narrowed = shop.get(fmt::format("{}?group={}", path, id), shop.viewer()).body["data"];
        CHECK(narrowed.size() == 4);
    }
    CHECK(shop.get(fmt::format("/products/{}", variant_id(group, 3))).body["group"]["name"] == "Shirt");
}

TEST_CASE("words that thousands have are found too: in groups, and in what stands alone among them", "[large]") {
    Shop shop;
    constexpr int kGroups = 52;  // of more variants than are read and sorted
    std::string file = "Handle,Title,Option1 Name,Option1 Value,SKU,Quantity,Price\n";
    for (int group = 0; group < kGroups; ++group) {
        for (int size = 0; size < 80; ++size) {
            file += fmt::format("g{0},Woollen sock {0:02},Size,{1},S-{0}-{1},1,{0}\n", group, size);
        }
    }
    file += "hat,Woollen hat,,,HAT,1,7\nmug,Mug,,,MUG,1,8\n";
    REQUIRE(shop.send("POST", "/admin/inventory/import", file, "text/csv", shop.staff()).status == 201);
    for (const std::string words : {"woollen", "wo", "woollen%20wo"}) {
        INFO(words);
        for (const std::string sort : {"name", "-price", "newest"}) {
            CHECK(window(shop, "?limit=200&q=" + words + "&sort=" + sort).size() == kGroups + 1);
        }
        CHECK(window(shop, "?limit=2&q=" + words + "&sort=name") == Texts{"Woollen hat", "Woollen sock 00"});
        CHECK(shop.get("/products?limit=200&q=" + words).body["data"].size() == 200);
    }
    // Only this many stand alone.
    std::string more = "Handle,Title,SKU,Quantity,Price\n";
    for (int n = 0; n < 60; ++n) {
        more += fmt::format("cap{0},Woollen cap {0:02},CAP-{0},1,9\n", n);
    }
    REQUIRE(shop.send("POST", "/admin/inventory/import", more, "text/csv", shop.staff()).status == 201);
    CHECK(window(shop, "?limit=200&q=woollen").size() == kGroups + 61);
    CHECK(window(shop, "?limit=1&q=woollen&sort=name") == Texts{"Woollen cap 00"});
}

TEST_CASE("words that over two thousand groups have are found, and so is a SKU that is such a word", "[large]") {
    Shop shop;
    constexpr int kGroups = 2'010;  // more than are read and sorted
    std::string file = "Handle,Title,Option1 Name,Option1 Value,SKU,Quantity,Price\n";
    for (int group = 0; group < kGroups; ++group) {
        file += fmt::format("g{0},Woollen sock {0:04},Size,S,S-{0}-S,1,5\ng{0},,Size,M,S-{0}-M,1,5\n", group);
    }
    file += "gloves,Gloves,Size,S,woollen,1,5\ngloves,,Size,M,GLOVES-M,1,5\n";
    REQUIRE(shop.send("POST", "/admin/inventory/import", file, "text/csv", shop.staff()).status == 201);
    for (const std::string words : {"woollen", "wo", "woollen%20so"}) {
        INFO(words);
        const auto first = shop.get("/admin/product-groups?limit=2&q=" + words, shop.viewer());
        REQUIRE(first.status == 200);
        CHECK(first.body["data"].size() == 2);
        const auto next = "&cursor=" + first.body["next_cursor"].get<std::string>();
        CHECK(shop.get("/admin/product-groups?limit=2&q=" + words + next, shop.viewer()).body["data"].size() == 2);
        CHECK(window(shop, "?limit=200&q=" + words + "&sort=name").size() == 200);
    }
    const auto named = shop.get("/admin/product-groups?limit=1&sort=name&q=woollen", shop.viewer()).body["data"];
    CHECK(all(named, "name") == Texts{"Gloves"});
    CHECK(window(shop, "?limit=1&sort=name&q=woollen") == Texts{"Gloves"});
}

TEST_CASE("groups that over two thousand are like are found behind thousands that are not", "[large]") {
    Shop shop;
    constexpr int kSocks = 2'010;
    std::string file = "Handle,Title,Option1 Name,Option1 Value,SKU,Quantity,Price\n";
    for (int n = 0; n < 5'200; ++n) {  // more than are passed before the index is asked for the socks
        file += fmt::format("a{0},Anvil {0},Size,S,A-{0},1,5\n", n);
    }
    for (int n = 0; n < kSocks; ++n) {
        file += fmt::format("s{0},Woollen sock {0:04},Size,S,S-{0},1,5\n", n);
    }
    REQUIRE(shop.send("POST", "/admin/inventory/import", file, "text/csv", shop.staff()).status == 201);
    Texts names;
    std::string cursor;
    do {
        const auto page = shop.get("/admin/product-groups?sort=name&limit=200&q=woollen" + cursor, shop.viewer()).body;
        for (const auto& name : all(page["data"], "name")) {
            names.push_back(name);
        }
        cursor = page["next_cursor"].is_null() ? "" : "&cursor=" + page["next_cursor"].get<std::string>();
    } while (!cursor.empty());
    CHECK(names.size() == kSocks);
    CHECK(names.front() == "Woollen sock 0000");
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("staff list groups and search them, also those without variants") {
    Shop shop;
    add(shop, shirt());
    add(shop, {{"name", "Apron"}});
    add(shop, {{"name", "Boots"}, {"options", Json::array({{{"name", "Size"}, {"values", Texts{"44", "45"}}}})}});
    const auto list = [&](const std::string& query) {
        return all(shop.get("/admin/product-groups" + query, shop.viewer()).body["data"], "name");
    };
    CHECK(list("") == Texts{"Boots", "Apron", "Shirt"});
    CHECK(list("?sort=name") == Texts{"Apron", "Boots", "Shirt"});
    CHECK(list("?q=apr") == Texts{"Apron"});
    CHECK(list("?q=45") == Texts{"Boots"});
    CHECK(list("?q=shirt-small-red") == Texts{"Shirt"});
    Texts pages;
    std::string cursor;
    do {
        const auto page = shop.get("/admin/product-groups?sort=name&limit=1" + cursor, shop.viewer()).body;
        pages.push_back(page["data"].at(0)["name"].get<std::string>());
        cursor = page["next_cursor"].is_null() ? "" : "&cursor=" + page["next_cursor"].get<std::string>();
    } while (!cursor.empty());
    CHECK(pages == Texts{"Apron", "Boots", "Shirt"});
    CHECK(window(shop) == Texts{"Shirt"});
}

TEST_CASE("who may do what with groups") {
    Shop shop;
    const auto group = add(shop, shirt()).body;
    CHECK(shop.get("/admin/product-groups").status == 401);
    CHECK(shop.get("/admin/product-groups", shop.viewer()).status == 200);
    for (const auto& token : {std::string(), shop.viewer()}) {
        const auto refused = token.empty() ? 401 : 403;
        CHECK(shop.post("/admin/product-groups", shirt(), token).status == refused);
        CHECK(shop.put(group_at(group), {{"name", "X"}}, token).status == refused);
        CHECK(shop.remove(group_at(group), token).status == refused);
    }
}

TEST_CASE("a group has so many variants, an option so many values, and not one more") {
    Shop shop;
    const auto values = [](std::size_t count) {
        Texts texts;
        for (std::size_t i = 0; i < count; ++i) {
            texts.push_back(fmt::format("v{}", i));
        }
        return texts;
    };
    const auto group = [&](const std::vector<std::size_t>& counts) {
        auto options = Json::array();
        for (const auto count : counts) {
            options.push_back({{"name", fmt::format("o{}", options.size())}, {"values", values(count)}});
        }
        return Json{{"name", "Grid"}, {"options", options}, {"generate", {{"price", 1}}}};
    };
    static_assert(budget::kGroupVariants == 250 && budget::kOptionValues == 100);
    const auto full = add(shop, group({50, 5}));
    REQUIRE(full.status == 201);
    CHECK(full.body["variant_count"] == 250);
    CHECK(add(shop, group({83, 3})).status == 201);  // 249
    for (const auto& counts : {std::vector<std::size_t>{84, 3}, {100, 100, 100}}) {
        CHECK(add(shop, group(counts)).code() == "too_many_variants");
    }
    const auto more = shop.post(variants_at(full.body), {{"values", Texts{"v0", "new"}}, {"price", 1}}, shop.staff());
    CHECK(more.status == 409);
    CHECK(more.code() == "too_many_variants");

    CHECK(add(shop, group({99})).status == 201);
    const auto at = add(shop, group({100}));
    REQUIRE(at.status == 201);
    CHECK(faulty(add(shop, group({101}))) == Texts{"/options/0/values"});
    CHECK(shop.post(variants_at(at.body), {{"values", Texts{"new"}}, {"price", 1}}, shop.staff()).code() ==
          "too_many_variants");
    shop.check_invariants();
}

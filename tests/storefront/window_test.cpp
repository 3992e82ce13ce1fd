// The first page, collections and search, over HTTP.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "storefront/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t collection(Shop& shop, const std::string& name, const std::vector<std::int64_t>& products) {
    const auto made = shop.post("/admin/collections", {{"name", name}}, shop.staff()).body;
    const auto id = made.at("id").get<std::int64_t>();
    shop.post(fmt::format("/admin/collections/{}/products", id), {{"add", products}, {"remove", Json::array()}},
              shop.staff());
    return id;
}

std::size_t count_of(const std::string& text, std::string_view piece) {
    std::size_t found = 0;
    for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) {
        ++found;
    }
    return found;
}

std::string link_after(const std::string& text, std::string_view mark) {
    const auto at = text.find(mark);
    REQUIRE(at != std::string::npos);
    const auto begin = text.rfind("href=\"", at) + 6;
    auto link = text.substr(begin, text.find('"', begin) - begin);
    for (auto amp = link.find("&amp;"); amp != std::string::npos; amp = link.find("&amp;")) {
        link.replace(amp, 5, "&");
    }
    return link;
}

}  // namespace

TEST_CASE("the shop's pages are on by a setting; until then / leads to the dashboard") {
    Shop shop;
    shop.product({});
    CHECK(shop.get("/").status == 303);
    CHECK(shop.get("/").header("Location") == "/dashboard/");
    CHECK(shop.get("/p/mug").status == 404);
    CHECK(shop.get("/c/gifts").status == 404);
    CHECK(shop.get("/robots.txt").status == 404);
    CHECK(shop.get("/sitemap.xml").status == 404);
    open(shop);
    const auto page = shop.get("/");
    REQUIRE(page.status == 200);
    CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
    CHECK(has(page, "<title>Tide &amp; Clay</title>"));
    CHECK(has(page, "href=\"./p/mug\""));
    CHECK(has(page, "€12.50"));
    CHECK(page.text.size() < 60 * 1024);
    CHECK(shop.get("/admin").header("Location") == "/dashboard/");
    shop.check_invariants();
}

TEST_CASE("a full first page is under 60 KiB with its style, and comes from the cache with 304") {
    Shop shop;
    for (int i = 0; i < 30; ++i) {
        shop.product(
            {.sku = fmt::format("MUG-{}", i), .name = fmt::format("A mug with a rather long name, number {}", i)});
    }
    open(shop);
    const auto page = shop.get("/");
    REQUIRE(page.status == 200);
    CHECK(count_of(page.text, "href=\"./p/") == 24);
    CHECK(page.text.size() + shop.get("/pages/shop.css").text.size() < 60 * 1024);
    CHECK(page.header("Vary") == "Accept-Language, Cookie");
    CHECK(page.header("Cache-Control") == "no-cache");
    const auto etag = page.header("ETag");
    CHECK(shop.get("/", {}, {{"If-None-Match", etag}}).status == 304);
    shop.product({.sku = "NEW", .name = "New"});
    const auto changed = shop.get("/", {}, {{"If-None-Match", etag}});
    CHECK(changed.status == 200);
    CHECK(has(changed, "./p/new"));
    open(shop, {{"foot", "Made by hand."}});
    CHECK(has(shop.get("/", {}, {{"If-None-Match", changed.header("ETag")}}), "Made by hand."));
}

TEST_CASE("a list goes on page by page, in its order, and a page beyond the first is not for search engines") {
    Shop shop;
    for (int i = 0; i < 30; ++i) {
        shop.product({.sku = fmt::format("P{:02}", i), .name = fmt::format("Pot {:02}", i), .price = 1000 + i});
    }
    open(shop);
    const auto first = shop.get("/?sort=price");
    REQUIRE(first.status == 200);
    CHECK_FALSE(has(first, "noindex"));
    CHECK(first.text.find("Pot 00") < first.text.find("Pot 01"));
    const auto next = link_after(first.text, "Next page");
    CHECK(next.starts_with("./?sort=price&cursor="));
    const auto second = shop.get(next.substr(1));
    REQUIRE(second.status == 200);
    CHECK(count_of(second.text, "href=\"./p/") == 6);
    CHECK(has(second, "Pot 29"));
    CHECK(has(second, "noindex"));
    CHECK(link_after(second.text, "Back to the first page") == "./?sort=price");
    CHECK_FALSE(has(second, "Next page"));
    CHECK(shop.get("/?cursor=nonsense", {}, browser()).status == 422);
    // The language may change between pages, and a form sends its empty fields.
    for (const auto* path : {"/?q=&lang=de&sort=newest", "/?lang=en&sort=newest&q=", "/?q=%20pot%20", "/"}) {
        CAPTURE(path);
        const auto page = shop.get(path);
        const auto mark = has(page, "<html lang=\"en\">") ? "Next page" : "Nächste Seite";
        CHECK(count_of(shop.get(link_after(page.text, mark).substr(1)).text, "href=\"./p/") == 6);
    }
}

TEST_CASE("a search finds goods by their words, and says so if there are none") {
    Shop shop;
    shop.product({.sku = "MUG", .name = "Blue mug"});
    shop.product({.sku = "BOWL", .name = "Red bowl"});
    open(shop);
    const auto found = shop.get("/?q=blue");
    CHECK(has(found, "./p/blue-mug"));
    CHECK_FALSE(has(found, "./p/red-bowl"));
    CHECK(has(found, "noindex"));
    CHECK(has(found, "<h1>Search: blue</h1>"));
    CHECK(has(found, "value=\"blue\""));
    const auto none = shop.get("/?q=%3Cscript%3Ealert(1)%3C/script%3E");
    CHECK(none.status == 200);
    CHECK(has(none, "We found nothing for that."));
    CHECK(has(none, "Search: &lt;script&gt;"));
    CHECK_FALSE(has(none, "<script>alert"));
    CHECK(has(shop.get("/?q="), "./p/red-bowl"));
    CHECK(shop.get("/?q=" + std::string(201, 'a'), {}, browser()).status == 422);
}

TEST_CASE("links from elsewhere may have parameters of their own") {
    Shop shop;
    shop.product({});
    open(shop);
    CHECK(shop.get("/?utm_source=letter&fbclid=x").text == shop.get("/").text);
    CHECK(shop.get("/p/mug?utm_source=letter").status == 200);
    CHECK(shop.get("/products?utm_source=letter").status == 422);  // the API names them
}

TEST_CASE("a collection has a page by its handle, and a group is in it if a variant on sale is") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .name = "Mug"});
    shop.product({.sku = "BOWL", .name = "Bowl"});
    const auto group = shop.post("/admin/product-groups",
                                 {{"name", "Shirt"},
                                  {"options", Json::array({{{"name", "Size"}, {"values", {"S", "L"}}}})},
                                  {"generate", {{"price", 2000}, {"quantity", 3}}}},
                                 shop.staff())
                           .body;
    const auto small = group.at("variants").at(0).at("id").get<std::int64_t>();
    const auto gifts = collection(shop, "Gifts", {mug, small});
    open(shop);
    const auto page = shop.get("/c/gifts");
    REQUIRE(page.status == 200);
    CHECK(has(page, "<h1>Gifts</h1>"));
    CHECK(has(page, "../p/mug"));
    CHECK(has(page, "../p/shirt"));
    CHECK_FALSE(has(page, "../p/bowl"));
    CHECK(has(page, "2 kinds"));
    CHECK(has(shop.get("/"), "href=\"./c/gifts\""));
    CHECK(shop.get(fmt::format("/c/{}", gifts)).text == page.text);
    const auto rows = shop.get("/product-groups?collection=gifts&sort=name").body.at("data");
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).at("handle") == "mug");
    CHECK(rows.at(1).at("handle") == "shirt");
    CHECK(shop.get("/product-groups?collection=nothing").body.at("data").empty());
    shop.put(fmt::format("/admin/inventory/{}", small), {{"status", "archived"}}, shop.staff());
    CHECK_FALSE(has(shop.get("/c/gifts"), "../p/shirt"));
}

TEST_CASE("a page is in the language of the link, of the visitor's choice, of the browser, or of the shop") {
    Shop shop;
    shop.product({});
    open(shop);
    CHECK(has(shop.get("/"), "<html lang=\"en\">"));
    CHECK(has(shop.get("/", {}, browser("de-AT, en;q=0.5")), "<html lang=\"de\">"));
    const auto chosen = shop.get("/?lang=de", {}, browser("en"));
    CHECK(has(chosen, "<html lang=\"de\">"));
    CHECK(has(chosen, "12,50\u00a0€"));
    const auto cookie = chosen.header("Set-Cookie");
    CHECK(cookie.starts_with("shop_language=de; Path=/; "));
    CHECK(cookie.find("SameSite=Lax") != std::string::npos);
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    auto again = browser("en");
    again["Cookie"] = "shop_language=de";
    CHECK(has(shop.get("/", {}, again), "<html lang=\"de\">"));
    CHECK(shop.get("/", {}, again).header("Set-Cookie").empty());
    CHECK(has(shop.get("/?lang=xx", {}, browser("de")), "<html lang=\"de\">"));
    CHECK(has(shop.get("/?q=mug&sort=price"), "href=\"?q=mug&amp;sort=price&amp;lang=de\""));
    shop.put("/admin/settings", {{"locale", "de"}}, shop.owner());
    CHECK(has(shop.get("/"), "<html lang=\"de\">"));
}

TEST_CASE("a browser gets each problem as a page of the shop, with its status; a program gets the document") {
    Shop shop;
    shop.put("/admin/settings", {{"shop_name", "Tide & Clay"}}, shop.owner());
    CHECK_FALSE(has(shop.get("/nowhere", {}, browser()), "shop.css"));
    open(shop);
    const auto page = shop.get("/p/nothing", {}, browser("de"));
    CHECK(page.status == 404);
    CHECK(has(page, "<html lang=\"de\">"));
    CHECK(has(page, "../pages/shop.css?v="));
    CHECK(has(page, "href=\"../\""));
    CHECK(page.header("Cache-Control") == "no-store");
    CHECK(has(shop.get("/nowhere", {}, browser()), "./pages/shop.css?v="));
    const auto method = shop.send("POST", "/robots.txt", "", "text/plain", {}, browser());
    CHECK(method.status == 405);
    CHECK(method.header("Allow") == "GET, HEAD, OPTIONS");
    CHECK(shop.get("/p/nothing").code() == "not_found");
    CHECK(shop.get("/p/nothing").body.at("status") == 404);
}

TEST_CASE("staff who look at the shop are visitors: no credential is read, and none is refused") {
    Shop shop;
    shop.product({});
    open(shop);
    CHECK(shop.get("/", "not-a-token").status == 200);
    CHECK(shop.get("/", shop.owner()).text == shop.get("/").text);
    CHECK(shop.get("/products", "not-a-token").status == 401);
}

TEST_CASE("a theme's colours can be read whatever they are, and their style is kept until it changes") {
    Shop shop;
    shop.product({});
    open(shop, {{"accent", "#ffe600"}});
    const auto page = shop.get("/");
    const auto at = page.text.find("./pages/shop.css?v=") + 1;
    const auto path = page.text.substr(at, page.text.find('"', at) - at);
    const auto style = shop.get(path);
    CHECK(style.header("Content-Type") == "text/css; charset=utf-8");
    CHECK(style.header("Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(shop.get("/pages/shop.css").header("Cache-Control") == "no-cache");
    CHECK(has(style, "--accent: #ffe600"));
    CHECK(has(style, "--on-accent: #000000"));
    CHECK(count_of(style.text, "--link: #ffe600") == 1);  // by night; by day nobody could read it
    CHECK_FALSE(has(style, "{{"));
    open(shop, {{"accent", "#123456"}, {"headings", "sans"}});
    CHECK(shop.get(path).header("Cache-Control") == "no-cache");
    CHECK_FALSE(has(shop.get("/"), path));
}

TEST_CASE("what is no colour or leads elsewhere in secret is refused by its field") {
    Shop shop;
    const auto refused =
        shop.put("/admin/settings",
                 {{"storefront",
                   storefront_setting({{"accent", "#12345g"},
                                       {"links", Json::array({{{"text", "Terms"}, {"url", "/terms"}},
                                                              {{"text", "Bad"}, {"url", "javascript:alert(1)"}},
                                                              {{"text", "Bad"}, {"url", "//elsewhere.example"}}})}})}},
                 shop.owner());
    CHECK(refused.status == 422);
    REQUIRE(refused.body.at("errors").size() == 3);
    CHECK(refused.body.at("errors").at(0).at("pointer") == "/storefront/accent");
    CHECK(refused.body.at("errors").at(1).at("pointer") == "/storefront/links/1/url");
    CHECK(refused.body.at("errors").at(2).at("pointer") == "/storefront/links/2/url");
    open(shop, {{"links", Json::array({{{"text", "Terms <1>"}, {"url", "/terms"}}})}});
    CHECK(has(shop.get("/"), "<a href=\"./terms\">Terms &lt;1&gt;</a>"));
}

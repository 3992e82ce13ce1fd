// The page of a product, and what search engines and messengers read of the shop, over HTTP.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "storefront/support.h"
#include "support/picture_files.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// The JSON that a page has for search engines.
Json structured(const Reply& page) {
    const std::string mark = "<script type=\"application/ld+json\">";
    const auto begin = page.text.find(mark);
    REQUIRE(begin != std::string::npos);
    const auto end = page.text.find("</script>", begin);
    return Json::parse(page.text.substr(begin + mark.size(), end - begin - mark.size()));
}

void change(Shop& shop, std::int64_t product, const Json& changes) {
    const auto reply = shop.put(fmt::format("/admin/inventory/{}", product), changes, shop.staff());
    CAPTURE(reply.text);
    REQUIRE(reply.status == 200);
}

/// A shirt in two sizes and two colours; the large blue one is sold out.
Json shirt(Shop& shop) {
    auto group = shop.post("/admin/product-groups",
                           {{"name", "Shirt"},
                            {"description", "Of linen."},
                            {"options", Json::array({{{"name", "Size"}, {"values", {"Small", "Large"}}},
                                                     {{"name", "Colour"}, {"values", {"Red", "Blue"}}}})},
                            {"generate", {{"price", 2000}, {"quantity", 9}}}},
                           shop.staff())
                     .body;
    const auto last = group.at("variants").at(3).at("id").get<std::int64_t>();
    change(shop, last, {{"quantity", 0}, {"price", 2500}});
    return group;
}

}  // namespace

TEST_CASE("a product's page says what it is, what it costs, and whether it can be had") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .name = "Mug", .price = 1200, .on_hand = 20});
    change(shop, mug,
           {{"description", "Thrown by hand.\n\nHolds <plenty>."},
            {"content", {{"quantity", 500}, {"unit", "ml"}}},
            {"most_per_order", 4},
            {"barcode", "4006381333931"}});
    open(shop);
    const auto page = shop.get("/p/mug");
    REQUIRE(page.status == 200);
    CHECK(has(page, "<title>Mug · Tide &amp; Clay</title>"));
    CHECK(has(page, "<h1>Mug</h1>"));
    CHECK(has(page, "<strong>€12.00</strong>"));
    CHECK(has(page, "€24.00 / l"));
    CHECK(has(page, "Tax included, plus delivery"));
    CHECK(has(page, "Holds &lt;plenty&gt;."));
    CHECK(has(page, "In stock"));
    CHECK(has(page, "action=\"../basket\""));
    CHECK(has(page, "name=\"sku\" value=\"MUG\""));
    CHECK(has(page, "max=\"4\""));
    CHECK(has(page, "At most 4 in an order"));
    CHECK(has(page, "500 ml"));
    CHECK(page.text.size() < 60 * 1024);
    const auto data = structured(page);
    CHECK(data.at("@type") == "Product");
    CHECK(data.at("gtin") == "4006381333931");
    CHECK(data.at("offers").at("price") == "12.00");
    CHECK(data.at("offers").at("priceCurrency") == "EUR");
    CHECK(data.at("offers").at("availability") == "https://schema.org/InStock");
    CHECK(shop.get("/p/mug", {}, {{"If-None-Match", page.header("ETag")}}).status == 304);
    CHECK(shop.get("/p/MUG").status == 200);
    CHECK(shop.get("/p/bowl").status == 404);
    change(shop, mug, {{"status", "archived"}});
    CHECK(shop.get("/p/mug").status == 404);
}

TEST_CASE("a page says in words how much there is, and when more comes") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 20});
    open(shop);
    const auto says = [&](const Json& changes, std::string_view words, bool orderable) {
        change(shop, mug, changes);
        const auto page = shop.get("/p/mug");
        CAPTURE(words);
        CHECK(has(page, words));
        CHECK(has(page, "action=\"../basket\"") == orderable);
        return structured(page).at("offers").at("availability").get<std::string>();
    };
    CHECK(says({{"quantity", 6}}, ">In stock<", true) == "https://schema.org/InStock");
    says({{"quantity", 5}}, "Only 5 left", true);
    says({{"quantity", 1}}, "Only 1 left", true);
    CHECK(says({{"quantity", 0}}, ">Sold out<", false) == "https://schema.org/OutOfStock");
    CHECK(says({{"stock_policy", "beyond"}, {"beyond_limit", 10}}, "Not in stock yet; you can order now", true) ==
          "https://schema.org/BackOrder");
    says({{"expected_on", "2027-01-09"}}, "Expected on 9 January 2027; you can order now", true);
    says({{"beyond_limit", 0}}, "Sold out; expected again on 9 January 2027", false);
    says({{"stock_policy", "uncounted"}, {"expected_on", nullptr}}, ">Available<", true);
}

TEST_CASE("a reduced price stands beside what it was, and the lowest of 30 days") {
    Shop shop;
    const auto mug = shop.product({.price = 1500});
    shop.advance(days(40));
    shop.sign_in_again();
    change(shop, mug, {{"price", 1300}});
    shop.advance(days(10));
    shop.sign_in_again();
    change(shop, mug, {{"price", 1000}, {"compare_at_price", 1500}});
    open(shop);
    for (const auto* path : {"/p/mug", "/"}) {
        const auto page = shop.get(path);
        CAPTURE(path);
        CHECK(has(page, "€15.00</s>"));
        CHECK(has(page, "€10.00"));
        CHECK(has(page, "Lowest price of the last 30 days: €13.00"));
    }
    CHECK(has(shop.get("/"), ">Reduced<"));
}

TEST_CASE("a group's variant is chosen by plain links, one for each value") {
    Shop shop;
    shirt(shop);
    open(shop);
    const auto page = shop.get("/p/shirt");
    REQUIRE(page.status == 200);
    CHECK(has(page, "value=\"shirt-small-red\""));
    CHECK(has(page, "href=\"../p/shirt?sku=shirt-large-red#choose\">Large</a>"));
    CHECK(has(page, "href=\"../p/shirt?sku=shirt-small-red#choose\" aria-current=\"true\">Red</a>"));
    const auto large = shop.get("/p/shirt?sku=shirt-large-red");
    CHECK(has(large, "value=\"shirt-large-red\""));
    CHECK(has(large, "href=\"../p/shirt?sku=shirt-large-blue#choose\" class=\"out\">Blue<"));
    const auto blue = shop.get("/p/shirt?sku=SHIRT-LARGE-BLUE");
    CHECK(has(blue, "€25.00"));
    CHECK(has(blue, ">Sold out<"));
    CHECK_FALSE(has(blue, "name=\"quantity\""));
    CHECK(has(blue, "href=\"?sku=shirt-large-blue&amp;lang=de\""));
    CHECK(has(shop.get("/p/shirt?sku=nothing"), "value=\"shirt-small-red\""));
    const auto offers = structured(page).at("offers");
    CHECK(offers.at("@type") == "AggregateOffer");
    CHECK(offers.at("lowPrice") == "20.00");
    CHECK(offers.at("highPrice") == "25.00");
    CHECK(offers.at("offerCount") == 4);
    CHECK(has(shop.get("/"), "from €20.00"));
}

TEST_CASE("what staff type cannot become part of a page") {
    Shop shop;
    const std::string evil = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{shop_name}}";
    const auto mug = shop.product({.sku = "E\"><b>", .name = evil});
    change(shop, mug, {{"description", evil}});
    shop.post("/admin/collections", {{"name", evil.substr(0, 90)}}, shop.staff());
    open(shop, {{"intro", evil}, {"foot", evil}});
    const auto handle = shop.get("/products").body.at("data").at(0).at("handle").get<std::string>();
    for (const auto& path : {std::string("/"), "/p/" + handle, std::string("/?q=alert")}) {
        const auto page = shop.get(path);
        CAPTURE(path);
        REQUIRE(page.status == 200);
        CHECK_FALSE(has(page, "<script>"));
        CHECK_FALSE(has(page, "<img src=x"));
        CHECK(has(page, "{{shop_name}}"));
        CHECK_FALSE(has(page, "style="));
        CHECK(page.header("Content-Security-Policy").find("unsafe") == std::string::npos);
    }
    CHECK(structured(shop.get("/p/" + handle)).at("description") == evil);
}

TEST_CASE("pictures come in the sizes that a window needs, with their texts") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .name = "Mug"});
    constexpr catalog::Extent kLarge{.width = 2000, .height = 1000};
    REQUIRE(shop.send("POST", fmt::format("/admin/inventory/{}/pictures?alt=A%20mug%20from%20above", mug),
                      jpeg_of(kLarge, quarters(kLarge)), "image/jpeg", shop.staff())
                .status == 201);
    open(shop);
    const auto picture = shop.get("/products").body.at("data").at(0).at("pictures").at(0);
    const auto page = shop.get("/p/mug");
    for (const auto& size : picture.at("sizes")) {
        CHECK(has(page, fmt::format("..{} {}w", size.at("url").get<std::string>(), size.at("width").get<int>())));
    }
    CHECK(has(page, "alt=\"A mug from above\""));
    CHECK(has(page, "width=\"1600\" height=\"800\""));
    const auto url = shop.app().url();
    CHECK(has(page, fmt::format("property=\"og:image\" content=\"{}{}\"", url, picture.at("url").get<std::string>())));
    CHECK(structured(page).at("image").at(0) == url + picture.at("url").get<std::string>());
    CHECK(has(shop.get("/"), "fetchpriority=\"high\""));
}

TEST_CASE("search engines find each page once: canonical, languages, robots.txt and the site map") {
    Shop shop;
    shop.product({.sku = "MUG", .name = "Mug"});
    const auto hidden = shop.product({.sku = "BOWL", .name = "Bowl"});
    change(shop, hidden, {{"status", "hidden"}});
    shirt(shop);
    shop.post("/admin/collections", {{"name", "Gifts"}}, shop.staff());
    open(shop);
    const auto url = shop.app().url();
    const auto page = shop.get("/p/shirt?sku=shirt-large-red&lang=de");
    CHECK(has(page, fmt::format("<link rel=\"canonical\" href=\"{}/p/shirt\">", url)));
    CHECK(has(page, fmt::format("hreflang=\"de\" href=\"{}/p/shirt?lang=de\"", url)));
    CHECK(has(page, "property=\"og:type\" content=\"product\""));
    CHECK(has(page, "name=\"description\" content=\"Of linen.\""));
    const auto robots = shop.get("/robots.txt");
    CHECK(robots.status == 200);
    CHECK(has(robots, "Disallow: /basket\n"));
    CHECK(has(robots, fmt::format("Sitemap: {}/sitemap.xml\n", url)));
    const auto map = shop.get("/sitemap.xml");
    CHECK(map.header("Content-Type") == "application/xml; charset=utf-8");
    CHECK(has(map, fmt::format("<loc>{}/</loc>", url)));
    CHECK(has(map, fmt::format("<loc>{}/p/mug</loc>", url)));
    CHECK(has(map, fmt::format("<loc>{}/p/shirt</loc>", url)));
    CHECK(has(map, fmt::format("<loc>{}/c/gifts</loc>", url)));
    CHECK_FALSE(has(map, "bowl"));
    CHECK(shop.get("/sitemap/1.xml").text == map.text);
    CHECK(shop.get("/sitemap/2.xml").status == 404);
    CHECK(shop.get("/p/bowl").status == 200);
    const auto icon = shop.get("/favicon.svg");
    CHECK(icon.header("Content-Type") == "image/svg+xml");
    CHECK(has(icon, ">T</text>"));
}

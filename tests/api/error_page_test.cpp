// Who follows a link that leads nowhere reads a page of the shop; a program gets the problem document.

#include <filesystem>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "api/conditional.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

const Headers kBrowser{{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}};

bool has(const Reply& page, const std::string& text) { return page.text.find(text) != std::string::npos; }

void name_it(Shop& shop, const std::string& name) {
    REQUIRE(shop.put("/admin/settings", {{"shop_name", name}}, shop.owner()).status == 200);
}

}  // namespace

TEST_CASE("D5: a link that leads nowhere is a page in the shop's name to a browser") {
    Shop shop;
    name_it(shop, "Mugs & <Pots>");
    const std::string path = GENERATE("/receipt/1001-wrong", "/receipt/%00", "/track/1001-wrong", "/no-such-page",
                                      "/a/b/c/d", "/dashboard/assets/gone.js", "/pages/x", "/docs/x",
                                      "//evil.example/x", "/%3Cscript%3Ealert(1)%3C/script%3E", "/orders/1001/x/y");
    CAPTURE(path);
    const auto page = shop.get(path, "", kBrowser);
    CAPTURE(page.text);
    CHECK((page.status == 404 || page.status == 400));
    CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
    CHECK(has(page, "<header class=\"shop\"><p>Mugs &amp; &lt;Pots&gt;</p></header>"));
    CHECK(has(page, "<html lang=\"en\">"));
    CHECK_FALSE(has(page, "\"code\""));
    CHECK_FALSE(has(page, "<script"));
    const auto policy = page.header("Content-Security-Policy");
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("unsafe-inline") == std::string::npos);
    CHECK(page.header("Cache-Control") == "no-store");
    CHECK(page.header("X-Robots-Tag") == "noindex, nofollow");
    CHECK_FALSE(page.header("X-Request-Id").empty());
}

TEST_CASE("D5: a program gets the problem document, as ever") {
    Shop shop;
    const std::string accept =
        GENERATE("", "*/*", "application/json", "application/problem+json", "application/json, text/html;q=0.9",
                 "text/html;q=0, */*", "text/*", "image/png");
    CAPTURE(accept);
    const Headers headers = accept.empty() ? Headers{} : Headers{{"Accept", accept}};
    for (const auto* path : {"/receipt/1001-wrong", "/no-such-page"}) {
        const auto answer = shop.get(path, "", headers);
        CHECK(answer.header("Content-Type") == "application/problem+json");
        CHECK(answer.body.is_object());
    }
}

TEST_CASE("D5: the page has the status, the headers and the words of what went wrong") {
    Shop shop;
    const auto wrong_method = shop.send("DELETE", "/receipt/x", "", "", "", kBrowser);
    CHECK(wrong_method.status == 405);
    CHECK(wrong_method.header("Allow") == "GET, HEAD, OPTIONS");
    CHECK(has(wrong_method, "<h1>That does not work here</h1>"));
    const auto signed_out = shop.get("/admin/orders/export", "", kBrowser);
    CHECK(signed_out.status == 401);
    CHECK(has(signed_out, "<h1>Please sign in</h1>"));
    CHECK(has(signed_out, "href=\"./../../dashboard/\""));
    const auto faulty = shop.get("/products?%3Cb%3E=1", "", kBrowser);
    CHECK(faulty.status == 422);
    CHECK(faulty.header("Content-Type") == "text/html; charset=utf-8");
    CHECK_FALSE(has(faulty, "<b>"));
    const auto head = shop.send("HEAD", "/receipt/x", "", "", "", kBrowser);
    CHECK(head.status == 404);
    CHECK(head.text.empty());
    CHECK(head.header("Content-Type") == "text/html; charset=utf-8");
    // Behind a proxy that serves the shop under a folder, too, the style is found.
    CHECK(has(shop.get("/x", "", kBrowser), "href=\"./pages/page.css\""));
    CHECK(has(shop.get("/a/b/c", "", kBrowser), "href=\"./../../pages/page.css\""));
}

TEST_CASE("D5: who asks too often is told when to come back, on a page") {
    Shop shop([](app::Config& config) { config.trusted_proxies = {"127.0.0.0/8"}; });
    Headers headers = kBrowser;
    headers["X-Forwarded-For"] = "203.0.113.9";
    Reply page;
    for (int tries = 0; tries < 500 && page.status != 429; ++tries) {
        page = shop.send("POST", "/auth/login", "{}", "application/json", "", headers);
    }
    REQUIRE(page.status == 429);
    CHECK(has(page, "<h1>Too many requests</h1>"));
    const auto wait = page.header("Retry-After");
    REQUIRE_FALSE(wait.empty());
    CHECK(has(page, "It can be tried again in " + wait + " second"));
}

TEST_CASE("D5: the page follows the shop's name, and its own template") {
    Shop shop;
    name_it(shop, "First");
    CHECK(has(shop.get("/x", "", kBrowser), "First"));
    name_it(shop, "Second");
    CHECK(has(shop.get("/x", "", kBrowser), "Second"));
    const auto folder = shop.folder() / "templates";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "error.html")
        << "{{> page_top}}<p>Oh dear: {{status}} at {{shop_name}}</p>{{> page_bottom}}";
    CHECK(has(shop.get("/x", "", kBrowser), "<p>Oh dear: 404 at Second</p>"));
}

TEST_CASE("D5: while the shop drains or cannot read, the page is there") {
    Shop shop;
    name_it(shop, "Mugs");
    REQUIRE(has(shop.get("/x", "", kBrowser), "Mugs"));
    shop.store().stop();
    const auto page = shop.send("POST", "/orders", Shop::order_body({{1, 1}}).dump(), "application/json", "", kBrowser);
    CHECK(page.status >= 400);
    CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
    CHECK(has(page, "Mugs"));
}

TEST_CASE("D5: a header that names HTML before data asks for a page") {
    using api::prefers_html;
    CHECK(prefers_html("text/html"));
    CHECK(prefers_html("TEXT/HTML;q=0.9, */*;q=0.1"));
    CHECK(prefers_html("application/json;q=0.5, text/html;q=0.5"));
    CHECK(prefers_html("text/html;q=0.001"));
    CHECK_FALSE(prefers_html(""));
    CHECK_FALSE(prefers_html("*/*"));
    CHECK_FALSE(prefers_html("text/html;q=0"));
    CHECK_FALSE(prefers_html("text/html;q=0.000, application/json"));
    CHECK_FALSE(prefers_html("text/html;q=0.8, application/json;q=0.9"));
    CHECK_FALSE(prefers_html("text/htmlx, text/event-stream"));
    CHECK_FALSE(prefers_html(",;,;q=,=;q"));
}

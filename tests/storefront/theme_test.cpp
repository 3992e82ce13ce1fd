// The shop's logo, and its look before it is saved.

#include <catch2/catch_test_macros.hpp>

#include "notify/mail_support.h"
#include "storefront/support.h"
#include "support/picture_files.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Reply send_logo(Shop& shop, const std::string& file, const std::string& token) {
    return shop.send("POST", "/admin/logos", file, "image/png", token);
}

}  // namespace

TEST_CASE("a logo is sent, looked at, and then chosen; it stands at the head of pages and mails, and can be removed") {
    MailShop it;
    it.set_up();
    auto& shop = it.shop;
    open(shop);
    CHECK(send_logo(shop, png_of({1200, 300}, quarters({1200, 300})), shop.staff()).status == 403);
    const auto sent = send_logo(shop, png_of({1200, 300}, quarters({1200, 300})), shop.owner());
    REQUIRE(sent.status == 201);
    CHECK(sent.body["width"] == 480);
    CHECK(sent.body["height"] == 120);
    const auto hash = sent.body["hash"].get<std::string>();
    const auto url = sent.body["url"].get<std::string>();
    CHECK_FALSE(has(shop.get("/", "", browser()), "/logo/"));
    const auto preview = shop.get("/admin/storefront/preview?logo=" + hash, shop.owner());
    CHECK(preview.status == 200);
    CHECK(has(preview, "src=\"../../logo/" + hash + ".webp\""));

    const auto file = shop.get(url);
    CHECK(file.status == 200);
    CHECK(file.header("Content-Type") == "image/webp");
    CHECK(file.text.starts_with("RIFF"));
    CHECK(shop.get("/logo/0000.webp").status == 404);

    CHECK(shop.put("/admin/settings", {{"logo", std::string(40, '0')}}, shop.owner()).status == 422);
    REQUIRE(shop.put("/admin/settings", {{"logo", hash}}, shop.owner()).status == 200);
    const auto page = shop.get("/", "", browser());
    CHECK(has(page, "<img src=\"./logo/" + hash + ".webp\" width=\"480\" height=\"120\" alt=\"Tide &amp; Clay\">"));
    it.place();
    CHECK(has(it.newest()["html"], "<img src=\"" + shop.app().url() + url + "\""));
    CHECK(has(it.newest()["html"], "alt=\"Tide &amp; Clay\""));
    REQUIRE(shop.post("/admin/settings/mail/test", {{"to", "ada@example.com"}}, shop.owner()).status == 200);
    CHECK(has(it.newest()["html"], "<img src=\"" + shop.app().url() + url + "\""));

    for (std::size_t i = 0; i < 12; ++i) {  // others that are not chosen do not take it away
        REQUIRE(send_logo(shop, png_of({40 + i, 40}, quarters({40, 40})), shop.owner()).status == 201);
    }
    CHECK(shop.get(url).status == 200);
    REQUIRE(shop.put("/admin/settings", {{"logo", nullptr}}, shop.owner()).status == 200);
    CHECK_FALSE(has(shop.get("/", "", browser()), "/logo/"));
    CHECK(send_logo(shop, "GIF89a", shop.owner()).status == 415);
    CHECK(send_logo(shop, "<svg xmlns='http://www.w3.org/2000/svg'/>", shop.owner()).status == 415);
    shop.check_invariants();
}

TEST_CASE("the shop's look is shown before it is saved, to its owner alone") {
    Shop shop;
    shop.product({});
    const std::string look = "?accent=%23ff8800&headings=sans&intro=%3Cb%3EMugs";
    const auto page = shop.get("/admin/storefront/preview" + look, shop.owner());
    REQUIRE(page.status == 200);
    CHECK(has(page, "preview.css?accent=%23ff8800&amp;headings=sans"));
    CHECK(has(page, "&lt;b&gt;Mugs"));
    CHECK(has(page, "href=\"../../p/mug\""));
    CHECK(page.header("Cache-Control") == "no-store");
    CHECK(page.header("Content-Security-Policy").find("frame-ancestors 'none'") != std::string::npos);
    const auto style = shop.get("/admin/storefront/preview.css" + look.substr(0, look.find("&intro")), shop.owner());
    CHECK(style.status == 200);
    CHECK(has(style, "--accent: #ff8800"));
    CHECK(shop.get("/admin/storefront/preview" + look, shop.staff()).status == 403);
    CHECK(shop.get("/admin/storefront/preview" + look).status == 401);
    CHECK(shop.get("/admin/storefront/preview.css?accent=%23zzzzzz", shop.owner()).status == 200);  // the shop's own
    CHECK(shop.get("/admin/settings", shop.owner()).body["storefront"]["accent"] == "#1f4e46");
    CHECK_FALSE(has(shop.get("/pages/shop.css"), "#ff8800"));
}

// The shop's legal texts: versions by language, their pages, and which of them an order accepted.

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "base/marked_text.h"
#include "notify/mail_support.h"
#include "storefront/buyer.h"
#include "storefront/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string legal_path(const std::string& kind, const std::string& language) {
    return "/admin/texts/" + kind + "/" + language;
}

Reply save_legal(Shop& shop, const std::string& kind, const std::string& language, const std::string& text) {
    const auto now = shop.get(legal_path(kind, language), shop.owner());
    return shop.put(legal_path(kind, language), {{"text", text}}, shop.owner(), {{"If-Match", now.header("ETag")}});
}

Json legal_version(const std::string& kind, int number, const std::string& language) {
    return {{"kind", kind}, {"version", number}, {"language", language}};
}

bool page_says(const Buyer& buyer, const std::string& text) { return buyer.page().find(text) != std::string::npos; }

Json order_1001(Shop& shop) { return shop.get("/admin/orders/1001", shop.owner()).body; }

}  // namespace

TEST_CASE("a legal text is saved as a new version, and those before it stay readable") {
    Shop shop;
    const auto none = shop.get(legal_path("terms", "en"), shop.viewer());
    CHECK(none.body["version"] == 0);
    CHECK(none.header("ETag") == "\"0\"");
    REQUIRE(save_legal(shop, "terms", "en", "# First\n\nWe sell mugs.").status == 200);
    const auto second = save_legal(shop, "terms", "en", "# Second\n\nWe sell pots.");
    REQUIRE(second.status == 200);
    CHECK(second.body["version"] == 2);
    CHECK(second.header("ETag") == "\"2\"");
    CHECK(save_legal(shop, "terms", "en", "# Second\n\nWe sell pots.\n").body["version"] == 2);  // the same text
    CHECK(shop.get(legal_path("terms", "en") + "?version=1", shop.viewer()).body["text"] == "# First\n\nWe sell mugs.");
    CHECK(shop.get(legal_path("terms", "en") + "?version=3", shop.viewer()).status == 404);
    const auto versions = shop.get(legal_path("terms", "en") + "/versions?limit=1", shop.viewer());
    REQUIRE(versions.body["data"].size() == 1);
    CHECK(versions.body["data"][0]["version"] == 2);
    CHECK(versions.body["next_cursor"].is_string());
    CHECK(shop.get("/admin/texts", shop.viewer()).body["data"].size() == 16);

    CHECK(shop.put(legal_path("terms", "en"), {{"text", "x"}}, shop.owner(), {{"If-Match", "\"1\""}}).status == 412);
    CHECK(shop.put(legal_path("terms", "en"), {{"text", "x"}}, shop.staff()).status == 403);
    CHECK(shop.put(legal_path("jokes", "en"), {{"text", "x"}}, shop.owner()).status == 404);
    CHECK(shop.put(legal_path("terms", "tlh"), {{"text", "x"}}, shop.owner()).status == 404);
    const auto events = shop.events();
    CHECK(std::count(events.begin(), events.end(), "legal_text.saved") == 2);
    const auto audit = shop.get("/admin/audit", shop.owner());
    CHECK(audit.text.find("legal_text.save") != std::string::npos);
    shop.check_invariants();
}

TEST_CASE("a legal text has a page in each language, or the shop's own, and each page leads to it") {
    Shop shop;
    open(shop, {{"on", false}});
    CHECK(shop.get("/legal/terms", "", browser()).status == 404);
    CHECK(shop.get("/legal/jokes", "", browser()).status == 404);
    REQUIRE(save_legal(shop, "terms", "en", "Old terms").status == 200);
    const auto old = shop.get("/legal/terms", "", browser());
    CHECK(old.status == 200);  // also while the shop's pages are off: orders lead there
    CHECK(has(old, "<p>Old terms</p>"));
    REQUIRE(save_legal(shop, "terms", "en", "New terms").status == 200);
    REQUIRE(save_legal(shop, "terms", "de", "Neue Bedingungen").status == 200);
    REQUIRE(save_legal(shop, "imprint", "en", "Tide & Clay Ltd").status == 200);
    CHECK(has(shop.get("/legal/terms", "", browser()), "<p>New terms</p>"));
    const auto german = shop.get("/legal/terms", "", browser("de"));
    CHECK(has(german, "Neue Bedingungen"));
    CHECK(has(german, "<h1>Allgemeine Geschäftsbedingungen</h1>"));
    const auto french = shop.get("/legal/terms", "", browser("fr"));
    CHECK(has(french, "New terms"));
    CHECK(has(french, "<div lang=\"en\">"));

    const auto first = shop.get("/legal/terms?version=1", "", browser());
    CHECK(has(first, "Old terms"));
    CHECK(has(first, "This is an earlier version."));
    CHECK(has(first, "noindex"));
    CHECK(shop.get("/legal/terms?version=3", "", browser()).status == 404);

    open(shop);
    const auto window = shop.get("/", "", browser("de"));
    CHECK(has(window, "<a href=\"./legal/terms\">Allgemeine Geschäftsbedingungen</a>"));
    CHECK(has(window, "<a href=\"./legal/imprint\">Impressum</a>"));
    CHECK_FALSE(has(window, "legal/privacy"));
    REQUIRE(save_legal(shop, "imprint", "en", "").status == 200);
    CHECK(shop.get("/legal/imprint", "", browser()).status == 404);
    CHECK_FALSE(has(shop.get("/", "", browser()), "legal/imprint"));
    shop.check_invariants();
}

TEST_CASE("a legal text's marks become headings, lists and links; all else stays as it was typed") {
    CHECK(marked_html("# A\n\nOne\ntwo\n\n- x\n- y\n## B") ==
          "<h2>A</h2>\n<p>One<br>\ntwo</p>\n<ul>\n<li>x</li>\n<li>y</li>\n</ul>\n<h3>B</h3>\n");
    CHECK(marked_html("See [us](https://a.test/?x=1&y=2), or [write](mailto:a@b.test).") ==
          "<p>See <a href=\"https://a.test/?x=1&amp;y=2\" rel=\"noopener\">us</a>, or "
          "<a href=\"mailto:a@b.test\" rel=\"noopener\">write</a>.</p>\n");
    CHECK(marked_plain("# A\n\nSee [us](https://a.test), [mail@b.test](mailto:mail@b.test)\n- x") ==
          "A\n\nSee us (https://a.test), mail@b.test\n- x\n");
    for (const std::string bad : {"[x](javascript:alert(1))", "[x](data:text/html,y)", "[x](https://)",
                                  "[x](https://a b)", "[](https://a.test)", "[x](//evil.test)",
                                  "[x](https://a.test\"onclick=\"y)", "[x", "[x](", "]( )[", "#no", "-no"}) {
        CAPTURE(bad);
        const auto html = marked_html(bad);
        CHECK(html.find("<a") == std::string::npos);
        CHECK(html.starts_with("<p>"));
    }
    const auto evil = marked_html("<script>alert(1)</script> [<img src=x>](https://a.test/'><script>)\n- </ul><b>");
    CHECK(evil.find("<script") == std::string::npos);
    CHECK(evil.find("<img") == std::string::npos);
    CHECK(evil.find("<b>") == std::string::npos);
    CHECK(marked_html("").empty());
}

TEST_CASE("a legal text has so many letters, and not one more") {
    Shop shop;
    for (const std::size_t letters : {budget::kLegalText - 1, budget::kLegalText}) {
        CHECK(save_legal(shop, "privacy", "en", std::string(letters, 'x')).status == 200);
    }
    CHECK(save_legal(shop, "privacy", "en", std::string(budget::kLegalText + 1, 'x')).status == 422);
    // No string of a body is so long.
    CHECK(save_legal(shop, "privacy", "en", std::string(budget::kLegalText * 10, 'x')).status == 400);
    CHECK(save_legal(shop, "privacy", "en", std::string("a\x01z")).status == 422);
    CHECK(shop.get(legal_path("privacy", "en"), shop.owner()).body["version"] == 2);
}

TEST_CASE("an order by the page accepts the versions that were shown, and one that changed meanwhile is said before") {
    OpenShop shop;
    shop.product({});
    save_legal(shop, "terms", "en", "Terms one");
    save_legal(shop, "withdrawal", "de", "Widerruf");  // not in the shop's language: nobody sees it in English
    save_legal(shop, "privacy", "en", "Privacy one");
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    CHECK(page_says(ada, "<a href=\"./legal/terms\" target=\"_blank\">Terms and conditions</a>"));
    CHECK(page_says(ada, "name=\"accepted\" value=\"terms.1.en,privacy.1.en\""));
    const auto shown = ada.checkout_fields();
    REQUIRE(ada.post("/checkout", with(shown, "action", "update")).status == 200);
    const auto filled = ada.checkout_fields();
    CHECK_FALSE(page_says(ada, "legal texts has changed"));

    save_legal(shop, "terms", "en", "Terms two");
    const auto refused = ada.post("/checkout", with(filled, "action", "order"));
    CHECK(refused.status == 409);
    CHECK(has(refused, "One of the shop’s legal texts has changed"));
    CHECK(page_says(ada, "name=\"accepted\" value=\"terms.2.en,privacy.1.en\""));
    CHECK(page_says(ada, "Analytische Allee 12"));  // nothing typed is lost
    CHECK(shop.get("/admin/orders", shop.owner()).body["data"].empty());

    const auto again = with(ada.checkout_fields(), "action", "order");
    REQUIRE(ada.post("/checkout", again).status == 303);
    const auto expected = Json::array({legal_version("terms", 2, "en"), legal_version("privacy", 1, "en")});
    CHECK(order_1001(shop)["accepted_terms"] == expected);
    save_legal(shop, "terms", "en", "Terms three");
    CHECK(ada.post("/checkout", again).status == 303);  // the same form is still the same order
    CHECK(shop.get("/admin/orders", shop.owner()).body["data"].size() == 1);
    CHECK(order_1001(shop)["accepted_terms"] == expected);
    CHECK(has(shop.get("/legal/terms?version=2", "", browser()), "Terms two"));
    shop.check_invariants();
}

TEST_CASE("a form without the texts that hold is refused, and without the EU's rules none are asked for") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    REQUIRE(ada.post("/checkout", with(ada.checkout_fields(), "action", "update")).status == 200);
    const auto before = with(ada.checkout_fields(), "action", "order");
    CHECK_FALSE(page_says(ada, "name=\"accepted\""));
    save_legal(shop, "terms", "en", "Terms");
    CHECK(ada.post("/checkout", before).status == 409);
    CHECK(page_says(ada, "legal texts has changed"));
    for (const auto* forged : {"", "terms.9.en", "terms.1.de", "nonsense", "terms.1.en,terms.1.en"}) {
        CAPTURE(forged);
        const auto sent = with(with(ada.checkout_fields(), "action", "order"), "accepted", forged);
        CHECK(ada.post("/checkout", sent).status == 409);
    }
    auto setting = shop.get("/admin/settings", shop.owner()).body["storefront"];
    setting["withdrawal"] = false;
    REQUIRE(shop.put("/admin/settings", {{"storefront", setting}}, shop.owner()).status == 200);
    ada.get("/checkout");
    CHECK_FALSE(page_says(ada, "name=\"accepted\""));
    CHECK(ada.check_out().status == 303);
    CHECK(order_1001(shop)["accepted_terms"].empty());
}

TEST_CASE("nothing stands between the summary and the button") {
    OpenShop shop;
    shop.product({});
    save_legal(shop, "terms", "en", "Terms");
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    const auto& page = ada.page();
    const auto total = page.find("<tr class=\"total\">");
    const auto button = page.find("<button class=\"whole\"");
    REQUIRE(total < button);
    const auto between = page.substr(total, button - total);
    for (const auto* other : {"<a ", "<p", "<label", "type=\"checkbox\""}) {
        CHECK(between.find(other) == std::string::npos);
    }
    CHECK(page.find("legal/terms") < page.find("<section class=\"summary\">"));
}

TEST_CASE("a program names the texts that its customer accepted, and old ones are refused with what holds") {
    Shop shop;
    const auto mug = shop.product({});
    save_legal(shop, "terms", "en", "Terms");
    save_legal(shop, "terms", "de", "Bedingungen");
    auto held = shop.get("/legal-texts?language=de");
    CHECK(held.body["data"] == Json::array({legal_version("terms", 1, "de")}));
    auto body = Shop::order_body({{mug, 1}});
    body["accepted_terms"] = held.body["data"];
    const auto placed = shop.post("/orders", body);
    REQUIRE(placed.status == 201);
    CHECK(placed.body["accepted_terms"] == held.body["data"]);
    save_legal(shop, "terms", "de", "Neue Bedingungen");
    const auto refused = shop.post("/orders", body);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "terms_changed");
    CHECK(refused.body["terms"] == Json::array({legal_version("terms", 1, "en")}));
    body["accepted_terms"] = Json::array({legal_version("imprint", 1, "en")});
    CHECK(shop.post("/orders", body).status == 422);
    body.erase("accepted_terms");
    CHECK(shop.post("/orders", body).body["accepted_terms"].empty());
    shop.check_invariants();
}

TEST_CASE("the mail of an order has the accepted terms and the withdrawal text below it, escaped") {
    MailShop it;
    it.set_up();
    save_legal(it.shop, "terms", "en", "# Terms & more\n\nWe <b>sell</b> mugs. [Us](https://shop.test)");
    save_legal(it.shop, "withdrawal", "en", "You may withdraw.");
    save_legal(it.shop, "privacy", "en", "We keep little.");
    auto body = Shop::order_body({{it.mug, 1}});
    body["accepted_terms"] = it.shop.get("/legal-texts").body["data"];
    REQUIRE(it.shop.post("/orders", body).status == 201);
    save_legal(it.shop, "terms", "en", "Other terms");  // before the mail goes out: what was accepted is what it has
    const auto mail = it.newest();
    CHECK(has(mail["text"], "Terms and conditions\nVersion 1, of "));
    CHECK(has(mail["text"], "We <b>sell</b> mugs. Us (https://shop.test)"));
    CHECK(has(mail["text"], "You may withdraw."));
    CHECK_FALSE(has(mail["text"], "We keep little."));
    CHECK_FALSE(has(mail["text"], "Other terms"));
    CHECK(has(mail["html"], "<h2>Terms &amp; more</h2>"));
    CHECK(has(mail["html"], "We &lt;b&gt;sell&lt;/b&gt; mugs."));
    CHECK(mail["text"].get<std::string>().find("Total: €12.50") <
          mail["text"].get<std::string>().find("Terms and conditions"));
    CHECK(mail["defects"].empty());
    it.place();
    CHECK_FALSE(has(it.newest()["text"], "Other terms"));  // it accepted none
}

TEST_CASE("a script in a legal text runs nowhere") {
    Shop shop;
    open(shop);
    const std::string evil = "<script>alert(1)</script>\n# <img src=x onerror=alert(1)>\n[a](javascript:alert(1))";
    REQUIRE(save_legal(shop, "imprint", "en", evil).status == 200);
    const auto page = shop.get("/legal/imprint", "", browser());
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "<script>alert"));
    CHECK_FALSE(has(page, "<img src=x"));
    CHECK_FALSE(has(page, "href=\"javascript"));
    CHECK(has(page, "&lt;script&gt;alert(1)"));
}

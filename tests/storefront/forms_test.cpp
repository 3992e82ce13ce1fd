// What a form may do: who sent it, how often it counts, what it may hold, and what of it stands in a page.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "base/text.h"
#include "payments/decline_bounds.h"
#include "payments/sandbox.h"
#include "storefront/basket.h"
#include "storefront/buyer.h"
#include "storefront/form_routes.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::size_t orders_of(Shop& shop) { return shop.get("/admin/orders", shop.owner()).body.at("data").size(); }

constexpr auto kForm = "application/x-www-form-urlencoded";

}  // namespace

TEST_CASE("a form counts with its visitor's token alone, and from the shop's own pages") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    const auto fields = with(ada.checkout_fields(), "action", "order");

    SECTION("without the token, or with another's, the page asks again and keeps what was typed") {
        Buyer eve(shop);
        eve.add("MUG");
        eve.get("/checkout");
        const auto others = eve.hidden();
        for (const auto& token : {std::string(), std::string("x"), others.at(0).second}) {
            const auto refused = ada.post("/checkout", with(fields, "token", token));
            CHECK(refused.status == 403);
            CHECK(refused.text.find("value=\"Ada Lovelace\"") != std::string::npos);
        }
    }
    SECTION("another site's Origin") {
        CHECK(ada.post("/checkout", fields, {{"Origin", "https://evil.example"}}).status == 403);
        CHECK(ada.post("/checkout", fields, {{"Origin", "null"}}).status == 403);
        CHECK(ada.post("/basket", {{"sku", "MUG"}}, {{"Origin", "https://evil.example"}}).status == 403);
    }
    SECTION("the browser's word that it is another site") {
        for (const auto* site : {"cross-site", "same-site"}) {
            CHECK(ada.post("/checkout", fields, {{"Sec-Fetch-Site", site}}).status == 403);
        }
    }
    CHECK(orders_of(shop) == 0);
    CHECK(ada.post("/checkout", fields, {{"Sec-Fetch-Site", "same-origin"}}).status == 303);
    CHECK(orders_of(shop) == 1);
}

TEST_CASE("a form that is sent twice places one order") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    const auto fields = with(ada.checkout_fields(), "action", "order");
    const auto cookies = ada.cookies();

    SECTION("again, by Back") {
        const auto first = ada.post("/checkout", fields);
        const auto second = ada.post("/checkout", fields);
        CHECK(second.status == 303);
        CHECK(second.header("Location") == first.header("Location"));
    }
    SECTION("at once, by a double click") {
        const auto replies = shop.at_once(8, [&](int) {
            Buyer clicks(shop);
            clicks.cookies() = cookies;
            return clicks.post("/checkout", fields);
        });
        CHECK(count(replies, 303) == 8);
        for (const auto& reply : replies) {
            CHECK(reply.header("Location") == replies.front().header("Location"));
        }
    }
    SECTION("and changed: it says that the order is placed, and leads there") {
        const auto first = ada.post("/checkout", fields);
        const auto changed = ada.post("/checkout", with(fields, "city", "Bonn"));
        CHECK(changed.status == 422);
        CHECK(changed.text.find("You placed this order already.") != std::string::npos);
        CHECK(changed.text.find(first.header("Location").substr(1)) != std::string::npos);
    }
    CHECK(orders_of(shop) == 1);
    shop.check_invariants();
}

TEST_CASE("a payment's form that is sent twice charges once") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto link = ada.order_mug();
    const auto fields = card_fields(ada, "4242424242424242");
    CHECK(ada.post(link, fields).status == 303);
    CHECK(ada.post(link, fields).status == 303);
    CHECK(ada.post(link, with(fields, "number", "5555555555554444")).status == 303);
    CHECK(shop.app().sandbox()->ledger().size() == 1);
    shop.check_invariants();
}

TEST_CASE("pages read no staff cookie, and set cookies of their own that no script reads") {
    OpenShop shop;
    shop.product({});
    Buyer sam(shop);
    sam.cookies()["orderd_session"] = shop.owner();  // read as a session, a form would need the header X-CSRF-Token
    const auto added = sam.post("/basket", {{"sku", "MUG"}, {"quantity", "1"}});
    CHECK(added.status == 303);
    CHECK(added.header("Set-Cookie").find("HttpOnly; SameSite=Lax") != std::string::npos);
    const auto placed = sam.check_out();
    CHECK(placed.status == 303);
    CHECK(shop.get("/admin/orders/1001", shop.owner()).body.at("history").dump().find("admin") == std::string::npos);
}

TEST_CASE("a basket that the shop did not sign is empty, and one of the shop's is bounded") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    ada.add("MUG", 3);
    auto& cookie = ada.cookies().at("orderd_basket");
    CHECK(ada.get("/basket").text.find("value=\"3\"") != std::string::npos);
    for (const auto& forged : {cookie.substr(1), cookie + "A", to_base64url("[\"MUG\",2]"), std::string("x")}) {
        ada.cookies()["orderd_basket"] = forged;
        const auto page = ada.get("/basket");
        CHECK(page.status == 200);
        CHECK(page.text.find("Your basket is empty.") != std::string::npos);
    }

    const auto& vault = shop.store().vault();
    storefront::Basket basket;
    const auto fill = [&](std::size_t lines, std::size_t letters) {
        std::size_t taken = 0;
        for (std::size_t i = 0; i < lines; ++i) {
            taken += basket.add(fmt::format("{:0>{}}", i, letters), 1) ? 1 : 0;
        }
        return taken;
    };
    SECTION("so many lines") {
        CHECK(fill(budget::kBasketLines - 1, 5) == budget::kBasketLines - 1);
        CHECK(basket.add("LAST", 1));
        CHECK_FALSE(basket.add("ONE MORE", 1));
        CHECK(basket.set("LAST", 2));  // what is in it can be changed
        CHECK(fill(1000, 6) == 0);
    }
    SECTION("so much text") {
        CHECK(fill(1000, 100) == budget::kBasketText / 100);
        CHECK(basket.lines().size() < budget::kBasketLines);
    }
    CHECK(storefront::to_cookie(vault, basket).size() <
          4000);  // browsers keep 4096 bytes, name and attributes included
    CHECK(storefront::basket_from_cookie(vault, storefront::to_cookie(vault, basket)) == basket);
}

TEST_CASE("a number of units is read as people type it, and what is none changes nothing") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto units_after = [&](const std::string& typed) {
        CHECK(ada.post("/basket", {{"action", "set"}, {"sku", "MUG"}, {"quantity", typed}}).status == 303);
        const auto text = ada.get("/basket").text;
        const auto at = text.find(" value=\"", text.find("type=\"number\""));
        return at == std::string::npos ? std::string() : text.substr(at + 8, text.find('"', at + 8) - at - 8);
    };
    CHECK(units_after("3") == "3");
    CHECK(units_after("02") == "2");
    CHECK(units_after(" 0005 ") == "5");
    for (const auto* none : {"", "-1", "+1", "1.5", "two", "10001", "99999999999999999999", "0x2"}) {
        CAPTURE(none);
        CHECK(units_after(none) == "5");
    }
    CHECK(units_after("000").empty());  // none: it is no longer in the basket
}

TEST_CASE("a form has so many fields, and so long ones, and not one more") {
    OpenShop shop;
    const auto fields = [](std::size_t count) {
        FormFields many;
        for (std::size_t i = 0; i < count; ++i) {
            many.emplace_back(fmt::format("f{}", i), "");
        }
        return many;
    };
    Buyer ada(shop);
    const auto status = [&](const FormFields& sent) { return ada.post("/basket", sent).status; };
    CHECK(status(fields(budget::kFormFields - 1)) == 303);
    CHECK(status(fields(budget::kFormFields)) == 303);
    CHECK(status(fields(budget::kFormFields + 1)) == 422);
    CHECK(status(fields(budget::kFormFields * 10)) == 422);
    const auto value_of = [](std::size_t bytes) { return FormFields{{"then", std::string(bytes, 'x')}}; };
    CHECK(status(value_of(budget::kFormValue - 1)) == 303);
    CHECK(status(value_of(budget::kFormValue)) == 303);
    CHECK(status(value_of(budget::kFormValue + 1)) == 422);
    CHECK(status(value_of(budget::kFormValue * 3)) == 422);
    const auto name_of = [](std::size_t bytes) { return FormFields{{std::string(bytes, 'x'), ""}}; };
    CHECK(status(name_of(budget::kFormName)) == 303);
    CHECK(status(name_of(budget::kFormName + 1)) == 422);
    CHECK(status(name_of(budget::kFormName * 100)) == 422);
    const auto raw = [&](const std::string& body) { return shop.send("POST", "/basket", body, kForm).status; };
    const auto long_body = [](std::size_t bytes) {
        std::string body;
        while (body.size() + 10'001 <= bytes) {
            body += "&" + std::string(10'000, 'x').replace(1, 1, "=");
        }
        return body + std::string(bytes - body.size(), '&');
    };
    CHECK(raw(long_body(budget::kForm - 1)) == 303);
    CHECK(raw(long_body(budget::kForm)) == 303);
    CHECK(raw(long_body(budget::kForm + 1)) == 413);
    CHECK(raw(long_body(budget::kForm * 8)) == 413);
    for (const auto* broken : {"sku=%", "sku=%4", "sku=%zz", "sku=%00", "sku=%ff", "%01=x"}) {
        CHECK(raw(broken) == 422);
    }
}

TEST_CASE("what a customer or a shopkeeper writes is text in every page of a purchase") {
    OpenShop shop;
    const std::string hostile = "\"><script>alert(1)</script>{{shop_name}}&lt;'";
    shop.product({.sku = "<b>&\"'", .name = hostile});
    auto method = Shop::parcel_method({{"DE", 490}});
    method["name"] = hostile;
    method["note"] = hostile;
    shop.delivery_method(method);
    Buyer ada(shop);
    ada.add("<b>&\"'");
    const auto check = [&](const Reply& page) {
        CHECK(page.text.find("<script>alert") == std::string::npos);
        CHECK(page.text.find("<b>&") == std::string::npos);
    };
    check(ada.get("/basket"));
    check(ada.get("/checkout"));
    auto fields = ada.checkout_fields();
    for (const auto* field : {"name", "line1", "line2", "city", "note"}) {
        fields = with(std::move(fields), field, hostile);
    }
    for (const auto* field : {"email", "phone", "postal_code", "country", "region", "company", "vat_id", "code"}) {
        check(ada.post("/checkout", with(with(fields, field, hostile), "action", "update")));
    }
    for (const auto* field : {"email", "code"}) {
        check(ada.post("/checkout", with(with(fields, field, hostile), "action", "order")));
    }
    fields = with(ada.checkout_fields(), "action", "order");
    for (const auto* field : {"name", "line1", "line2", "city", "note"}) {
        fields = with(std::move(fields), field, hostile);
    }
    const auto placed = ada.post("/checkout", fields);
    INFO(placed.text);
    REQUIRE(placed.status == 303);
    check(ada.get(placed.header("Location")));
    const auto& page = ada.page();
    const auto at = page.find("../o/1001-");
    REQUIRE(at != std::string::npos);
    check(ada.get("/" + page.substr(at + 3, page.find('"', at) - at - 3)));
    CHECK(ada.page().find("&lt;script&gt;alert(1)") != std::string::npos);
}

TEST_CASE("a link of any page fills the basket, and programs that fill every field order nothing") {
    OpenShop shop;
    shop.product({});
    shop.product({.sku = "POT", .name = "Pot", .price = 900});
    Buyer ada(shop);
    for (int times = 0; times < 2; ++times) {  // another visit changes nothing
        const auto led = ada.get("/checkout?items=MUG:2,POT,GONE:1&utm_source=mail");
        CHECK(led.status == 303);
        const auto page = ada.follow(led);
        CHECK(page.text.find("€34.00") != std::string::npos);
        CHECK((times > 0 || page.text.find("GONE is not on sale any more") != std::string::npos));
    }
    const auto trapped = ada.post("/checkout", with(with(ada.checkout_fields(), "website", "x"), "action", "order"));
    CHECK(trapped.status == 403);
    CHECK(orders_of(shop) == 0);
    CHECK(ada.post("/basket", {{"sku", "MUG"}, {"then", "https://evil.example/"}}).header("Location") == "/basket");
    CHECK(ada.post("/basket", {{"sku", "MUG"}, {"then", "//evil.example/"}}).header("Location") == "/basket");
    CHECK(ada.post("/basket", {{"sku", "MUG"}, {"then", "/\t/evil.example/"}}).header("Location") == "/basket");
    CHECK(ada.post("/basket", {{"sku", "MUG"}, {"then", "/p/mug"}}).header("Location") == "/p/mug");
}

TEST_CASE("a form that is sent sooner than a person could, or much later, is asked for again, with what was typed") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    ada.add("MUG");
    ada.get("/checkout");
    const Headers from_afar{{"X-Forwarded-For", "203.0.113.7"}};
    const auto order = [&] { return ada.post("/checkout", with(ada.checkout_fields(), "action", "order"), from_afar); };
    SECTION("at once") {
        const auto soon = order();
        CHECK(soon.status == 422);
        CHECK(soon.text.find("That was quick.") != std::string::npos);
        CHECK(soon.text.find("value=\"Analytische Allee 12\"") != std::string::npos);
        shop.advance(Duration{storefront::kFormSoonest.ms - 1});
        CHECK(order().status == 422);
        CHECK(orders_of(shop) == 0);
        shop.advance(Duration{1});
        CHECK(order().status == 303);  // the wait begins with the first of the pages
    }
    SECTION("a page that asks again for another reason does not begin the wait again") {
        shop.advance(storefront::kFormSoonest);
        CHECK(
            ada.post("/checkout", with(with(ada.checkout_fields(), "name", ""), "action", "order"), from_afar).status ==
            422);
        CHECK(order().status == 303);
    }
    SECTION("just in time") {
        shop.advance(storefront::kFormLongest);
        CHECK(order().status == 303);
    }
    SECTION("much later") {
        shop.advance(Duration{storefront::kFormLongest.ms + 1});
        const auto late = order();
        CHECK(late.status == 403);
        CHECK(late.text.find("value=\"Analytische Allee 12\"") != std::string::npos);
        shop.advance(storefront::kFormSoonest);
        CHECK(order().status == 303);
    }
    SECTION("a token whose time was changed") {
        auto fields = with(ada.checkout_fields(), "action", "order");
        auto token = fields.front().second;
        token.back() = token.back() == 'A' ? 'B' : 'A';
        CHECK(ada.post("/checkout", with(fields, "token", token)).status == 403);
    }
}

TEST_CASE("so many cards are declined for an order, and for a network, and then no more are tried") {
    OpenShop shop;
    shop.product({.on_hand = 100});
    constexpr auto kDeclined = "4000000000000002";
    constexpr auto kGood = "4242424242424242";
    Buyer eve(shop);
    const Headers from_afar{{"X-Forwarded-For", "203.0.113.7"}};
    const auto pay = [&](const std::string& link, const std::string& number, const Headers& from) {
        eve.get(link);
        return eve.post(link, card_fields(eve, number), from);
    };
    SECTION("of an order, on its page and by the API alike") {
        const auto link = eve.order_mug();
        for (std::int64_t i = 0; i < budget::kDeclinesOfOrder - 1; ++i) {
            CHECK(pay(link, kDeclined, {}).status == 303);
        }
        CHECK(pay(link, kDeclined, {}).status == 303);
        const auto asked = shop.app().sandbox()->ledger().size();
        for (int i = 0; i < 5; ++i) {
            const auto refused = pay(link, kGood, {});
            CHECK(refused.status == 429);
            CHECK(refused.text.find("Too many cards were declined.") != std::string::npos);
        }
        CHECK(shop.app().sandbox()->ledger().size() == asked);
        CHECK(shop.post("/payments", {{"order_id", 1001}, {"method", {{"type", "bank_transfer"}}}}, shop.staff())
                  .status == 201);  // another way is open
    }
    SECTION("of a network, over all of its orders") {
        std::string link;
        for (std::int64_t i = 0; i < budget::kDeclinesOfNetwork; ++i) {
            if (i % budget::kDeclinesOfOrder == 0) {
                link = eve.order_mug();
            }
            CHECK(pay(link, kDeclined, from_afar).status == 303);
        }
        link = eve.order_mug();
        const auto asked = shop.app().sandbox()->ledger().size();
        CHECK(pay(link, kGood, from_afar).status == 429);
        for (int i = 0; i < 5; ++i) {
            CHECK(pay(link, kDeclined, from_afar).status == 429);
        }
        CHECK(shop.app().sandbox()->ledger().size() == asked);
        shop.advance(payments::kDeclineWindow);
        link = eve.order_mug();
        CHECK(pay(link, kGood, from_afar).status == 303);
        CHECK(shop.app().sandbox()->ledger().size() == asked + 1);
    }
}

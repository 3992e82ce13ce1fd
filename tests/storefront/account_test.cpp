// A customer's account on the shop's own pages, with forms alone; and what of it others could misuse.

#include <fmt/format.h>

#include <regex>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "storefront/buyer.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kPassword = "quince and medlar";

bool shows(const Buyer& buyer, const std::string& text) { return buyer.page().find(text) != std::string::npos; }

FormFields with_all(FormFields fields, const FormFields& more) {
    for (const auto& [name, value] : more) {
        fields = with(std::move(fields), name, value);
    }
    return fields;
}

Reply make_account(Buyer& buyer, const std::string& email = "ada@example.com", const std::string& then = "") {
    buyer.get("/account/new" + (then.empty() ? "" : "?then=" + then));
    return buyer.post(
        "/account/new",
        with_all(buyer.hidden(),
                 {{"name", "Ada Lovelace"}, {"email", email}, {"new_password", kPassword}, {"website", ""}}));
}

Reply sign_in(Buyer& buyer, const std::string& email, const std::string& password, const Headers& headers = {}) {
    buyer.get("/account");
    return buyer.post("/account",
                      with_all(buyer.hidden(), {{"email", email}, {"password", password}, {"action", "sign_in"}}),
                      headers);
}

bool is_signed_in(Buyer& buyer) { return buyer.get("/account").text.find("Your orders") != std::string::npos; }

/// All cookies that an answer sets, as they stand in its headers.
std::string cookies_set(const Reply& reply) {
    std::string all;
    const auto [begin, end] = reply.headers.equal_range("Set-Cookie");
    for (auto it = begin; it != end; ++it) {
        all += it->second + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("a customer makes an account on the shop's pages, buys, and finds the order there") {
    OpenShop shop;
    shop.product({});
    Buyer ada(shop);
    const auto made = make_account(ada, "ada@example.com", "/checkout");
    INFO(made.text);
    REQUIRE(made.status == 303);
    CHECK(made.header("Location") == "/checkout");
    CHECK(std::regex_search(cookies_set(made), std::regex("orderd_account=os_[^;]+; [^\n]*HttpOnly; SameSite=Lax")));

    ada.add("MUG");
    ada.get("/checkout");
    CHECK(shows(ada, "You are signed in as ada@example.com."));
    CHECK(shows(ada, "value=\"ada@example.com\""));
    CHECK(shows(ada, "value=\"Ada Lovelace\""));
    REQUIRE(ada.check_out().status == 303);
    const auto order = shop.get("/admin/orders/1001", shop.owner()).body;
    const auto customer =
        shop.get(fmt::format("/admin/customers/{}", order.at("customer_id").get<int>()), shop.owner());
    CHECK(customer.body.at("has_account") == true);

    ada.get("/account");
    CHECK(shows(ada, ">Order 1001</a>"));
    CHECK(shows(ada, "€12.50"));
    CHECK(shows(ada, "The order waits for its payment."));
    std::smatch found;
    const auto page = ada.page();
    REQUIRE(std::regex_search(page, found, std::regex("href=\"\\./(o/1001-[^\"]+)\"")));
    CHECK(ada.get("/" + found[1].str()).text.find("Analytische Allee 12") != std::string::npos);
    ada.get("/checkout?items=MUG");
    ada.get("/checkout");
    CHECK(shows(ada, "value=\"Analytische Allee 12\""));  // where the last order went

    ada.get("/account");
    const auto before = ada.cookies().at("orderd_account");
    CHECK(ada.post("/account", with(ada.hidden(), "action", "sign_out")).status == 303);
    CHECK(ada.cookies().count("orderd_account") == 0);
    CHECK_FALSE(is_signed_in(ada));
    ada.cookies()["orderd_account"] = before;
    CHECK_FALSE(is_signed_in(ada));  // ended, not only forgotten
    CHECK(shop.get("/customers/me", before).status == 401);
    shop.check_invariants();
}

TEST_CASE("own orders come a page at a time, and only one's own") {
    OpenShop shop;
    const auto mug = shop.product({.on_hand = 100});
    Buyer ada(shop);
    make_account(ada);
    const auto token = ada.cookies().at("orderd_account");
    const auto none =
        Json{{"guest_limits",
              {{"orders_per_email", nullptr}, {"orders_per_network", nullptr}, {"units_per_network", nullptr}}}};
    REQUIRE(shop.put("/admin/settings", none, shop.owner()).status == 200);
    for (int i = 0; i < 4; ++i) {
        REQUIRE(shop.order({{mug, 1}}).status == 201);  // a guest's
    }
    for (int i = 0; i < 21; ++i) {
        REQUIRE(shop.post("/orders", Shop::order_body({{mug, 1}}), token).status == 201);
    }
    const auto shown = [&] {
        std::set<std::string> numbers;
        static const std::regex of_order(">Order (\\d+)<");
        const auto page = ada.page();
        for (std::sregex_iterator at(page.begin(), page.end(), of_order), end; at != end; ++at) {
            numbers.insert((*at)[1]);
        }
        return numbers;
    };
    ada.get("/account");
    CHECK(shown().size() == 20);
    std::smatch next;
    const auto page = ada.page();
    REQUIRE(std::regex_search(page, next, std::regex("href=\"\\./(account\\?cursor=[^\"]+)\"")));
    ada.get("/" + next[1].str());
    CHECK(shown() == std::set<std::string>{"1005"});
    CHECK(shows(ada, "Back to the first page"));
}

TEST_CASE("the account's pages are there while the shop's pages are on") {
    Shop shop;
    for (const auto* page : {"/account", "/account/new", "/account/password"}) {
        CHECK(shop.get(page, "", {{"Accept", "text/html"}}).status == 404);
    }
}

TEST_CASE("a forgotten password is spoken of only where the shop can mail a code") {
    OpenShop shop;
    Buyer ada(shop);
    ada.get("/account");
    CHECK_FALSE(shows(ada, "account/password"));
    const Json mail{{"host", "127.0.0.1"}, {"port", 9}, {"security", "none"}, {"from_address", "shop@example.com"}};
    REQUIRE(shop.put("/admin/settings", {{"mail", mail}}, shop.owner()).status == 200);
    ada.get("/account");
    CHECK(shows(ada, "account/password"));
}

TEST_CASE("who signs in on the pages is a customer, and nobody learns who else is one") {
    OpenShop shop;
    Buyer ada(shop);
    make_account(ada);
    Buyer other(shop);
    const auto without = [](std::string text, const std::string& part) {
        return std::regex_replace(text, std::regex(part + "|name=\"token\" value=\"[^\"]*\""), "");
    };
    const auto wrong = sign_in(other, "ada@example.com", "not this one");
    const auto unknown = sign_in(other, "eve@example.com", "not this one");
    CHECK(wrong.status == 422);
    CHECK(wrong.text.find("No account has this e-mail address and this password.") != std::string::npos);
    CHECK(wrong.text.find("value=\"ada@example.com\"") != std::string::npos);
    CHECK(unknown.status == 422);
    CHECK(without(wrong.text, "ada@example") == without(unknown.text, "eve@example"));
    CHECK(sign_in(other, "owner", "a password of tests").status ==
          422);  // no e-mail address: the shop's people have none
    CHECK(sign_in(other, "ada@example.com", "").status == 422);
    CHECK(sign_in(other, "ada@example.com", std::string(257, 'x')).status == 422);
    CHECK(sign_in(other, "ADA@example.com", kPassword).status == 303);
    CHECK(is_signed_in(other));
    CHECK(is_signed_in(ada));

    SECTION("wrong passwords are counted") {
        Buyer eve(shop);
        const Headers far{{"X-Forwarded-For", "203.0.113.9"}};
        int refused = 0;
        for (int i = 0; i < 12; ++i) {
            refused += sign_in(eve, "ada@example.com", "not this one", far).status == 429 ? 1 : 0;
        }
        CHECK(refused >= 1);
        CHECK(shows(eve, "That was wrong too often."));
    }
    SECTION("the dashboard reads no customer's session, and the pages no session of who works here") {
        const auto token = ada.cookies().at("orderd_account");
        CHECK(shop.get("/admin/orders", token).status == 403);
        CHECK(shop.get("/admin/orders", "", {{"Cookie", "orderd_session=" + token}}).status == 403);
        CHECK(shop.get("/customers/me", "", {{"Cookie", "orderd_account=" + token}}).status == 401);
        Buyer olga(shop);
        olga.cookies()["orderd_session"] = shop.owner();
        CHECK_FALSE(is_signed_in(olga));
        olga.cookies()["orderd_account"] = shop.owner();
        CHECK_FALSE(is_signed_in(olga));
        olga.cookies()["orderd_session"] = token;
        olga.cookies().erase("orderd_account");
        CHECK_FALSE(is_signed_in(olga));
    }
}

TEST_CASE("another site neither signs anybody in nor out, and signing in leads to no other site") {
    OpenShop shop;
    Buyer ada(shop);
    make_account(ada);
    Buyer eve(shop);
    eve.get("/account");
    const auto fields =
        with_all(eve.hidden(), {{"email", "ada@example.com"}, {"password", kPassword}, {"action", "sign_in"}});
    CHECK(eve.post("/account", fields, {{"Origin", "https://evil.example"}}).status == 403);
    CHECK(eve.post("/account", fields, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    CHECK(eve.post("/account", with(fields, "token", "")).status == 403);
    CHECK(eve.post("/account", with(fields, "token", with(ada.hidden(), "x", "").front().second)).status == 403);
    CHECK(ada.post("/account", {{"action", "sign_out"}}).status == 403);
    CHECK(is_signed_in(ada));

    const auto visitor = eve.cookies().at("orderd_visitor");
    eve.cookies()["orderd_account"] = "os_" + std::string(43, 'A');  // planted
    const auto in = eve.post("/account", with(fields, "then", "/checkout?items=MUG:2"));
    REQUIRE(in.status == 303);
    CHECK(in.header("Location") == "/checkout?items=MUG:2");
    CHECK(eve.cookies().at("orderd_account") != "os_" + std::string(43, 'A'));
    CHECK(eve.cookies().at("orderd_account") != ada.cookies().at("orderd_account"));
    CHECK(eve.cookies().at("orderd_visitor") != visitor);

    for (const auto* then : {"https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/",
                             "/\n/evil.example", "javascript:alert(1)", "evil", ""}) {
        Buyer bob(shop);
        bob.get("/account");
        const auto led = bob.post(
            "/account",
            with_all(bob.hidden(),
                     {{"email", "ada@example.com"}, {"password", kPassword}, {"action", "sign_in"}, {"then", then}}));
        CAPTURE(then);
        CHECK(led.header("Location") == "/account");
    }
    Buyer bob(shop);
    CHECK(bob.get("/account?then=//evil.example").text.find("evil") == std::string::npos);
    CHECK(bob.get("/account/new?then=https://evil.example").text.find("evil") == std::string::npos);
}

TEST_CASE("an account that cannot be made says why, and keeps what was typed") {
    OpenShop shop;
    Buyer ada(shop);
    ada.get("/account/new");
    const auto fields = with_all(ada.hidden(), {{"name", "Ada <b>"}, {"email", "ada@example.com"}, {"website", ""}});
    const auto status = [&](const std::string& name, const std::string& value) {
        return ada.post("/account/new", with(with(fields, "new_password", kPassword), name, value)).status;
    };
    CHECK(status("email", "no address") == 422);
    CHECK(shows(ada, "value=\"Ada &lt;b&gt;\""));
    CHECK(shows(ada, "such as ada@example.com"));
    CHECK(status("name", " ") == 422);
    CHECK(status("new_password", "short") == 422);
    CHECK(shows(ada, "Please choose another password"));
    CHECK_FALSE(shows(ada, "value=\"short\""));
    CHECK(status("new_password", "password1234") == 422);
    CHECK(status("website", "x") == 403);  // a program
    CHECK(status("token", "x") == 403);
    CHECK(status("name", "Ada") == 303);

    Buyer other(shop);
    const auto taken = make_account(other);  // with the right password: a second press of the button
    CHECK(taken.status == 303);
    Buyer eve(shop);
    eve.get("/account/new");
    CHECK(eve.post("/account/new",
                   with_all(eve.hidden(),
                            {{"name", "Eve"}, {"email", "ada@example.com"}, {"new_password", "another long one"}}))
              .status == 409);
    CHECK_FALSE(is_signed_in(eve));
    CHECK(shop.get("/admin/customers", shop.owner()).body.at("data").size() == 1);
}

TEST_CASE("a password is changed on the account's page, and ends the other sessions") {
    OpenShop shop;
    Buyer ada(shop);
    make_account(ada);
    Buyer elsewhere(shop);
    REQUIRE(sign_in(elsewhere, "ada@example.com", kPassword).status == 303);
    ada.get("/account");
    const auto fields = with(ada.hidden(), "action", "change_password");
    const auto change = [&](const std::string& current, const std::string& wanted) {
        return ada.post("/account", with_all(fields, {{"current_password", current}, {"new_password", wanted}}));
    };
    CHECK(change("wrong", "damson and sloe").status == 422);
    CHECK(shows(ada, "This is not your current password."));
    CHECK(change(kPassword, "short").status == 422);
    CHECK(shows(ada, "Please choose another password"));
    CHECK(is_signed_in(elsewhere));
    CHECK(ada.follow(change(kPassword, "damson and sloe")).text.find("Your password was changed.") !=
          std::string::npos);
    CHECK(is_signed_in(ada));
    CHECK_FALSE(is_signed_in(elsewhere));
    CHECK(sign_in(elsewhere, "ada@example.com", kPassword).status == 422);
    CHECK(sign_in(elsewhere, "ada@example.com", "damson and sloe").status == 303);
}

TEST_CASE("over TLS, the customer's cookie is of this host alone") {
    OpenShop shop([](app::Config& config) { config.trusted_proxies = {"127.0.0.1"}; });
    Buyer ada(shop);
    make_account(ada);
    const Headers by_tls{{"X-Forwarded-For", "203.0.113.7"}, {"X-Forwarded-Proto", "https"}};
    const auto page = shop.get("/account", "", by_tls);
    const auto cookies = cookies_set(page);
    REQUIRE(cookies.starts_with("__Host-orderd_visitor="));
    std::smatch token;
    REQUIRE(std::regex_search(page.text, token, std::regex("name=\"token\" value=\"([^\"]+)\"")));
    Headers headers = by_tls;
    headers["Cookie"] = cookies.substr(0, cookies.find(';'));
    const auto in = shop.send(
        "POST", "/account",
        form_body({{"token", token[1]}, {"email", "ada@example.com"}, {"password", kPassword}, {"action", "sign_in"}}),
        "application/x-www-form-urlencoded", "", headers);
    INFO(in.text);
    REQUIRE(in.status == 303);
    CHECK(std::regex_search(cookies_set(in), std::regex("__Host-orderd_account=os_[^\n]*Secure")));
}

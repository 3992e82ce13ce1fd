// A forgotten password: the code that comes by mail, who learns what from it, and how often it may be tried.

#include "accounts/password_resets.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "notify/mail_support.h"
#include "storefront/buyer.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kPath = "/customers/password-resets";
constexpr auto kOld = "quince and medlar";
constexpr auto kNew = "damson and sloe";

/// A shop behind a proxy on this machine, with Ada's account.
struct ForgetfulShop {
    Shop shop{[](app::Config& config) {
        config.trusted_proxies = {"127.0.0.1"};
        config.rate_per_minute = 10'000;  // other limits are counted here
        config.rate_burst = 10'000;
    }};
    ForgetfulShop() {
        const Json ada{{"name", "Ada Lovelace"}, {"email", "ada@example.com"}, {"password", kOld}};
        REQUIRE(shop.post("/customers", ada).status == 201);
    }

    int ask(const std::string& email = "ada@example.com", const std::string& from = "127.0.0.1") {
        return shop.post(kPath, {{"email", email}}, "", {{"X-Forwarded-For", from}}).status;
    }

    /// What the mail for the newest event says; empty: none goes out.
    std::string code() {
        const auto view = shop.store().read();
        const auto event = view.value<std::optional<std::int64_t>>(
            "SELECT max(sequence) FROM event WHERE kind = 'customer.password_forgotten'");
        const auto mail = accounts::reset_mail(view, event.value_or(std::nullopt).value_or(0), shop.clock().now());
        return mail ? mail->code : "";
    }

    std::int64_t asked() {
        const auto events = shop.events();
        return std::count(events.begin(), events.end(), "customer.password_forgotten");
    }

    Reply set(const std::string& code, const std::string& from = "127.0.0.1", const std::string& password = kNew,
              const std::string& email = "ada@example.com") {
        return shop.put(kPath, {{"email", email}, {"code", code}, {"password", password}}, "",
                        {{"X-Forwarded-For", from}});
    }

    Reply log_in(const std::string& password) {
        return shop.post("/auth/login", {{"email", "ada@example.com"}, {"password", password}});
    }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a forgotten password is set anew with the code of the mail, once, and all sessions end") {
    ForgetfulShop it;
    const auto token = it.log_in(kOld).body.at("access_token").get<std::string>();
    REQUIRE(it.ask() == 204);
    const auto code = it.code();
    CHECK(std::regex_match(code, std::regex("[A-Z2-9]{4}-[A-Z2-9]{4}")));
    CHECK(it.set("AAAA-AAAA").code() == "invalid_reset_code");
    CHECK(it.set(code, "127.0.0.1", "short").code() == "validation_failed");
    CHECK(it.set(code, "127.0.0.1", "Ada Lovelace").code() == "validation_failed");  // the account's own name
    CHECK(it.shop.get("/customers/me", token).status == 200);
    CHECK(it.set(" " + code.substr(0, 4) + code.substr(5) + " ").status == 204);  // its dash does not matter
    CHECK(it.shop.get("/customers/me", token).status == 401);
    CHECK(it.log_in(kOld).status == 401);
    CHECK(it.log_in(kNew).status == 200);
    CHECK(it.set(code, "127.0.0.1", "another long one").code() == "invalid_reset_code");
    it.shop.check_invariants();
}

TEST_CASE("the code goes to the account's address by mail, in the visitor's language, and the answer tells nothing") {
    MailShop it;
    it.set_up();
    auto settings = it.shop.get("/admin/settings", it.shop.owner()).body.at("storefront");
    settings["on"] = true;
    REQUIRE(it.shop.put("/admin/settings", {{"storefront", settings}}, it.shop.owner()).status == 200);
    const Json ada{{"name", "Ada Lovelace"}, {"email", "ada@example.com"}, {"password", kOld}};
    REQUIRE(it.shop.post("/customers", ada).status == 201);
    Buyer visitor(it.shop);
    const auto ask = [&](const std::string& email) {
        visitor.get("/account/password");
        auto fields = with(with(visitor.hidden(), "email", email), "action", "send");
        auto page = visitor.post("/account/password", fields);
        CHECK(page.status == 200);
        return std::regex_replace(page.text, std::regex(email + "|name=\"token\" value=\"[^\"]*\""), "");
    };
    const auto unknown = ask("eve@example.com");
    CHECK(it.mails().empty());
    CHECK(ask("Ada@EXAMPLE.com") == unknown);
    const auto mail = it.newest();
    CHECK(mail["to"] == Json::parse(R"([["Ada Lovelace", "ada@example.com"]])"));
    CHECK(mail["subject"] == "Your code for a new password");
    std::smatch code;
    const auto text = mail["text"].get<std::string>();
    REQUIRE(std::regex_search(text, code, std::regex("\n +([A-Z2-9]{4}-[A-Z2-9]{4})\n")));
    CHECK(has(mail["html"], code[1]));
    CHECK(it.row()["kind"] == "password_forgotten");

    const auto set = [&](const std::string& typed, const std::string& password) {
        auto fields = with(with(visitor.hidden(), "code", typed), "new_password", password);
        return visitor.post("/account/password", with(std::move(fields), "action", "set"));
    };
    CHECK(holds(set("AAAA-AAAA", kNew).text, "This code is not right"));
    CHECK(holds(set(code[1], "short").text, "Please choose another password"));
    CHECK(holds(visitor.follow(set(code[1], kNew)).text, "Your new password is set."));
    CHECK(it.shop.post("/auth/login", {{"email", "ada@example.com"}, {"password", kNew}}).status == 200);

    REQUIRE(it.shop.post(kPath, {{"email", "ada@example.com"}, {"locale", "de"}}).status == 204);
    CHECK(it.newest()["subject"] == "Ihr Code für ein neues Passwort");
}

TEST_CASE("asking for a code, and trying one, costs the same work whether there is an account or not") {
    BareShop shop;
    accounts::Desk desk;
    shop.account({.name = "Ada", .email = "ada@example.com", .phone = ""}, desk.hasher.hash(kOld));
    const auto mutations = [&] { return shop.store.writer().figures().mutations; };
    const auto hashes = desk.hasher.computed();
    for (const auto* email : {"ada@example.com", "nobody@example.com"}) {
        const auto before = mutations();
        CHECK_THROWS_AS(
            accounts::reset_password(desk, shop.store, {.email = email, .code = "AAAA-AAAA", .password = kNew},
                                     "192.0.2.1", shop.clock.now()),
            Refusal);
        CHECK(mutations() - before == 1);
        shop.write([&](storage::Transaction& tx) {
            accounts::ask_for_reset(tx, {.email = email}, Actor::command_line(), shop.clock.now());
        });
    }
    CHECK(desk.hasher.computed() == hashes);
    CHECK(shop.store.read().value<std::int64_t>("SELECT count(*) FROM password_reset") == 2);
}

TEST_CASE("an address gets so many codes in an hour, and a network asks for so many in a day") {
    ForgetfulShop it;
    for (std::int64_t i = 0; i < budget::kResetsOfAddress - 1; ++i) {
        CHECK(it.ask() == 204);
    }
    CHECK(it.asked() == budget::kResetsOfAddress - 1);
    const auto first = it.code();
    CHECK(it.ask("ADA@example.com", "198.51.100.1") == 204);  // the same address, from elsewhere
    CHECK(it.asked() == budget::kResetsOfAddress);
    for (int i = 0; i < 30; ++i) {
        CHECK(it.ask() == 204);  // the same answer
    }
    CHECK(it.asked() == budget::kResetsOfAddress);
    CHECK(first != it.code());
    CHECK(it.set(first).status == 204);  // those that were sent are good, all of them
    it.shop.advance(hours(1));
    CHECK(it.ask() == 204);
    CHECK(it.asked() == budget::kResetsOfAddress + 1);

    for (std::int64_t i = 0; i < budget::kResetsOfNetwork; ++i) {
        CHECK(it.ask(fmt::format("guest{}@example.com", i), "203.0.113.7") == 204);
    }
    CHECK(it.ask("ada@example.com", "203.0.113.7") == 429);
    CHECK(it.ask("guest@example.com", "203.0.113.7") == 429);
    CHECK(it.ask("guest@example.com", "203.0.113.8") == 204);
    it.shop.advance(days(1));
    CHECK(it.ask("guest@example.com", "203.0.113.7") == 204);
}

TEST_CASE("a code may be tried so many times, from wherever, and by so many at once") {
    ForgetfulShop it;
    it.ask();
    SECTION("an address is slowed down first") {
        std::vector<int> statuses;
        for (int i = 0; i < 11; ++i) {
            statuses.push_back(it.set("AAAA-AAAA", "203.0.113.7").status);
        }
        CHECK(statuses.at(9) == 401);
        CHECK(statuses.at(10) == 429);
        CHECK(it.set(it.code(), "203.0.113.7").status == 429);
        CHECK(it.set(it.code(), "203.0.113.8").status == 204);
    }
    SECTION("below its bound") {
        for (std::int64_t i = 0; i < budget::kResetTries - 1; ++i) {
            CHECK(it.set("AAAA-AAAA", fmt::format("203.0.113.{}", i)).status == 401);
        }
        CHECK(it.set(it.code(), "198.51.100.1").status == 204);
    }
    SECTION("at it, and far above") {
        for (std::int64_t i = 0; i < budget::kResetTries; ++i) {
            CHECK(it.set("AAAA-AAAA", fmt::format("203.0.113.{}", i)).status == 401);
        }
        for (int i = 0; i < 50; ++i) {
            CHECK(it.set(it.code(), fmt::format("198.51.100.{}", i)).status == 401);
        }
        CHECK(it.ask() == 204);  // another one works
        CHECK(it.set(it.code(), "192.0.2.1").status == 204);
    }
    SECTION("many guesses at once each count") {
        it.shop.at_once(40, [&](int i) { return it.set("AAAA-AAAA", fmt::format("203.0.113.{}", i)); });
        CHECK(it.shop.store().read().value<std::int64_t>("SELECT tries FROM password_reset") == budget::kResetTries);
        CHECK(it.set(it.code(), "192.0.2.1").status == 401);
    }
    SECTION("the right one at once is used once") {
        const auto code = it.code();
        const auto replies = it.shop.at_once(6, [&](int i) { return it.set(code, fmt::format("203.0.113.{}", i)); });
        CHECK(count(replies, 204) == 1);
    }
}

TEST_CASE("a code ends after an hour, with another password or e-mail address, and with the account") {
    ForgetfulShop it;
    it.ask();
    const auto code = it.code();
    const auto token = it.log_in(kOld).body.at("access_token").get<std::string>();
    SECTION("just before the hour is over") {
        it.shop.advance(minutes(59));
        CHECK(it.set(code).status == 204);
    }
    SECTION("after an hour") {
        it.shop.advance(hours(1));
        CHECK(it.code().empty());
        CHECK(it.set(code).status == 401);
    }
    SECTION("after the password was changed") {
        REQUIRE(it.shop.put("/auth/password", {{"current_password", kOld}, {"new_password", kNew}}, token).status ==
                204);
        CHECK(it.set(code).status == 401);
    }
    SECTION("after the e-mail address was changed") {
        REQUIRE(it.shop.put("/customers/me", {{"email", "ada@example.org"}, {"password", kOld}}, token).status == 200);
        CHECK(it.set(code).status == 401);
        CHECK(it.set(code, "127.0.0.1", kNew, "ada@example.org").status == 401);
    }
    SECTION("after the account was erased") {
        REQUIRE(it.shop.remove("/customers/me", token).status == 204);
        CHECK(it.set(code).status == 401);
        CHECK(it.code().empty());
        CHECK(it.shop.store().read().value<std::int64_t>("SELECT count(*) FROM password_reset") == 0);
    }
}

TEST_CASE("a stolen database has no code, and no e-mail address that asked for one") {
    ForgetfulShop it;
    it.ask();
    it.ask("eve@example.com");
    const auto code = it.code();
    std::string all;
    it.shop.store().read().each(
        "SELECT quote(asked_for) || quote(nonce) || quote(network) || locale FROM password_reset",
        [&](const storage::Row& row) { all += row.get<std::string>(0); });
    CHECK_FALSE(holds(all, code.substr(0, 4)));
    CHECK_FALSE(holds(all, "example"));
}

// Wrong passwords: who is slowed down by them, and who must not be.

#include <catch2/catch_test_macros.hpp>

#include "accounts/devices.h"
#include "accounts/people.h"
#include "accounts/signing_in.h"

using namespace orderd;
using tests::cookie;
using tests::Headers;
using tests::kGoodPassword;
using tests::Peopled;
using tests::set_cookie;

namespace {

std::string attacker(int n) { return "198.51.100." + std::to_string(n); }

/// Wrong passwords from so many addresses, until each is refused.
void attack(Peopled& shop, const std::string& username, int addresses) {
    for (int n = 1; n <= addresses; ++n) {
        int tries = 0;
        while (shop.log_in(username, "wrong horse", attacker(n)).status == 401 && tries < 20) {
            ++tries;
        }
        CHECK(tries <= 10);
    }
}

}  // namespace

TEST_CASE("X5: wrong passwords from elsewhere do not lock an owner out") {
    Peopled shop;
    attack(shop, "olga", 3);
    const auto refused = shop.log_in("olga", kGoodPassword, attacker(1));
    CHECK(refused.status == 429);
    CHECK(refused.code() == "too_many_attempts");
    CHECK(shop.log_in("olga", kGoodPassword, "203.0.113.7").status == 200);
    CHECK(shop.log_in("olga", "wrong horse", attacker(4)).status == 401);
}

TEST_CASE("X5: a device that signed in before passes, from the attacker's own address") {
    Peopled shop;
    const auto before = shop.log_in("olga", kGoodPassword, attacker(1));
    REQUIRE(before.status == 200);
    const auto device = cookie(before, "orderd_device_");
    REQUIRE_FALSE(device.empty());
    CHECK(set_cookie(before, "orderd_device_").find("HttpOnly") != std::string::npos);
    CHECK(set_cookie(before, "orderd_device_").find("SameSite=Strict") != std::string::npos);
    attack(shop, "olga", 1);
    const auto log_in = [&](const std::string& password, const std::string& with) {
        return shop.log_in("olga", password, attacker(1), Json::object(), {{"Cookie", with}}).status;
    };
    CHECK(log_in(kGoodPassword, device) == 200);
    CHECK(log_in(kGoodPassword, device.substr(0, device.size() - 4) + "AAAA") == 429);
    CHECK(log_in(kGoodPassword, "") == 429);

    // It is held to failures of its own, and is another user's device for nobody.
    const auto anna = shop.add("anna", "staff");
    attack(shop, "anna", 1);
    const auto of_anna = "orderd_device_admin_" + std::to_string(anna) + device.substr(device.find('='));
    CHECK(shop.log_in("anna", kGoodPassword, attacker(1), Json::object(), {{"Cookie", of_anna}}).status == 429);
    for (int i = 0; i < 10; ++i) {
        CHECK(log_in("wrong horse", device) == 401);
    }
    CHECK(log_in(kGoodPassword, device) == 429);
    CHECK(shop.log_in("olga", kGoodPassword, "203.0.113.7").status == 200);
}

TEST_CASE("X5: a device is known until the password changes on another, or half a year without a sign-in") {
    Peopled shop;
    const auto device = cookie(shop.log_in("olga", kGoodPassword, attacker(1)), "orderd_device_");
    const auto other = shop.log_in("olga", kGoodPassword, "203.0.113.7");
    const auto kept = cookie(other, "orderd_device_");
    const auto token = other.body["access_token"].get<std::string>();
    const auto known = [&](const std::string& cookies) {
        return accounts::is_known_device(shop.store().read(), "Olga", cookies, false, shop.clock().now());
    };
    CHECK(known("theme=dark; " + device));
    CHECK(known(kept));
    CHECK_FALSE(known(""));
    CHECK_FALSE(accounts::is_known_device(shop.store().read(), "nobody", device, false, shop.clock().now()));
    CHECK_FALSE(accounts::is_known_device(shop.store().read(), "olga", device, true, shop.clock().now()));
    const auto changed =
        shop.put("/auth/password", {{"current_password", kGoodPassword}, {"new_password", "battery staple"}}, token,
                 {{"Cookie", kept}});
    REQUIRE(changed.status == 204);
    CHECK_FALSE(known(device));
    CHECK(known(kept));
    shop.advance(days(180));
    CHECK_FALSE(known(kept));
}

TEST_CASE("X5: a user has at most twenty known devices, those used last") {
    Peopled shop;
    std::vector<std::string> devices;
    for (int i = 0; i < 21; ++i) {
        shop.store().writer().run([&](storage::Transaction& tx) {
            devices.push_back(accounts::remember_device(tx, AdminId{1}, "", shop.clock().now()));
        });
        shop.advance(seconds(1));
    }
    const auto known = [&](const std::string& token) {
        return accounts::known_device(shop.store().read(), AdminId{1}, token, shop.clock().now()).has_value();
    };
    CHECK_FALSE(known(devices[0]));
    CHECK(known(devices[1]));
    CHECK(known(devices[20]));
}

TEST_CASE("X5: a right code, or a recovery code, passes where passwords are refused") {
    Peopled shop;
    const auto [app, recovery] = shop.with_codes(shop.token("olga"));
    attack(shop, "olga", 1);
    const auto log_in = [&](const std::string& password, const Json& more) {
        return shop.log_in("olga", password, attacker(1), more).status;
    };
    shop.advance(seconds(30));
    CHECK(log_in(kGoodPassword, Json::object()) == 429);
    CHECK(log_in(kGoodPassword, {{"totp", app.code(shop.clock().now(), 9)}}) == 429);
    CHECK(log_in("wrong horse", {{"totp", app.code(shop.clock().now())}}) == 401);
    CHECK(log_in(kGoodPassword, {{"totp", app.code(shop.clock().now())}}) == 200);
    CHECK(log_in(kGoodPassword, {{"totp", app.code(shop.clock().now())}}) == 429);  // it was used
    CHECK(log_in(kGoodPassword, {{"recovery_code", "aaaa-aaaa-aaaa-aaaa"}}) == 429);
    CHECK(log_in(kGoodPassword, {{"recovery_code", recovery[0]}}) == 200);
}

TEST_CASE("X5: codes cannot be guessed by way of the exception for right codes") {
    Peopled shop;
    const auto [app, recovery] = shop.with_codes(shop.token("olga"));
    attack(shop, "olga", 1);
    shop.advance(seconds(30));
    const auto wrong = app.code(shop.clock().now(), 9);
    for (int i = 0; i < 30; ++i) {
        CHECK(shop.log_in("olga", kGoodPassword, attacker(1), {{"totp", wrong}}).status == 429);
    }
    CHECK(shop.log_in("olga", kGoodPassword, attacker(1), {{"totp", app.code(shop.clock().now())}}).status == 429);
    CHECK(shop.log_in("olga", kGoodPassword, "203.0.113.7", {{"totp", app.code(shop.clock().now())}}).status == 200);
}

TEST_CASE(
    "X5: whoever has the password guesses few codes, from however many addresses, and locks no known device out") {
    Peopled shop;
    const auto signed_in = shop.log_in("olga", kGoodPassword, "203.0.113.1");
    const auto device = cookie(signed_in, "orderd_device_");
    const auto [app, recovery] = shop.with_codes(signed_in.body["access_token"].get<std::string>());
    shop.advance(seconds(30));
    int tried = 0;
    for (int n = 1; n <= 30; ++n) {
        const auto reply = shop.log_in("olga", kGoodPassword, attacker(n), {{"totp", app.code(shop.clock().now(), 9)}});
        tried += reply.code() == "totp_invalid" ? 1 : 0;
    }
    CHECK(tried == 10);
    CHECK(shop.log_in("olga", kGoodPassword, "203.0.113.7", {{"totp", app.code(shop.clock().now())}}).status == 429);
    CHECK(shop.log_in("olga", kGoodPassword, "203.0.113.7", {{"totp", app.code(shop.clock().now())}},
                      {{"Cookie", device}})
              .status == 200);
}

TEST_CASE("X5: wrong passwords in a session do not count against its owner elsewhere") {
    Peopled shop;
    const auto stolen = shop.token("olga");
    for (int i = 0; i < 10; ++i) {
        CHECK(shop.post("/auth/totp", {{"password", "wrong horse"}}, stolen).status == 422);
    }
    CHECK(shop.post("/auth/totp", {{"password", kGoodPassword}}, stolen).status == 429);
    CHECK(shop.log_in("olga", kGoodPassword, "203.0.113.1").status == 200);
}

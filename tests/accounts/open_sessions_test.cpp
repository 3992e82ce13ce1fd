// Turning codes off; and the list of sessions, from which each can be ended.

#include <catch2/catch_test_macros.hpp>

#include "accounts/people.h"

using namespace orderd;
using tests::Headers;
using tests::kGoodPassword;
using tests::Peopled;

TEST_CASE("X15: turning codes off takes the password and a code, and a recovery code will do") {
    Peopled shop;
    const auto token = shop.token("olga");
    const auto [app, recovery] = shop.with_codes(token);
    const auto off = [&](const Json& body) { return shop.post("/auth/totp/disable", body, token); };
    const auto without = off({{"password", kGoodPassword}});
    CHECK(without.status == 422);
    CHECK(without.body["errors"][0]["pointer"] == "/totp");
    shop.advance(seconds(30));
    CHECK(off({{"password", kGoodPassword}, {"totp", app.code(shop.clock().now(), 9)}}).status == 422);
    CHECK(off({{"password", "wrong horse"}, {"totp", app.code(shop.clock().now())}}).body["errors"][0]["pointer"] ==
          "/password");
    CHECK(off({{"password", kGoodPassword}, {"recovery_code", "aaaa-aaaa-aaaa-aaaa"}}).status == 422);
    CHECK(shop.get("/auth/me", token).body["totp"] == true);
    CHECK(off({{"password", kGoodPassword}, {"totp", app.code(shop.clock().now())}}).status == 204);
    CHECK(shop.get("/auth/me", token).body["totp"] == false);

    const auto again = shop.with_codes(token);
    CHECK(off({{"password", kGoodPassword}, {"recovery_code", again.second[0]}}).status == 204);
}

TEST_CASE("X15: codes cannot be guessed where they are turned off, and a session cannot go around them") {
    Peopled shop;
    const auto token = shop.token("olga");
    const auto [app, recovery] = shop.with_codes(token);
    const auto me = shop.get("/auth/me", token).body["user"]["id"].get<std::int64_t>();
    const auto reset = shop.post("/admin/users/" + std::to_string(me) + "/reset-totp", nullptr, token);
    CHECK(reset.status == 409);
    CHECK(reset.code() == "own_account");
    CHECK(shop.put("/admin/users/" + std::to_string(me), {{"password", "battery staple"}}, token).code() ==
          "own_account");
    shop.advance(seconds(30));
    for (int i = 0; i < 10; ++i) {
        CHECK(shop.post("/auth/totp/disable", {{"password", kGoodPassword}, {"totp", app.code(shop.clock().now(), 9)}},
                        token)
                  .status == 422);
    }
    CHECK(shop.post("/auth/totp/disable", {{"password", kGoodPassword}, {"totp", app.code(shop.clock().now())}}, token)
              .status == 429);
    CHECK(shop.get("/auth/me", token).body["totp"] == true);
}

TEST_CASE("X15: codes stay where the password would be too short to be enough alone") {
    Peopled shop;
    const auto token = shop.token("olga");
    const auto [app, recovery] = shop.with_codes(token);
    REQUIRE(
        shop.put("/auth/password", {{"current_password", kGoodPassword}, {"new_password", "wv7-jk2x"}}, token).status ==
        204);
    const auto off = shop.post("/auth/totp/disable", {{"password", "wv7-jk2x"}, {"recovery_code", recovery[0]}}, token);
    CHECK(off.status == 409);
    CHECK(off.code() == "password_too_short");
}

TEST_CASE("X15: one sees one's sessions, with where from and by what, and ends one or all others") {
    Peopled shop;
    const auto here = shop.log_in("olga", kGoodPassword, "203.0.113.1", Json::object(), {{"User-Agent", "Firefox/1"}})
                          .body["access_token"]
                          .get<std::string>();
    shop.advance(minutes(5));
    const auto there =
        shop.log_in("olga", kGoodPassword, "2001:db8::7", Json::object(), {{"User-Agent", std::string(500, 'x')}})
            .body["access_token"]
            .get<std::string>();
    const auto third = shop.token("olga");
    const auto list = shop.get("/auth/sessions", here).body["data"];
    REQUIRE(list.size() == 3);
    CHECK(list[2]["current"] == true);
    CHECK(list[2]["address"] == "203.0.113.1");
    CHECK(list[2]["user_agent"] == "Firefox/1");
    CHECK(list[2]["last_used_at"] == rfc3339(shop.clock().now()));
    CHECK(list[1]["current"] == false);
    CHECK(list[1]["address"] == "2001:db8::7");
    CHECK(list[1]["user_agent"] == std::string(200, 'x'));

    const auto id = std::to_string(list[1]["id"].get<std::int64_t>());
    CHECK(shop.remove("/auth/sessions/" + id, shop.staff()).status == 404);  // not theirs
    CHECK(shop.get("/auth/me", there).status == 200);
    CHECK(shop.remove("/auth/sessions/" + id, here).status == 204);
    CHECK(shop.get("/auth/me", there).status == 401);
    CHECK(shop.remove("/auth/sessions/" + id, here).status == 404);
    CHECK(shop.get("/auth/me", third).status == 200);

    CHECK(shop.remove("/auth/sessions", here).body["ended"] == 1);
    CHECK(shop.get("/auth/me", third).status == 401);
    CHECK(shop.get("/auth/me", here).status == 200);
    CHECK(shop.get("/auth/sessions", here).body["data"].size() == 1);
}

TEST_CASE("X15: an owner sees and ends the sessions of others; nobody else does") {
    Peopled shop;
    const auto anna = shop.add("anna", "staff");
    const auto path = "/admin/users/" + std::to_string(anna) + "/sessions";
    const auto one = shop.token("anna");
    const auto two = shop.token("anna");
    CHECK(shop.get(path, shop.staff()).status == 403);
    CHECK(shop.remove(path, one).status == 403);
    const auto list = shop.get(path, shop.owner()).body["data"];
    REQUIRE(list.size() == 2);
    CHECK(list[0]["current"] == false);
    CHECK(shop.remove(path + "/" + std::to_string(list[1]["id"].get<std::int64_t>()), shop.owner()).status == 204);
    CHECK(shop.get("/auth/me", one).status == 401);
    CHECK(shop.get("/auth/me", two).status == 200);
    CHECK(shop.remove(path, shop.owner()).body["ended"] == 1);
    CHECK(shop.get("/auth/me", two).status == 401);
    CHECK(shop.get("/admin/users/999/sessions", shop.owner()).status == 404);
    CHECK(shop.store().read().value<std::int64_t>("SELECT count(*) FROM audit_entry WHERE action = 'session.end'") ==
          2);

    // For oneself, all but the one that asks.
    const auto me = shop.get("/auth/me", shop.owner()).body["user"]["id"].get<std::int64_t>();
    CHECK(shop.remove("/admin/users/" + std::to_string(me) + "/sessions", shop.owner()).status == 200);
    CHECK(shop.get("/auth/me", shop.owner()).status == 200);
}

TEST_CASE("X15: a customer has a list of sessions too, without addresses") {
    Peopled shop;
    const Json account{{"name", "Ada Lovelace"}, {"email", "ada@example.com"}, {"password", kGoodPassword}};
    REQUIRE(shop.post("/customers", account).status == 201);
    const auto log_in = [&] {
        return shop.post("/auth/login", {{"email", "ada@example.com"}, {"password", kGoodPassword}})
            .body["access_token"]
            .get<std::string>();
    };
    const auto here = log_in();
    const auto there = log_in();
    const auto list = shop.get("/auth/sessions", here).body["data"];
    REQUIRE(list.size() == 2);
    CHECK(list[0]["address"] == "");
    CHECK(shop.remove("/auth/sessions", here).body["ended"] == 1);
    CHECK(shop.get("/customers/me", there).status == 401);
}

TEST_CASE("over TLS the session's cookie is __Host-, Secure, and no other is taken") {
    Peopled shop;
    const Headers tls{{"X-Forwarded-Proto", "https"}};
    const auto login = shop.log_in("olga", kGoodPassword, "203.0.113.1", Json::object(), tls);
    REQUIRE(login.status == 200);
    for (const auto* name : {"__Host-orderd_session=", "__Host-orderd_device_admin_"}) {
        const auto header = tests::set_cookie(login, name);
        CAPTURE(name, header);
        CHECK(header.find("; Secure") != std::string::npos);
        CHECK(header.find("; HttpOnly") != std::string::npos);
        CHECK(header.find("; SameSite=Strict") != std::string::npos);
        CHECK(header.find("; Path=/;") != std::string::npos);
        CHECK(header.find("Domain") == std::string::npos);
    }
    const auto value = tests::cookie(login, "__Host-orderd_session");
    const auto me = [&](const std::string& cookies, bool secure) {
        Headers headers{{"Cookie", cookies}, {"X-Forwarded-For", "203.0.113.1"}};
        if (secure) {
            headers["X-Forwarded-Proto"] = "https";
        }
        return shop.get("/auth/me", {}, headers).status;
    };
    const auto plain = value.substr(std::string("__Host-").size());
    CHECK(me(value, true) == 200);
    CHECK(me(plain, true) == 401);  // a page without TLS could have planted it
    CHECK(me(plain + "; " + value, true) == 200);
    CHECK(me(value, false) == 401);
    CHECK(me(plain, false) == 200);
    const auto out = shop.post("/auth/logout", nullptr, login.body["access_token"].get<std::string>(), tls);
    CHECK(out.header("Set-Cookie").starts_with("__Host-orderd_session=; Path=/; Max-Age=0"));
}

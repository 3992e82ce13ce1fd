// Signing in through HTTP, and out.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "accounts/authenticator_app.h"
#include "accounts/people.h"
#include "support/shop.h"

using namespace orderd;
using tests::AuthenticatorApp;
using tests::Headers;
using tests::Reply;
using tests::Shop;

namespace {

constexpr auto kPassword = "correct horse";

/// A shop with an owner who has a password, as olga.
struct Staffed : Shop {
    Staffed() { add("olga", "owner"); }

    std::int64_t add(const std::string& username, const std::string& role) {
        const auto reply =
            post("/admin/users", {{"username", username}, {"password", kPassword}, {"role", role}}, owner());
        REQUIRE(reply.status == 201);
        return reply.body["id"].get<std::int64_t>();
    }

    Reply log_in(const std::string& username, const std::string& password = kPassword, const Json& more = {}) {
        Json body{{"username", username}, {"password", password}};
        if (!more.is_null()) {
            body.update(more);
        }
        return post("/auth/login", body);
    }

    std::string token(const std::string& username, const std::string& password = kPassword) {
        return log_in(username, password).body.at("access_token").get<std::string>();
    }

    Reply me(const std::string& token) { return get("/auth/me", token); }
};

}  // namespace

TEST_CASE("an admin signs in with name and password, and is who the token says") {
    Staffed shop;
    const auto reply = shop.log_in("Olga");
    REQUIRE(reply.status == 200);
    CHECK(reply.body["token_type"] == "Bearer");
    CHECK(reply.body["user"]["username"] == "olga");
    CHECK(reply.body["user"]["role"] == "owner");
    CHECK(reply.body["expires_at"] == rfc3339(shop.clock().now() + hours(12)));
    CHECK(reply.header("Cache-Control") == "no-store");
    const auto cookie = tests::set_cookie(reply, "orderd_session=");
    CHECK(cookie.find("HttpOnly") != std::string::npos);
    CHECK(cookie.find("SameSite=Strict") != std::string::npos);
    CHECK(cookie.find("Path=/") != std::string::npos);
    const auto me = shop.me(reply.body["access_token"].get<std::string>());
    CHECK(me.status == 200);
    CHECK(me.body["user"] == reply.body["user"]);
    CHECK(me.body["totp"] == false);
    CHECK(me.body["csrf_token"] == reply.body["csrf_token"]);
}

TEST_CASE("a wrong password, an unknown name and someone who left get the same answer") {
    Staffed shop;
    const auto left = shop.add("lena", "staff");
    REQUIRE(shop.remove("/admin/users/" + std::to_string(left), shop.owner()).status == 204);
    const auto wrong = shop.log_in("olga", "wrong horse");
    CHECK(wrong.status == 401);
    CHECK(wrong.code() == "invalid_credentials");
    CHECK_FALSE(wrong.header("WWW-Authenticate").empty());
    CHECK(wrong.header("Set-Cookie").empty());
    for (const auto& other : {shop.log_in("nobody"), shop.log_in("lena"), shop.log_in("nobody@example.com"),
                              shop.post("/auth/login", {{"email", "nobody@example.com"}, {"password", kPassword}})}) {
        CHECK(other.status == 401);
        CHECK(other.code() == wrong.code());
        CHECK(other.body["detail"] == wrong.body["detail"]);
    }
}

TEST_CASE("a sign-in that cannot be read is refused with what is wrong") {
    Staffed shop;
    const auto refused = [&](const Json& body, const std::string& pointer) {
        const auto reply = shop.post("/auth/login", body);
        CHECK(reply.status == 422);
        REQUIRE(reply.body["errors"].size() == 1);
        CHECK(reply.body["errors"][0]["pointer"] == pointer);
    };
    refused({{"password", kPassword}}, "");
    refused({{"username", "olga"}, {"email", "olga@example.com"}, {"password", kPassword}}, "");
    refused({{"username", "olga"}}, "/password");
    refused({{"username", "olga"}, {"password", kPassword}, {"remember", true}}, "/remember");
    refused({{"username", "olga"}, {"password", 12345678}}, "/password");
}

TEST_CASE("ten wrong passwords lock an account for a while, the right one included; open sessions go on") {
    Staffed shop;
    const auto open = shop.token("olga");
    for (int i = 0; i < 10; ++i) {
        CHECK(shop.log_in("olga", "wrong horse").status == 401);
    }
    const auto locked = shop.log_in("olga");
    CHECK(locked.status == 429);
    CHECK(locked.code() == "too_many_attempts");
    CHECK(locked.header("Retry-After") == "60");
    CHECK(shop.me(open).status == 200);
    shop.advance(seconds(60));
    CHECK(shop.log_in("olga").status == 200);
    CHECK(shop.log_in("olga", "wrong horse").status == 401);  // the count began anew
}

TEST_CASE("an unknown name is locked like a known one") {
    Staffed shop;
    for (int i = 0; i < 10; ++i) {
        CHECK(shop.log_in("nobody").status == 401);
    }
    CHECK(shop.log_in("NOBODY").status == 429);
    CHECK(shop.log_in("olga").status == 200);
}

TEST_CASE("signing out ends the session at once") {
    Staffed shop;
    const auto token = shop.token("olga");
    const auto other = shop.token("olga");
    CHECK(shop.me(token).status == 200);
    const auto out = shop.post("/auth/logout", nullptr, token);
    CHECK(out.status == 204);
    CHECK(out.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(shop.me(token).status == 401);
    CHECK(shop.me(other).status == 200);
    CHECK(shop.post("/auth/logout", nullptr, token).status == 401);
}

TEST_CASE("a token that is no good is refused everywhere, and says how to come in") {
    Staffed shop;
    for (const auto* path : {"/products", "/auth/me", "/admin/orders"}) {
        const auto reply = shop.get(path, "os_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        CHECK(reply.status == 401);
        CHECK(reply.code() == "invalid_token");
        CHECK(reply.header("WWW-Authenticate").starts_with("Bearer"));
    }
}

TEST_CASE("a new password ends the other sessions, and the old one is no good any more") {
    Staffed shop;
    const auto mine = shop.token("olga");
    const auto other = shop.token("olga");
    const auto change = [&](const std::string& current, const std::string& wanted) {
        return shop.put("/auth/password", {{"current_password", current}, {"new_password", wanted}}, mine);
    };
    const auto wrong = change("wrong horse", "battery staple");
    CHECK(wrong.status == 422);
    CHECK(wrong.body["errors"][0]["pointer"] == "/current_password");
    CHECK(change(kPassword, "short").body["errors"][0]["pointer"] == "/new_password");
    CHECK(shop.me(other).status == 200);
    CHECK(change(kPassword, "battery staple").status == 204);
    CHECK(shop.me(mine).status == 200);
    CHECK(shop.me(other).status == 401);
    CHECK(shop.log_in("olga").status == 401);
    CHECK(shop.log_in("olga", "battery staple").status == 200);
}

TEST_CASE("the dashboard signs in by cookie, and its changes need the CSRF header") {
    Staffed shop;
    const auto login = shop.log_in("olga");
    const Headers cookie{{"Cookie", "theme=dark; " + tests::cookie(login, "orderd_session=")}};
    Headers with_csrf = cookie;
    with_csrf["X-CSRF-Token"] = login.body["csrf_token"].get<std::string>();
    Headers wrong_csrf = cookie;
    wrong_csrf["X-CSRF-Token"] = "AAAA";
    const Json sam{{"username", "sabine"}, {"password", kPassword}, {"role", "staff"}};

    CHECK(shop.get("/auth/me", {}, cookie).body["user"]["username"] == "olga");
    CHECK(shop.get("/auth/session", {}, cookie).body["session"] == shop.get("/auth/me", {}, cookie).body);
    CHECK(shop.post("/admin/users", sam, {}, cookie).code() == "csrf_token_required");
    CHECK(shop.post("/admin/users", sam, {}, wrong_csrf).status == 403);
    const auto added = shop.post("/admin/users", sam, {}, with_csrf);
    CHECK(added.status == 201);

    const auto path = "/admin/users/" + std::to_string(added.body["id"].get<std::int64_t>());
    CHECK(shop.put(path, {{"role", "viewer"}}, {}, with_csrf).code() == "if_match_required");
    with_csrf["If-Match"] = added.header("ETag");
    CHECK(shop.put(path, {{"role", "viewer"}}, {}, with_csrf).status == 200);
    CHECK(shop.put(path, {{"role", "staff"}}, {}, with_csrf).status == 412);
}

TEST_CASE("an old cookie does not keep anyone from signing in again") {
    Staffed shop;
    const Headers cookie{{"Cookie", tests::cookie(shop.log_in("olga"), "orderd_session=")}};
    shop.advance(hours(12));
    CHECK(shop.get("/auth/me", {}, cookie).status == 401);
    const auto session = shop.get("/auth/session", {}, cookie);
    CHECK(session.header("Cache-Control") == "no-store");
    CHECK(session.status == 200);
    CHECK(session.body == Json{{"session", nullptr}});
    CHECK(shop.post("/auth/login", {{"username", "olga"}, {"password", kPassword}}, {}, cookie).status == 200);
}

TEST_CASE("codes of an authenticator app: set up, asked for, good once, and turned off") {
    Staffed shop;
    const auto token = shop.token("olga");
    CHECK(shop.post("/auth/totp", {{"password", "wrong horse"}}, token).status == 422);
    const auto shown = shop.post("/auth/totp", {{"password", kPassword}}, token);
    REQUIRE(shown.status == 200);
    CHECK(shown.body["uri"].get<std::string>().starts_with("otpauth://totp/"));
    const AuthenticatorApp app(shown.body["secret"].get<std::string>());
    const auto code = [&](int steps = 0) { return app.code(shop.clock().now(), steps); };

    CHECK(shop.log_in("olga").status == 200);  // not asked for before the first code was right
    CHECK(shop.post("/auth/totp/confirm", {{"code", code(9)}}, token).status == 422);
    const auto confirmed = shop.post("/auth/totp/confirm", {{"code", code()}}, token);
    REQUIRE(confirmed.status == 200);
    const auto recovery = confirmed.body["recovery_codes"];
    CHECK(recovery.size() == 10);
    CHECK(shop.post("/auth/totp", {{"password", kPassword}}, token).code() == "totp_on");
    CHECK(shop.me(token).body["totp"] == true);

    CHECK(shop.log_in("olga").code() == "totp_required");
    CHECK(shop.log_in("olga", "wrong horse", {{"totp", code(1)}}).code() == "invalid_credentials");
    CHECK(shop.log_in("olga", kPassword, {{"totp", code()}}).code() == "totp_invalid");  // it confirmed the secret
    CHECK(shop.log_in("olga", kPassword, {{"totp", code(1)}}).status == 200);
    CHECK(shop.log_in("olga", kPassword, {{"totp", code(1)}}).code() == "totp_invalid");
    CHECK(shop.log_in("olga", kPassword, {{"recovery_code", recovery[3]}}).status == 200);
    CHECK(shop.log_in("olga", kPassword, {{"recovery_code", recovery[3]}}).code() == "totp_invalid");

    const auto turn_off = [&](const std::string& password) {
        return shop.post("/auth/totp/disable", {{"password", password}, {"recovery_code", recovery[5]}}, token);
    };
    CHECK(turn_off("wrong horse").status == 422);
    CHECK(turn_off(kPassword).status == 204);
    CHECK(shop.log_in("olga").status == 200);
}

TEST_CASE("an owner lets someone in who lost the authenticator app") {
    Staffed shop;
    const auto id = shop.add("sabine", "staff");
    const auto token = shop.token("sabine");
    const auto shown = shop.post("/auth/totp", {{"password", kPassword}}, token);
    const AuthenticatorApp app(shown.body["secret"].get<std::string>());
    REQUIRE(shop.post("/auth/totp/confirm", {{"code", app.code(shop.clock().now())}}, token).status == 200);
    CHECK(shop.log_in("sabine").code() == "totp_required");
    const auto path = "/admin/users/" + std::to_string(id) + "/reset-totp";
    CHECK(shop.post(path, nullptr, shop.staff()).status == 403);
    CHECK(shop.post(path, nullptr, shop.owner()).body["totp"] == false);
    CHECK(shop.log_in("sabine").status == 200);
}

TEST_CASE("wrong codes lock an account like wrong passwords") {
    Staffed shop;
    const auto token = shop.token("olga");
    const auto shown = shop.post("/auth/totp", {{"password", kPassword}}, token);
    const AuthenticatorApp app(shown.body["secret"].get<std::string>());
    REQUIRE(shop.post("/auth/totp/confirm", {{"code", app.code(shop.clock().now())}}, token).status == 200);
    for (int i = 0; i < 10; ++i) {
        CHECK(shop.log_in("olga", kPassword, {{"totp", app.code(shop.clock().now(), 9)}}).code() == "totp_invalid");
    }
    CHECK(shop.log_in("olga", kPassword, {{"totp", app.code(shop.clock().now(), 1)}}).status == 429);
}

TEST_CASE("who signed in and who failed is in the audit log, without what was typed") {
    Staffed shop;
    shop.log_in("olga");
    shop.log_in("olga", "wrong horse");
    shop.log_in("hunter2 in the wrong field");
    std::string log;
    shop.store().read().each(
        "SELECT action || ' ' || subject || ' ' || subject_id || ' ' || actor_name || ' ' || before || ' ' || after || "
        "char(10) FROM audit_entry",
        [&](const storage::Row& row) { log += row.get<std::string>(0); });
    CHECK(log.find("login admin ") != std::string::npos);
    CHECK(log.find("login.failed admin ") != std::string::npos);
    CHECK(log.find("login.failed nobody 0 ") != std::string::npos);
    CHECK(log.find("horse") == std::string::npos);
    CHECK(log.find("hunter2") == std::string::npos);
    CHECK(log.find("argon2") == std::string::npos);
    shop.check_invariants();
}

TEST_CASE("a new shop is claimed over HTTP, once") {
    Shop shop;
    CHECK(shop.get("/auth/setup").body["open"] == false);
    // As it is before anyone came: the owner waits, and nobody else is there.
    shop.store().writer().run(
        [](storage::Transaction& tx) { tx.run("UPDATE admin_user SET password_hash = NULL WHERE id = 1"); });
    CHECK(shop.get("/auth/setup").body["open"] == true);
    const auto link = shop.app().setup_link();
    const auto token = link.substr(link.find('#') + 1);
    const Json setup{{"token", token},
                     {"username", "olga"},
                     {"password", kPassword},
                     {"shop_name", "Olga's Mugs"},
                     {"address", {{"line1", "Markt 1"}, {"city", "Ulm"}, {"postal_code", "89073"}, {"country", "DE"}}}};
    auto guess = setup;
    guess["token"] = "AAAA";
    const auto valid = [&](const std::string& given) {
        return shop.post("/auth/setup/check", {{"token", given}}).body["valid"].get<bool>();
    };
    CHECK_FALSE(valid("AAAA"));
    CHECK(valid(token));
    CHECK(shop.post("/auth/setup", guess).code() == "invalid_setup_token");
    auto unfit = setup;
    unfit["password"] = "short";
    unfit["shop_name"] = "  ";
    const auto refused = shop.post("/auth/setup", unfit);
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"].size() == 2);

    const auto claimed = shop.post("/auth/setup", setup);
    REQUIRE(claimed.status == 200);
    CHECK(claimed.body["user"]["username"] == "olga");
    CHECK(shop.get("/auth/me", claimed.body["access_token"].get<std::string>()).status == 200);
    CHECK(shop.post("/auth/login", {{"username", "olga"}, {"password", kPassword}}).status == 200);
    CHECK(shop.post("/auth/setup", setup).code() == "already_set_up");
    CHECK(shop.get("/auth/setup").body["open"] == false);
    CHECK_FALSE(valid(token));
    CHECK(shop.app().setup_link().empty());
}

TEST_CASE("X7: forty connections with wrong passwords keep nobody from signing in", "[concurrency]") {
    Staffed shop;
    std::atomic<bool> over = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> attackers;
    for (int i = 0; i < 40; ++i) {
        attackers.emplace_back([&, i] {
            while (!over) {
                shop.log_in("nobody-" + std::to_string(i), "a wrong password");
                ++wrong;
            }
        });
    }
    while (wrong < 10) {
        std::this_thread::yield();
    }
    for (int i = 0; i < 5; ++i) {
        CHECK(shop.log_in("olga").status == 200);
    }
    over = true;
    for (auto& attacker : attackers) {
        attacker.join();
    }
}

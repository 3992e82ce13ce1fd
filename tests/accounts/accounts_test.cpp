// Customers' accounts, users and API keys through HTTP.

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "api/scope.h"
#include "api/server.h"
#include "support/shop.h"

using namespace orderd;
using tests::Headers;
using tests::Reply;
using tests::Shop;

namespace {

constexpr auto kOwnPassword = "correct horse";

Json address() { return {{"line1", "Markt 1"}, {"city", "Ulm"}, {"postal_code", "89073"}, {"country", "DE"}}; }

Json account(const std::string& email = "grace@example.com") {
    return {{"name", "Grace Hopper"},
            {"email", email},
            {"phone", "+49 731 5550100"},
            {"shipping_address", address()},
            {"password", kOwnPassword}};
}

std::string customer_token(Shop& shop, const std::string& email = "grace@example.com",
                           const std::string& password = kOwnPassword) {
    const auto reply = shop.post("/auth/login", {{"email", email}, {"password", password}});
    return reply.status == 200 ? reply.body["access_token"].get<std::string>() : "";
}

std::vector<std::int64_t> ids(const Reply& page) {
    std::vector<std::int64_t> found;
    for (const auto& row : page.body["data"]) {
        found.push_back(row["id"].get<std::int64_t>());
    }
    return found;
}

std::int64_t id_of(const Reply& reply) { return reply.body.at("id").get<std::int64_t>(); }

std::string at(const std::string& path, std::int64_t id) { return path + "/" + std::to_string(id); }

}  // namespace

TEST_CASE("a customer makes an account, signs in, and sees what was said") {
    Shop shop;
    const auto made = shop.post("/customers", account());
    REQUIRE(made.status == 201);
    CHECK_FALSE(made.body.contains("password"));
    const auto login = shop.post("/auth/login", {{"email", "GRACE@example.com"}, {"password", kOwnPassword}});
    REQUIRE(login.status == 200);
    CHECK(login.body["user"]["role"] == "customer");
    CHECK(login.body["expires_at"] == rfc3339(shop.clock().now() + days(30)));
    CHECK(login.header("Set-Cookie").find("session") == std::string::npos);  // a shop front keeps the token itself
    const auto me = shop.get("/customers/me", login.body["access_token"].get<std::string>());
    CHECK(me.status == 200);
    CHECK(me.body == made.body);
    CHECK(me.body["shipping_address"]["line1"] == "Markt 1");
    CHECK(me.body["shipping_address"]["line2"] == "");
}

TEST_CASE("an account needs an address of its own, a password that holds, and a name") {
    Shop shop;
    REQUIRE(shop.post("/customers", account()).status == 201);
    const auto taken = shop.post("/customers", account("Grace@Example.com"));
    CHECK(taken.status == 409);
    CHECK(taken.code() == "email_taken");
    CHECK(taken.text.find("Hopper") == std::string::npos);

    auto wrong = account("other@example.com");
    wrong["password"] = "1234567";
    CHECK(shop.post("/customers", wrong).body["errors"][0]["pointer"] == "/password");
    wrong = account("no address");
    CHECK(shop.post("/customers", wrong).body["errors"][0]["pointer"] == "/email");
    wrong = account("other@example.com");
    wrong["name"] = " ";
    wrong["shipping_address"]["city"] = " ";
    CHECK(shop.post("/customers", wrong).body["errors"].size() == 2);
    wrong = account("other@example.com");
    wrong["role"] = "owner";
    CHECK(shop.post("/customers", wrong).body["errors"][0]["pointer"] == "/role");
    CHECK(ids(shop.get("/admin/customers", shop.viewer())).size() == 1);
}

TEST_CASE("an account can be registered without an address") {
    Shop shop;
    auto body = account();
    body.erase("shipping_address");
    body.erase("phone");
    const auto made = shop.post("/customers", body);
    CHECK(made.status == 201);
    CHECK(made.body["shipping_address"].is_null());
    CHECK(made.body["phone"] == "");
}

TEST_CASE("the same registration sent twice makes one account") {
    Shop shop;
    const Headers key{{"Idempotency-Key", "one"}};
    const auto first = shop.post("/customers", account(), {}, key);
    const auto second = shop.post("/customers", account(), {}, key);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.body == first.body);
}

TEST_CASE("a customer changes the own account, and is found by the new words only") {
    Shop shop;
    const auto made = shop.post("/customers", account());
    REQUIRE(shop.post("/customers", account("taken@example.com")).status == 201);
    const auto token = customer_token(shop);
    const auto changed =
        shop.put("/customers/me",
                 {{"name", "Grace Murray"}, {"email", "murray@example.com"}, {"password", kOwnPassword}}, token);
    CHECK(changed.status == 200);
    CHECK(changed.body["name"] == "Grace Murray");
    CHECK(changed.body["phone"] == "+49 731 5550100");
    CHECK(changed.body["version"] == 2);
    CHECK(shop.put("/customers/me", {{"name", "X"}}, token, {{"If-Match", "\"1\""}}).status == 412);
    CHECK(shop.put("/customers/me", {{"email", "taken@example.com"}, {"password", kOwnPassword}}, token).code() ==
          "email_taken");
    CHECK(shop.put("/customers/me", {{"password", "battery staple"}}, token).status == 422);
    const std::vector<std::int64_t> one{id_of(made)};
    shop.drain();
    CHECK(ids(shop.get("/admin/customers?q=murray", shop.viewer())) == one);
    CHECK(ids(shop.get("/admin/customers?q=murray@example.com", shop.viewer())) == one);
    CHECK(ids(shop.get("/admin/customers?q=grace@example.com", shop.viewer())).empty());
    CHECK_FALSE(customer_token(shop, "murray@example.com").empty());
    CHECK(customer_token(shop, "grace@example.com").empty());
}

TEST_CASE("a customer changes the password, and the other sessions end") {
    Shop shop;
    shop.post("/customers", account());
    const auto mine = customer_token(shop);
    const auto other = customer_token(shop);
    CHECK(shop.put("/auth/password", {{"current_password", kOwnPassword}, {"new_password", "battery staple"}}, mine)
              .status == 204);
    CHECK(shop.get("/customers/me", mine).status == 200);
    CHECK(shop.get("/customers/me", other).status == 401);
    CHECK(customer_token(shop).empty());
    CHECK_FALSE(customer_token(shop, "grace@example.com", "battery staple").empty());
}

TEST_CASE("a customer erases the own account, once nothing is under way") {
    Shop shop;
    const auto made = shop.post("/customers", account());
    const auto token = customer_token(shop);
    const auto mug = shop.product({});
    const auto order = shop.post("/orders", {{"items", {{{"product_id", mug}, {"quantity", 1}}}}}, token);
    REQUIRE(order.status == 201);
    CHECK(shop.remove("/customers/me", token).code() == "order_under_way");
    CHECK(shop.post(at("/orders", id_of(order)) + "/cancel", Json::object(), token).status == 200);
    CHECK(shop.remove("/customers/me", token).status == 204);
    CHECK(shop.get("/customers/me", token).status == 401);
    CHECK(customer_token(shop).empty());
    const auto left = shop.get(at("/admin/customers", id_of(made)), shop.viewer());
    CHECK(left.body["erased"] == true);
    CHECK(left.text.find("Grace") == std::string::npos);
    const auto order_left = shop.get(at("/admin/orders", id_of(order)), shop.viewer());
    CHECK(order_left.status == 200);
    CHECK(order_left.text.find("Grace") == std::string::npos);
    CHECK(order_left.text.find("Markt") == std::string::npos);
    CHECK(shop.post("/customers", account()).status == 201);  // the address is free again
    shop.check_invariants();
}

TEST_CASE("an owner erases a guest on request") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = shop.order({{mug, 1}});
    shop.drain();
    const auto found = ids(shop.get("/admin/customers?q=lovelace", shop.viewer()));
    REQUIRE(found.size() == 1);
    const auto path = at("/admin/customers", found[0]) + "/erase";
    CHECK(shop.post(path, nullptr, shop.owner()).code() == "order_under_way");
    REQUIRE(shop.post(at("/orders", id_of(order)) + "/cancel", Json::object(), shop.staff()).status == 200);
    CHECK(shop.post(path, nullptr, shop.staff()).status == 403);
    const auto erased = shop.post(path, nullptr, shop.owner());
    CHECK(erased.status == 200);
    CHECK(erased.body["erased"] == true);
    CHECK(ids(shop.get("/admin/customers?q=lovelace", shop.viewer())).empty());
    CHECK(shop.get(at("/admin/orders", id_of(order)), shop.viewer()).text.find("Ada") == std::string::npos);
    CHECK(shop.post("/admin/customers/999/erase", nullptr, shop.owner()).status == 404);
    shop.check_invariants();
}

TEST_CASE("customers are listed newest first, page by page") {
    Shop shop;
    std::vector<std::int64_t> all;
    for (int i = 0; i < 5; ++i) {
        auto body = account("c" + std::to_string(i) + "@example.com");
        body["name"] = i % 2 == 0 ? "Even Steven" : "Odd Todd";
        all.insert(all.begin(), id_of(shop.post("/customers", body)));
    }
    std::vector<std::int64_t> seen;
    std::string path = "/admin/customers?limit=2";
    for (int page = 0; page < 3; ++page) {
        const auto reply = shop.get(path, shop.viewer());
        const auto rows = ids(reply);
        seen.insert(seen.end(), rows.begin(), rows.end());
        if (reply.body["next_cursor"].is_null()) {
            break;
        }
        path = "/admin/customers?limit=2&cursor=" + reply.body["next_cursor"].get<std::string>();
    }
    CHECK(seen == all);
    shop.drain();
    CHECK(ids(shop.get("/admin/customers?q=steven", shop.viewer())).size() == 3);
    const auto first = shop.get("/admin/customers?q=steven&limit=2", shop.viewer());
    CHECK(ids(first).size() == 2);
    const auto rest = shop.get(
        "/admin/customers?q=steven&limit=2&cursor=" + first.body["next_cursor"].get<std::string>(), shop.viewer());
    CHECK(ids(rest) == std::vector<std::int64_t>{all.back()});
}

TEST_CASE("an owner adds, changes and removes users; everyone sees who works here") {
    Shop shop;
    const Json wanted{{"username", "sabine"}, {"password", kOwnPassword}, {"role", "staff"}};
    CHECK(shop.post("/admin/users", wanted, shop.staff()).status == 403);
    const auto added = shop.post("/admin/users", wanted, shop.owner());
    REQUIRE(added.status == 201);
    CHECK(added.text.find("argon") == std::string::npos);
    CHECK(shop.post("/admin/users", wanted, shop.owner()).code() == "username_taken");
    const auto path = at("/admin/users", id_of(added));
    CHECK(shop.get(path, shop.viewer()).body == added.body);
    CHECK(shop.get("/admin/users?limit=2", shop.viewer()).body["next_cursor"].is_string());

    const auto login = shop.post("/auth/login", {{"username", "sabine"}, {"password", kOwnPassword}});
    const auto token = login.body["access_token"].get<std::string>();
    CHECK(shop.put(path, {{"role", "viewer"}}, shop.owner(), {{"If-Match", "\"7\""}}).status == 412);
    CHECK(shop.put(path, {{"role", "viewer"}}, shop.owner()).body["role"] == "viewer");
    CHECK(shop.get("/auth/me", token).status == 401);
    CHECK(shop.put(path, {{"password", "battery staple"}}, shop.owner()).status == 200);
    CHECK(shop.post("/auth/login", {{"username", "sabine"}, {"password", "battery staple"}}).status == 200);
    CHECK(shop.put(path, {{"role", "boss"}}, shop.owner()).status == 422);
    CHECK(shop.remove(path, shop.owner()).status == 204);
    CHECK(shop.post("/auth/login", {{"username", "sabine"}, {"password", "battery staple"}}).status == 401);
    CHECK(shop.get(path, shop.viewer()).body["active"] == false);
    CHECK(shop.remove("/admin/users/999", shop.owner()).status == 404);

    std::vector<std::string> actions;
    shop.store().read().each(
        "SELECT action FROM audit_entry WHERE subject = 'admin' AND subject_id = ?1 ORDER BY id",
        [&](const storage::Row& row) { actions.push_back(row.get<std::string>(0)); }, id_of(added));
    CHECK(actions ==
          std::vector<std::string>{"admin.add", "login", "admin.update", "admin.password", "login", "admin.update"});
}

TEST_CASE("the last owner can neither leave nor step down") {
    Shop shop;
    const auto me = shop.get("/auth/me", shop.owner()).body["user"]["id"].get<std::int64_t>();
    CHECK(shop.remove(at("/admin/users", me), shop.owner()).code() == "last_owner");
    CHECK(shop.put(at("/admin/users", me), {{"role", "staff"}}, shop.owner()).code() == "last_owner");
    CHECK(shop.put(at("/admin/users", me), {{"active", false}}, shop.owner()).status == 409);
    CHECK(shop.get("/auth/me", shop.owner()).body["user"]["role"] == "owner");
}

TEST_CASE("whoever looks after orders under way hands them over before leaving") {
    Shop shop;
    const auto mug = shop.product({});
    const auto sam = shop.get("/auth/me", shop.staff()).body["user"]["id"].get<std::int64_t>();
    const auto owner = shop.get("/auth/me", shop.owner()).body["user"]["id"].get<std::int64_t>();
    const auto first = id_of(shop.order({{mug, 1}}));
    const auto second = id_of(shop.order({{mug, 1}}));
    const auto manager = [&](std::int64_t order) {
        return *shop.store().read().value<std::int64_t>("SELECT managed_by FROM orders WHERE id = ?1", order);
    };
    const auto his = manager(first) == sam ? first : second;
    REQUIRE(manager(his) == sam);
    const auto refused = shop.remove(at("/admin/users", sam), shop.owner());
    CHECK(refused.code() == "has_open_orders");
    CHECK(refused.body["open_orders"] == 1);
    CHECK(shop.get("/auth/me", shop.staff()).status == 200);
    CHECK(shop.put(at("/admin/users", sam), {{"role", "viewer"}}, shop.owner()).code() == "has_open_orders");
    CHECK(shop.remove(at("/admin/users", sam) + "?hand_over_to=" + std::to_string(sam), shop.owner()).status == 422);
    CHECK(shop.remove(at("/admin/users", sam) + "?hand_over_to=" + std::to_string(owner), shop.owner()).status == 204);
    CHECK(manager(his) == owner);
    CHECK(shop.get("/auth/me", shop.staff()).status == 401);
    shop.check_invariants();
}

TEST_CASE("an API key with scopes does no more than they say, whatever its role may") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = id_of(shop.order({{mug, 1}}));
    const auto key = [&](const Json& scopes) {
        const auto added =
            shop.post("/admin/api-keys", {{"label", "till"}, {"role", "staff"}, {"scopes", scopes}}, shop.owner());
        CHECK(added.body["scopes"] == scopes);
        return added.body["secret"].get<std::string>();
    };
    const auto reader = key({"orders:read"});
    CHECK(shop.get("/admin/orders", reader).status == 200);
    CHECK(shop.get(at("/orders", order), reader).status == 200);
    CHECK(shop.get("/products", reader).status == 200);  // for anyone
    const auto refused = shop.post(at("/orders", order) + "/cancel", Json::object(), reader);
    CHECK(refused.status == 403);
    CHECK(refused.code() == "out_of_scope");
    CHECK(refused.body["scope"] == "orders:write");
    CHECK(shop.get("/admin/inventory", reader).code() == "out_of_scope");
    CHECK(shop.get(at("/orders", order), shop.owner()).body["status"] == "pending");

    const auto writer = key({"orders:write"});
    CHECK(shop.get("/admin/orders", writer).status == 200);
    CHECK(shop.post(at("/orders", order) + "/cancel", Json::object(), writer).status == 200);

    const Json unknown{{"label", "x"}, {"role", "staff"}, {"scopes", {"orders:eat"}}};
    CHECK(shop.post("/admin/api-keys", unknown, shop.owner()).status == 422);
}

TEST_CASE("each route that is not for anyone is in an area that a key can be narrowed to") {
    Shop shop;
    for (const auto& [route, handler] : shop.app().server().routes().rows()) {
        const bool for_people = route.tag == "Signing in" || route.who == api::Who::customer;
        if (route.who != api::Who::anyone && !for_people) {
            CAPTURE(route.method, route.path, route.tag);
            CHECK(std::count(api::scopes().begin(), api::scopes().end(), api::scope_of(route)) == 1);
        }
    }
}

TEST_CASE("an API key works with its role, is shown once, and is revoked at once") {
    Shop shop;
    const Json wanted{{"label", "till"}, {"role", "staff"}};
    CHECK(shop.post("/admin/api-keys", wanted, shop.staff()).status == 403);
    const auto added = shop.post("/admin/api-keys", wanted, shop.owner());
    REQUIRE(added.status == 201);
    const auto secret = added.body["secret"].get<std::string>();
    CHECK(secret.starts_with("ok_"));
    const auto listed = shop.get("/admin/api-keys", shop.owner());
    CHECK(ids(listed) == std::vector<std::int64_t>{id_of(added)});
    CHECK(listed.text.find(secret) == std::string::npos);
    CHECK(shop.get("/admin/orders", secret).status == 200);
    CHECK(shop.post("/products", {{"sku", "CUP"}, {"name", "Cup"}, {"price", 900}}, secret).status == 201);
    CHECK(shop.get("/admin/api-keys", secret).status == 403);
    CHECK(shop.get("/auth/me", secret).status == 403);
    CHECK(shop.post("/auth/totp", {{"password", kOwnPassword}}, secret).status == 403);
    CHECK(shop.post("/admin/api-keys", {{"label", "x"}, {"role", "owner"}}, shop.owner()).status == 422);
    CHECK(shop.remove(at("/admin/api-keys", id_of(added)), shop.owner()).status == 204);
    CHECK(shop.get("/admin/orders", secret).status == 401);
    CHECK(shop.remove(at("/admin/api-keys", id_of(added)), shop.owner()).status == 204);  // as it is
    CHECK(shop.remove("/admin/api-keys/999", shop.owner()).status == 404);
}

TEST_CASE("X20: a secret that is shown once is not shown again for its Idempotency-Key") {
    Shop shop;
    const tests::Headers key{{"Idempotency-Key", "make-a-key"}};
    const Json wanted{{"label", "till"}, {"role", "staff"}};
    const auto made = shop.post("/admin/api-keys", wanted, shop.owner(), key);
    REQUIRE(made.status == 201);
    const auto secret = made.body["secret"].get<std::string>();
    const auto again = shop.post("/admin/api-keys", wanted, shop.owner(), key);
    CHECK(again.status == 201);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(id_of(again) == id_of(made));
    CHECK(again.text.find(secret) == std::string::npos);
    CHECK_FALSE(again.body.contains("secret"));
    CHECK(shop.get("/admin/orders", secret).status == 200);
    CHECK(shop.get("/admin/api-keys", shop.owner()).body["data"].size() == 1);

    const Json webhook{{"url", "https://hooks.invalid/in"}, {"events", {"order.*"}}};
    const auto added = shop.post("/admin/webhooks", webhook, shop.owner(), key);
    REQUIRE(added.status == 201);
    CHECK(added.body.contains("secret"));
    CHECK_FALSE(shop.post("/admin/webhooks", webhook, shop.owner(), key).body.contains("secret"));
}

TEST_CASE("X20: a second guest with the same key and body gets an order of their own, and no token of the first") {
    Shop shop([](app::Config& config) { config.trusted_proxies = {"127.0.0.1"}; });
    const auto mug = shop.product({});
    const auto order = [&](const std::string& from) {
        return shop.order({{mug, 1}}, {{"Idempotency-Key", "1"}, {"X-Forwarded-For", from}});
    };
    const auto first = order("203.0.113.1");
    const auto again = order("203.0.113.1");
    const auto second = order("203.0.113.2");
    CHECK(again.body == first.body);  // whose answer was lost gets it again
    CHECK(second.status == 201);
    CHECK(id_of(second) != id_of(first));
    CHECK(second.body["access_token"] != first.body["access_token"]);
}

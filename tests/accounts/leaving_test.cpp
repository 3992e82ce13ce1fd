// What ends when somebody leaves, or may do less: sessions, devices and API keys.

#include <atomic>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "accounts/people.h"

using namespace orderd;
using tests::kGoodPassword;
using tests::Peopled;
using tests::Reply;

namespace {

/// A shop in which otto, an owner, made two API keys; and who may come after him.
struct Leaving : Peopled {
    std::int64_t otto = add("otto", "owner");
    std::int64_t anna = add("anna", "owner");
    std::int64_t vera_id = 0;
    std::string ottos = token("otto");
    std::string till = key("till", "staff");
    std::string books = key("books", "viewer");

    Leaving() {
        const auto users = get("/admin/users", owner()).body["data"];
        for (const auto& user : users) {
            vera_id = user["username"] == "vera" ? user["id"].get<std::int64_t>() : vera_id;
        }
    }

    std::string key(const std::string& label, const std::string& role) {
        return post("/admin/api-keys", {{"label", label}, {"role", role}}, ottos).body.at("secret").get<std::string>();
    }
    std::string path() const { return "/admin/users/" + std::to_string(otto); }
    bool works(const std::string& secret) { return get("/admin/orders", secret).status == 200; }
    Reply change(const Json& changes) { return put(path(), changes, owner()); }
    Json keys() { return get("/admin/api-keys", owner()).body["data"]; }
};

}  // namespace

TEST_CASE("X4: an admin's API keys and sessions end when the admin is deactivated, and do not come back") {
    Leaving shop;
    CHECK(shop.works(shop.till));
    CHECK(shop.works(shop.books));
    REQUIRE(shop.remove(shop.path(), shop.owner()).status == 204);
    CHECK(shop.get("/admin/orders", shop.till).status == 401);
    CHECK(shop.post("/products", {{"sku", "CUP"}, {"name", "Cup"}, {"price", 900}}, shop.till).status == 401);
    CHECK_FALSE(shop.works(shop.books));
    CHECK(shop.get("/auth/me", shop.ottos).status == 401);
    for (const auto& key : shop.keys()) {
        CHECK_FALSE(key["revoked_at"].is_null());
    }
    REQUIRE(shop.change({{"active", true}}).status == 200);
    CHECK_FALSE(shop.works(shop.till));
    CHECK(shop.get("/admin/api-keys?held_by=" + std::to_string(shop.otto), shop.owner()).body["data"].empty());
    CHECK(shop.store().read().value<std::int64_t>("SELECT count(*) FROM audit_entry WHERE action = 'api_key.revoke'") ==
          2);
    shop.check_invariants();
}

TEST_CASE("X4: keys that may do more than their admin's new role end with the old one") {
    Leaving shop;
    REQUIRE(shop.change({{"role", "staff"}}).status == 200);
    CHECK(shop.works(shop.till));  // no more than staff may
    CHECK(shop.get("/auth/me", shop.ottos).status == 401);
    REQUIRE(shop.change({{"role", "viewer"}}).status == 200);
    CHECK_FALSE(shop.works(shop.till));
    CHECK(shop.works(shop.books));
}

TEST_CASE("X4: another admin takes the keys over by name, and answers for them from then on") {
    Leaving shop;
    const auto to = [&](std::int64_t id) { return shop.path() + "?keys_to=" + std::to_string(id); };
    for (const auto id : {shop.otto, shop.vera_id, std::int64_t{999}}) {
        const auto refused = shop.remove(to(id), shop.owner());
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == "/keys_to");
        CHECK(refused.text.find("till") != std::string::npos);
    }
    CHECK(shop.get("/auth/me", shop.ottos).status == 200);  // nothing changed
    REQUIRE(shop.remove(to(shop.anna), shop.owner()).status == 204);
    CHECK(shop.works(shop.till));
    CHECK(shop.works(shop.books));
    CHECK(shop.get("/auth/me", shop.ottos).status == 401);
    for (const auto& key : shop.keys()) {
        CHECK(key["held_by"] == shop.anna);
        CHECK(key["created_by"] == shop.otto);
    }
    REQUIRE(shop.put("/admin/users/" + std::to_string(shop.anna), {{"active", false}}, shop.owner()).status == 200);
    CHECK_FALSE(shop.works(shop.till));
}

TEST_CASE("X4: keys are handed over by a change as well, each where it must be") {
    Leaving shop;
    REQUIRE(shop.change({{"role", "viewer"}, {"keys_to", shop.anna}}).status == 200);
    CHECK(shop.works(shop.till));
    CHECK(shop.works(shop.books));
    for (const auto& key : shop.keys()) {
        CHECK(key["held_by"] == (key["label"] == "till" ? shop.anna : shop.otto));
    }
}

TEST_CASE("X4: a key never has more than the role of who answers for it, whatever the table says") {
    Leaving shop;
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("UPDATE admin_user SET role = 'viewer' WHERE id = ?1", shop.otto);
        tx.touched(storage::Topic::sessions);
    });
    CHECK(shop.works(shop.till));
    CHECK(shop.post("/products", {{"sku", "CUP"}, {"name", "Cup"}, {"price", 900}}, shop.till).status == 403);
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("UPDATE admin_user SET active = 0 WHERE id = ?1", shop.otto);
        tx.touched(storage::Topic::sessions);
    });
    CHECK_FALSE(shop.works(shop.till));
}

TEST_CASE("X4: keys made while their admin is deactivated are refused or end, never neither", "[concurrency]") {
    Leaving shop;
    std::vector<std::string> made;
    std::atomic<bool> left = false;
    std::thread leaver([&] {
        shop.remove(shop.path(), shop.owner());
        left = true;
    });
    for (int i = 0; i < 50 && !left; ++i) {
        const auto reply = shop.post("/admin/api-keys", {{"label", "late"}, {"role", "staff"}}, shop.ottos);
        if (reply.status == 201) {
            made.push_back(reply.body["secret"].get<std::string>());
        }
    }
    leaver.join();
    for (const auto& secret : made) {
        CHECK_FALSE(shop.works(secret));
    }
}

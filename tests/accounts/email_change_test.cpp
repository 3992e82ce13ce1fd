// A customer's e-mail address signs in, and gets what the shop writes: changing it takes the password.

#include <catch2/catch_test_macros.hpp>

#include "accounts/people.h"

using namespace orderd;
using tests::kGoodPassword;
using tests::Peopled;

TEST_CASE("X19: a customer's change of e-mail address takes the password") {
    Peopled shop;
    const Json account{{"name", "Ada Lovelace"}, {"email", "ada@example.com"}, {"password", kGoodPassword}};
    REQUIRE(shop.post("/customers", account).status == 201);
    const auto token = shop.post("/auth/login", {{"email", "ada@example.com"}, {"password", kGoodPassword}})
                           .body["access_token"]
                           .get<std::string>();
    const auto change = [&](const Json& changes) { return shop.put("/customers/me", changes, token); };
    const auto without = change({{"email", "eve@example.com"}});
    CHECK(without.status == 422);
    CHECK(without.body["errors"][0]["pointer"] == "/password");
    CHECK(change({{"email", "eve@example.com"}, {"password", "wrong horse"}}).status == 422);
    CHECK(shop.get("/customers/me", token).body["email"] == "ada@example.com");
    CHECK(change({{"email", "ada@example.com"}, {"name", "Ada King"}}).status == 200);  // the address stays
    CHECK(change({{"phone", "+44 20 1234"}}).status == 200);
    const auto changed = change({{"email", "ada@example.org"}, {"password", kGoodPassword}});
    CHECK(changed.status == 200);
    CHECK(changed.body["email"] == "ada@example.org");
    CHECK_FALSE(changed.body.contains("password"));
    for (int i = 0; i < 9; ++i) {
        CHECK(change({{"email", "eve@example.com"}, {"password", "wrong horse"}}).status == 422);
    }
    CHECK(change({{"email", "eve@example.com"}, {"password", kGoodPassword}}).status == 429);
}

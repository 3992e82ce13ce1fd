// What a password must be to be set: over HTTP, from the command line, and the rule itself.

#include "accounts/password_rules.h"

#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "accounts/commands.h"
#include "accounts/common_passwords.h"
#include "accounts/passwords.h"
#include "accounts/people.h"
#include "support/program.h"

using namespace orderd;
using namespace orderd::accounts;
using tests::kGoodPassword;
using tests::Peopled;

namespace {

bool fits(std::string_view password, const PasswordRule& rule) {
    std::vector<Fault> faults;
    check_password(password, rule, "/password", faults);
    return faults.empty();
}

}  // namespace

TEST_CASE("X14: a password has 8 characters, of an admin without codes 12, and at most 256 bytes") {
    const PasswordRule customer{};
    const PasswordRule admin{.least = kMinAdminPassword, .names = {}};
    CHECK_FALSE(fits("wv7-jk2", customer));
    CHECK(fits("wv7-jk2x", customer));
    CHECK_FALSE(fits("wv7-jk2x-pq", admin));
    CHECK(fits("wv7-jk2x-pq4", admin));
    CHECK_FALSE(fits("пароль", customer));  // six characters, twelve bytes
    CHECK(fits("кролики в саду", admin));
    std::string longest;
    while (longest.size() < 256) {
        longest += "quince & medlar, ";
    }
    CHECK(fits(longest.substr(0, 256), admin));
    CHECK_FALSE(fits(longest.substr(0, 256) + "x", admin));
}

TEST_CASE("X14: what is tried first is refused, however it is dressed up") {
    const PasswordRule olga{.least = kMinPassword, .names = {"olga.mug", "Olga's Mugs", "Olga Mugler"}};
    for (const auto* password :
         {"password",         "Password1234", "P@ssw0rd1234",   "passwordpassword", "drowssap1234",  "p-a-s-s-w-o-r-d",
          "12345678",         "123456789012", "987654321000",   "0123456789",       "112233445566",  "111111111111",
          "123123123123",     "qwertyuiop12", "qwertyuiopas",   "QWERTZUIOP12",     "asdfghjkl123",  "1q2w3e4r5t6y",
          "1qaz2wsx3edc",     "zaq12wsx",     "qazwsxedc123",   "abcdefghijkl",     "abc123abc123",  "a1b2c3d4e5f6",
          "iloveyou2024!",    "letmein12345", "welcome123456",  "Welcome2025!",     "administrator", "admin1234567",
          "ownerowner12",     "changeme1234", "dragon123456",   "Summer2024!!",     "winter-2025",   "football1998",
          "24121985",         "19851224",     "olga12345678",   "Olga-Olga-Olga",   "0lg4.mug2024",  "gumaglo12345",
          "OlgasMugs2024",    "mugler1985!!", "aaaaaaaaaaaaaa", "abababababab",     "Passwort2024",  "sommer2024!!",
          "trustno1trustno1", "!@#$%^&*()",   "princess1234",   "superman2000",     "mypassword12",  "qweasdzxc123"}) {
        CAPTURE(password);
        CHECK_FALSE(fits(password, olga));
    }
    for (const auto* password :
         {"correct horse battery", "correct horse", "battery staple", "medlars in winter", "a good password",
          "the owner's password", "quince and sensibility", "xK9#mP2$vL", "7391-Kiwi-Ufer", "Sunflower-Tiger-Moon-42",
          "wohnzimmerlampe", "ben's password", "8305917264"}) {
        CAPTURE(password, parts_of(password, olga.names));
        CHECK(fits(password, olga));
    }
    CHECK_FALSE(fits("marmalade12", {.least = 8, .names = {"marmalade"}}));
    CHECK(fits("marmalade12", {}));
}

TEST_CASE("X14: the longest password is judged in no time") {
    for (const auto& password : {std::string(256, 'a'), std::string(128, '1') + std::string(128, '2')}) {
        CHECK(is_common(password, {"olga"}));
    }
}

TEST_CASE("X14: weak passwords are refused wherever one is set, and old ones go on working") {
    Peopled shop;
    const auto refused = [&](const tests::Reply& reply, const std::string& pointer) {
        CAPTURE(reply.text);
        CHECK(reply.status == 422);
        REQUIRE(reply.body["errors"].size() == 1);
        CHECK(reply.body["errors"][0]["pointer"] == pointer);
    };
    for (const auto* weak : {"password", "12345678", "Password1234", "qwertyuiop12", "sabinesabine", "sabine123456"}) {
        refused(
            shop.post("/admin/users", {{"username", "sabine"}, {"password", weak}, {"role", "owner"}}, shop.owner()),
            "/password");
    }
    const auto id = shop.add("sabine", "staff");
    refused(shop.put("/admin/users/" + std::to_string(id), {{"password", "sabine123456"}}, shop.owner()), "/password");
    const auto token = shop.token("sabine");
    const auto change = [&](const std::string& wanted) {
        return shop.put("/auth/password", {{"current_password", kGoodPassword}, {"new_password", wanted}}, token);
    };
    refused(change("password1234"), "/new_password");
    refused(change("wv7-jk2x-p"), "/new_password");
    shop.with_codes(token);
    CHECK(change("wv7-jk2x-p").status == 204);  // with codes, eight are enough

    const Json ada{{"name", "Ada Lovelace"}, {"email", "ada@countess.example"}};
    for (const auto* weak : {"password", "12345678", "lovelace", "Countess1", "ada12345"}) {
        auto account = ada;
        account["password"] = weak;
        refused(shop.post("/customers", account), "/password");
    }

    // One that was set under older rules.
    const auto hash = accounts::PasswordHasher().hash("password");
    shop.store().writer().run(
        [&](storage::Transaction& tx) { tx.run("UPDATE admin_user SET password_hash = ?1 WHERE id = 1", hash); });
    CHECK(shop.log_in("owner", "password", "203.0.113.1").status == 200);
}

TEST_CASE("X14: the set-up of a new shop refuses its name, and the user's, as a password") {
    Peopled shop;
    shop.store().writer().run(
        [](storage::Transaction& tx) { tx.run("UPDATE admin_user SET password_hash = NULL WHERE id = 1"); });
    const auto link = shop.app().setup_link();
    for (const auto* weak : {"password", "Mugwort-2024", "olga-1234567", "wv7-jk2x"}) {
        const auto reply = shop.post("/auth/setup", {{"token", link.substr(link.find('#') + 1)},
                                                     {"username", "olga"},
                                                     {"password", weak},
                                                     {"shop_name", "Mugwort"}});
        CAPTURE(weak, reply.text);
        CHECK(reply.status == 422);
    }
}

TEST_CASE("X14: the command line refuses weak passwords too") {
    tests::BareShop shop;
    std::ostringstream out;
    const auto add = [&](const std::string& password) {
        add_admin_command(shop.store, "olga", "owner", password, out, shop.clock.now());
    };
    CHECK_THROWS_AS(add("password"), Refusal);
    CHECK_THROWS_AS(add("olga12345678"), Refusal);
    CHECK_THROWS_AS(add("wv7-jk2x"), Refusal);
    add("correct horse battery");
    CHECK_THROWS_AS(admin_password_command(shop.store, "olga", "Password1234", false, out, shop.clock.now()), Refusal);

    // No shop is made for a user who is refused.
    const tests::TemporaryFolder folder;
    const auto data = folder.path() / "shop";
    const auto run = tests::run_orderd(
        {"admin", "add", "olga", "--role", "owner", "--password-stdin", "--data", data.string()}, "qwertyuiop12\n");
    CHECK(run.exit_code == 1);
    CHECK(run.error.find("password") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(data / "shop.db"));
}

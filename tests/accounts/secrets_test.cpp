#include <fstream>
#include <iterator>

#include <catch2/catch_test_macros.hpp>

#include "accounts/authenticator_app.h"
#include "base/text.h"
#include "storage/backup.h"
#include "support/files.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {}  // namespace

TEST_CASE("database, WAL and backup show nothing of a customer, no password and no token") {
    Shop shop;
    std::vector<std::string> secrets;
    const auto secret = [&](const std::string& text) {
        secrets.push_back(text);
        return text;
    };
    const auto token_of = [&](const tests::Reply& reply) {
        REQUIRE(reply.body.contains("access_token"));
        return secret(reply.body["access_token"].get<std::string>());
    };
    const auto mug = shop.product({});

    // An account, with a changed name, an order by it, and one by a guest.
    const Json account{{"name", secret("Zacharias Quittenbaum")},
                       {"email", secret("zacharias@quittenbaum.example")},
                       {"phone", secret("+49 761 9988776655")},
                       {"shipping_address",
                        {{"line1", secret("Wiehrehinterweg 17")},
                         {"line2", secret("Gartenhaus links")},
                         {"city", secret("Freiburg-Unterwiehre")},
                         {"region", secret("Baden-Wuerttemberg")},
                         {"postal_code", secret("79102-X9")},
                         {"country", "DE"}}},
                       {"password", secret("quince and sensibility")}};
    REQUIRE(shop.post("/customers", account, {}, {{"Idempotency-Key", "register"}}).status == 201);
    const auto customer =
        token_of(shop.post("/auth/login", {{"email", account["email"]}, {"password", account["password"]}}));
    REQUIRE(shop.put("/customers/me", {{"name", secret("Zacharias Mispelstrauch")}}, customer).status == 200);
    REQUIRE(shop.post("/orders", {{"items", {{{"product_id", mug}, {"quantity", 1}}}}, {"note", secret("ring thrice")}},
                      customer, {{"Idempotency-Key", "order"}})
                .status == 201);
    auto by_guest = Shop::order_body({{mug, 1}}, secret("theodora@feigenblatt.example"));
    by_guest["customer"]["name"] = secret("Theodora Feigenblatt");
    token_of(shop.post("/orders", by_guest));

    // An admin with codes, and an API key.
    REQUIRE(shop.post("/admin/users",
                      {{"username", "anna"}, {"password", secret("medlars in winter")}, {"role", "staff"}},
                      shop.owner())
                .status == 201);
    const auto admin = token_of(shop.post("/auth/login", {{"username", "anna"}, {"password", "medlars in winter"}}));
    const auto totp = shop.post("/auth/totp", {{"password", "medlars in winter"}}, admin);
    const auto app = tests::AuthenticatorApp(secret(totp.body["secret"].get<std::string>()));
    const auto confirmed = shop.post("/auth/totp/confirm", {{"code", app.code(shop.clock().now())}}, admin);
    REQUIRE(confirmed.status == 200);
    for (const auto& code : confirmed.body["recovery_codes"]) {
        secret(code.get<std::string>());
    }
    secret(shop.post("/admin/api-keys", {{"label", "till"}, {"role", "staff"}}, shop.owner())
               .body["secret"]
               .get<std::string>());
    shop.drain();

    const auto backup = shop.folder() / "copy.db";
    storage::backup(shop.store().files().database, backup);
    auto wal = shop.store().files().database;
    wal += "-wal";
    for (const auto& file : {shop.store().files().database, wal, backup}) {
        const auto bytes = tests::bytes_of(file);
        REQUIRE_FALSE(bytes.empty());
        for (const auto& text : secrets) {
            CAPTURE(file.filename(), text);
            CHECK(bytes.find(text) == std::string::npos);
            for (const auto& word : folded_words(text)) {
                if (word.size() > 6) {
                    CHECK(bytes.find(word) == std::string::npos);
                }
            }
        }
    }
    // What is looked for can be found: the product's name is there.
    CHECK(tests::bytes_of(backup).find("Mug") != std::string::npos);
}

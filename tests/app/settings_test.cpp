// The shop's settings, and the secrets among them: written, used, and never shown.

#include <fstream>
#include <sstream>
#include <tuple>

#include <catch2/catch_test_macros.hpp>

#include "support/program.h"
#include "support/shop.h"

using namespace orderd;
using tests::Shop;

namespace {

constexpr auto kKey = "sk_test_51NoOneMayEverReadThis";

/// Whether any file of the shop's folder has the text in it.
bool is_on_disk(const Shop& shop, const std::string& text) {
    for (const auto& file : std::filesystem::directory_iterator(shop.folder())) {
        std::ostringstream bytes;
        bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
        if (bytes.str().find(text) != std::string::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("a secret is written, and shows only that it is set") {
    Shop shop;
    const auto before = shop.get("/admin/settings", shop.owner());
    CHECK(before.body["stripe_secret_key"] == Json{{"set", false}, {"from", nullptr}});

    const auto written =
        shop.put("/admin/settings", {{"stripe_secret_key", kKey}}, shop.owner(), {{"If-Match", before.header("ETag")}});
    REQUIRE(written.status == 200);
    CHECK(written.body["stripe_secret_key"] == Json{{"set", true}, {"from", "settings"}});
    CHECK(written.body["version"] > before.body["version"]);
    CHECK(shop.get("/admin/settings", shop.owner()).body["stripe_secret_key"]["set"] == true);
    for (const auto& [path, who] :
         {std::pair{"/admin/settings", shop.viewer()}, std::pair{"/admin/audit", shop.owner()},
          std::pair{"/admin/events", shop.owner()}}) {
        CHECK(shop.get(path, who).text.find(kKey) == std::string::npos);
    }
    CHECK_FALSE(is_on_disk(shop, kKey));
    shop.restart();
    CHECK(shop.get("/admin/settings", shop.owner()).body["stripe_secret_key"]["set"] == true);

    const auto removed = shop.put("/admin/settings", {{"stripe_secret_key", nullptr}}, shop.owner());
    CHECK(removed.body["stripe_secret_key"]["set"] == false);
    CHECK(removed.body["version"] > written.body["version"]);
    shop.check_invariants();
}

TEST_CASE("a secret is the owner's to write, and a refusal of it does not say it back") {
    Shop shop;
    CHECK(shop.put("/admin/settings", {{"stripe_secret_key", kKey}}, shop.staff()).status == 403);
    const auto refused = shop.put("/admin/settings", {{"stripe_secret_key", std::string(kKey) + "\n"}}, shop.owner());
    CHECK(refused.status == 422);
    CHECK(refused.text.find(kKey) == std::string::npos);
}

TEST_CASE("a secret in a file that configuration names wins over the settings") {
    const tests::TemporaryFolder folder;
    std::ofstream(folder.path() / "stripe") << kKey << '\n';
    Shop shop([&](app::Config& config) { config.stripe_key_file = folder.path() / "stripe"; });
    CHECK(shop.get("/admin/settings", shop.viewer()).body["stripe_secret_key"] ==
          Json{{"set", true}, {"from", "configuration"}});
    const auto refused = shop.put("/admin/settings", {{"stripe_secret_key", "sk_other"}}, shop.owner());
    CHECK(refused.status == 422);
    CHECK(refused.body["errors"][0]["pointer"] == "/stripe_secret_key");
}

TEST_CASE("a secret's file that is not there stops the start, and says which") {
    const tests::TemporaryFolder folder;
    const auto outcome = tests::run_orderd({"serve", "--data", folder.path().string(), "--listen", "127.0.0.1:0",
                                            "--stripe-key-file", (folder.path() / "none").string()});
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.error.find((folder.path() / "none").string()) != std::string::npos);
}

TEST_CASE("a key of another form is refused by name, and not said back") {
    Shop shop;
    for (const auto& [name, wrong, right] :
         {std::tuple("stripe_secret_key", "pk_test_shown", "rk_live_x"),
          std::tuple("stripe_webhook_secret", "sk_test_x", "whsec_x"), std::tuple("easypost_api_key", "x", "EZAK_x")}) {
        const auto refused = shop.put("/admin/settings", {{name, wrong}}, shop.owner());
        CHECK(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == std::string("/") + name);
        CHECK(refused.text.find(std::string("\"") + wrong) == std::string::npos);
        CHECK(shop.put("/admin/settings", {{name, right}}, shop.owner()).status == 200);
    }
}

TEST_CASE("the currency changes while nothing has a price, and then stays") {
    Shop shop;
    const auto set = [&](const Json& settings) { return shop.put("/admin/settings", settings, shop.owner()); };
    CHECK(set({{"currency", "XXQ"}}).status == 422);
    shop.deliver({{"*", 500}});
    const auto priced = set({{"currency", "USD"}});
    CHECK(priced.status == 409);
    CHECK(priced.code() == "currency_in_use");
    CHECK(priced.body["detail"].get<std::string>().find("delivery methods, priced in EUR") != std::string::npos);
    shop.deliver({});
    CHECK(set({{"currency", "USD"}}).body["currency"] == "USD");
    CHECK(shop.get("/payment-methods").body["currency"] == "USD");

    shop.product({});
    const auto refused = set({{"currency", "EUR"}, {"shop_name", "Other"}});
    CHECK(refused.status == 409);
    CHECK(refused.body["detail"].get<std::string>().find("products, priced in USD") != std::string::npos);
    CHECK(shop.get("/admin/settings", shop.owner()).body["currency"] == "USD");
    CHECK(shop.get("/admin/settings", shop.owner()).body["shop_name"] != "Other");
    CHECK(set({{"currency", "USD"}}).status == 200);  // as it is
}

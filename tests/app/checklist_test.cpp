// What a new shop still needs before it sells.

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// The steps that are not done.
std::vector<std::string> open_steps(Shop& shop) {
    const auto list = shop.get("/admin/checklist", shop.viewer());
    REQUIRE(list.status == 200);
    std::vector<std::string> open;
    for (const auto& step : list.body["steps"]) {
        if (!step["done"].get<bool>()) {
            open.push_back(step["step"]);
        }
    }
    CHECK(list.body["open"] == open.size());
    return open;
}

bool is_open(Shop& shop, const std::string& step) {
    const auto open = open_steps(shop);
    return std::find(open.begin(), open.end(), step) != open.end();
}

void set(Shop& shop, const Json& settings) {
    const auto saved = shop.put("/admin/settings", settings, shop.owner());
    INFO(saved.text);
    REQUIRE(saved.status == 200);
}

Reply say(Shop& shop, const std::string& step, bool confirmed) {
    return shop.put("/admin/checklist/" + step, {{"confirmed", confirmed}}, shop.owner());
}

}  // namespace

TEST_CASE("D11: a new shop is told what it needs, until it has it") {
    Shop shop;
    set(shop, {{"bank_details", ""}});
    CHECK(open_steps(shop) == std::vector<std::string>{"shop_address", "time_zone", "product", "tax", "shipping",
                                                       "bank_details", "cards", "mail", "public_url", "backups",
                                                       "key_kept"});
    shop.product({});
    CHECK_FALSE(is_open(shop, "product"));
    set(shop, {{"bank_details", "IBAN DE02"}});
    CHECK_FALSE(is_open(shop, "bank_details"));
    set(shop, {{"tax",
                {{"prices_include_tax", true},
                 {"shipping_taxed", true},
                 {"rates", {{{"country", "DE"}, {"region", ""}, {"rate_ppm", 190'000}}}}}}});
    CHECK_FALSE(is_open(shop, "tax"));
    shop.deliver({{"*", 500}});
    CHECK_FALSE(is_open(shop, "shipping"));
    set(shop, {{"payment_methods", {{"card", false}, {"bank_transfer", true}, {"cash_on_delivery", false}}}});
    CHECK_FALSE(is_open(shop, "cards"));
    CHECK_FALSE(is_open(shop, "payment_methods"));
    set(shop, {{"payment_methods", {{"card", false}, {"bank_transfer", false}, {"cash_on_delivery", false}}}});
    CHECK(is_open(shop, "payment_methods"));
}

TEST_CASE("D11: an owner settles what only people know, and takes that back; what must be done is not talked away") {
    Shop shop;
    for (const auto* step : {"shop_address", "tax", "shipping", "mail", "public_url", "backups", "key_kept"}) {
        CAPTURE(step);
        REQUIRE(is_open(shop, step));
        CHECK(say(shop, step, true).status == 200);
        CHECK(say(shop, step, true).status == 200);  // said twice, it is settled once
        CHECK_FALSE(is_open(shop, step));
    }
    CHECK(say(shop, "key_kept", false).status == 200);
    CHECK(is_open(shop, "key_kept"));
    for (const auto* step : {"product", "payment_methods", "bank_details", "cards"}) {
        CHECK(say(shop, step, true).code() == "not_confirmable");
    }
    CHECK(is_open(shop, "product"));
    CHECK(say(shop, "no_such_step", true).status == 404);
    CHECK(shop.put("/admin/checklist/tax", {{"confirmed", true}}, shop.staff()).status == 403);
    CHECK(shop.put("/admin/checklist/tax", Json::object(), shop.owner()).status == 422);
    CHECK(shop.get("/admin/checklist").status == 401);
    const auto audit = shop.get("/admin/audit", shop.owner());
    CHECK(audit.text.find("\"checklist\"") != std::string::npos);
}

TEST_CASE("defaults of taxes are a step until all are confirmed, whatever an owner said before there were any") {
    Shop shop;
    const auto list = [&] { return shop.get("/admin/checklist", shop.viewer()).body; };
    const auto keep = [&](const Json& rates) {
        set(shop, {{"tax", {{"prices_include_tax", true}, {"shipping_taxed", true}, {"rates", rates}}}});
    };
    CHECK(say(shop, "tax", true).status == 200);
    CHECK_FALSE(is_open(shop, "tax"));
    CHECK(list()["unconfirmed_rates"] == 0);

    auto rates = shop.get("/admin/tax-rates/defaults", shop.owner()).body["data"];
    std::erase_if(rates.get_ref<Json::array_t&>(), [](const Json& rate) { return rate["country"] != "DE"; });
    REQUIRE(rates.size() == 2);  // 19 % and 7 %
    keep(rates);
    CHECK(is_open(shop, "tax"));
    CHECK(list()["unconfirmed_rates"] == 2);
    CHECK(say(shop, "tax", true).code() == "not_confirmable");
    CHECK(say(shop, "tax", false).status == 200);  // what was said before can still be taken back

    rates[0]["confirmed"] = true;
    keep(rates);
    CHECK(is_open(shop, "tax"));
    CHECK(list()["unconfirmed_rates"] == 1);

    rates[1]["confirmed"] = true;
    keep(rates);
    CHECK_FALSE(is_open(shop, "tax"));
    CHECK(list()["unconfirmed_rates"] == 0);
}

TEST_CASE("D11: configuration settles its own steps") {
    Shop shop([](app::Config& config) {
        config.public_url = "https://shop.example";
        config.backup_folder = config.data / "copies";
        config.sandbox_payments = true;
    });
    CHECK_FALSE(is_open(shop, "public_url"));
    CHECK_FALSE(is_open(shop, "backups"));
    CHECK_FALSE(is_open(shop, "cards"));
}

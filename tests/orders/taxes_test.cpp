// Which tax rate an address has.

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/text.h"
#include "orders/regions.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Json tax_rate(const std::string& country, const std::string& region, std::int64_t ppm) {
    return {{"country", country}, {"region", region}, {"rate_ppm", ppm}};
}

Reply set_rates(Shop& shop, const Json& rates) {
    return shop.put("/admin/settings",
                    {{"tax", {{"prices_include_tax", false}, {"shipping_taxed", true}, {"rates", rates}}}},
                    shop.owner());
}

Reply order_to(Shop& shop, std::int64_t product, const std::string& country, const std::string& region) {
    auto body = Shop::order_body({{product, 1}});
    body["customer"]["shipping_address"]["country"] = country;
    body["customer"]["shipping_address"]["region"] = region;
    return shop.post("/orders", body);
}

std::vector<std::string> pointers_in(const Reply& refused) {
    std::vector<std::string> pointers;
    for (const auto& fault : refused.body["errors"]) {
        pointers.push_back(fault["pointer"]);
    }
    std::sort(pointers.begin(), pointers.end());
    return pointers;
}

}  // namespace

TEST_CASE("M4: a state is known by its code and by its name, however it is written") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 100});
    REQUIRE(set_rates(shop, Json::array({tax_rate("US", "CA", 72'500), tax_rate("US", "New York", 88'750),
                                         tax_rate("CA", "ca-qc", 149'750)}))
                .status == 200);
    for (const auto* written : {"CA", "ca", "US-CA", "us-ca", "California", "CALIFORNIA", "Calif.", "  california ",
                                "State of California", "Cal."}) {
        const auto order = order_to(shop, mug, "US", written);
        INFO(written << ": " << order.text);
        REQUIRE(order.status == 201);
        CHECK(order.body["tax_rate_ppm"] == 72'500);
        CHECK(order.body["tax"] == 73);
        CHECK(order.body["customer"]["shipping_address"]["region"] ==
              std::string(trimmed(written)));  // as the customer wrote it
    }
    for (const auto* written : {"NY", "N.Y.", "New York", "new york state"}) {
        CHECK(order_to(shop, mug, "US", written).body["tax_rate_ppm"] == 88'750);
    }
    for (const auto* written : {"QC", "Québec", "quebec", "Que."}) {
        CHECK(order_to(shop, mug, "CA", written).body["tax_rate_ppm"] == 149'750);
    }
    CHECK(shop.get("/admin/settings", shop.viewer()).body["tax"]["rates"][1]["region"] == "NY");
    shop.check_invariants();
}

TEST_CASE("M4: a country with rates for regions, none of which fits, is refused by name and never untaxed") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 100});
    REQUIRE(set_rates(shop, Json::array({tax_rate("US", "CA", 72'500), tax_rate("BR", "São Paulo", 180'000)})).status ==
            200);
    const auto before = shop.events();
    for (const auto* region : {"", "Nevada", "Kalifornien", "Californa", "CA-US"}) {
        const auto refused = order_to(shop, mug, "US", region);
        INFO(region << ": " << refused.text);
        CHECK(refused.status == 422);
        CHECK(refused.code() == "region_not_taxed");
        CHECK(refused.body["country"] == "US");
        CHECK(refused.body["region"] == region);
        CHECK(refused.body["regions"] == Json::array({"CA"}));
    }
    CHECK(order_to(shop, mug, "BR", "Bahia").code() == "region_not_taxed");
    CHECK(shop.events() == before);
    CHECK(order_to(shop, mug, "BR", "SÃO PAULO").body["tax_rate_ppm"] == 180'000);
    CHECK(order_to(shop, mug, "FR", "anywhere").body["tax_rate_ppm"] == 0);  // it has no rate at all

    // With a rate for the whole country, its other states have that one; what is no state has none.
    REQUIRE(set_rates(shop, Json::array({tax_rate("US", "CA", 72'500), tax_rate("US", "", 0),
                                         tax_rate("BR", "São Paulo", 180'000), tax_rate("BR", "", 170'000)}))
                .status == 200);
    CHECK(order_to(shop, mug, "US", "Nevada").body["tax"] == 0);
    CHECK(order_to(shop, mug, "US", "Kalifornien").code() == "region_not_taxed");
    CHECK(order_to(shop, mug, "US", "").code() == "region_not_taxed");
    CHECK(order_to(shop, mug, "BR", "Bahia").body["tax_rate_ppm"] == 170'000);
    shop.check_invariants();
}

TEST_CASE("M4: every state of the United States and every province of Canada is known, and so are Australia's states") {
    const std::string states =
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH "
        "NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR";
    for (std::size_t at = 0; at < states.size(); at += 3) {
        const auto code = states.substr(at, 2);
        CHECK(orders::find_region("US", code) == code);
        CHECK(orders::find_region("US", "us-" + code) == code);
    }
    for (const auto* code : {"AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"}) {
        CHECK(orders::find_region("CA", code) == code);
    }
    for (const auto* code : {"ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"}) {
        CHECK(orders::find_region("AU", code) == code);
    }
    CHECK(orders::find_region("US", "West Virginia") == "WV");
    CHECK(orders::find_region("US", "Virginia") == "VA");
    CHECK(orders::find_region("US", "Washington, D.C.") == "DC");
    CHECK(orders::find_region("US", "Washington") == "WA");
    CHECK(orders::find_region("CA", "Île-du-Prince-Édouard") == "PE");
    CHECK_FALSE(orders::find_region("CA", "California"));
    CHECK_FALSE(orders::find_region("US", "-"));
    CHECK_FALSE(orders::find_region("DE", "BY"));
}

TEST_CASE("M4: bad rates are refused by name, all at once, and nothing changes") {
    Shop shop;
    REQUIRE(set_rates(shop, Json::array({tax_rate("DE", "", 190'000)})).status == 200);
    const auto refused = set_rates(
        shop,
        Json::array({tax_rate("DE", "", 190'000), tax_rate("US", "CA", 1'000'001), tax_rate("US", "Calif.", 70'000),
                     tax_rate("US", "Kalifornien", 70'000), tax_rate("DE", " ", 70'000),
                     tax_rate("BR", "Bahia", 10'000), tax_rate("BR", "BAHIA", 10'000)}));
    INFO(refused.text);
    CHECK(refused.status == 422);
    CHECK(pointers_in(refused) == std::vector<std::string>{"/tax/rates/1/rate_ppm", "/tax/rates/2",
                                                           "/tax/rates/3/region", "/tax/rates/4", "/tax/rates/6"});
    CHECK(shop.get("/admin/settings", shop.viewer()).body["tax"]["rates"].size() == 1);
    CHECK(set_rates(shop, Json::array({tax_rate("US", "CA", 1'000'000)})).status == 200);
    CHECK(set_rates(shop, Json::array({tax_rate("US", "CA", -1)})).status == 422);
}

TEST_CASE("M4: Kosovo can be ordered to") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 10});
    REQUIRE(set_rates(shop, Json::array({tax_rate("XK", "", 180'000)})).status == 200);
    const auto order = order_to(shop, mug, "XK", "");
    REQUIRE(order.status == 201);
    CHECK(order.body["tax"] == 180);
    CHECK(order_to(shop, mug, "XX", "").status == 422);
}

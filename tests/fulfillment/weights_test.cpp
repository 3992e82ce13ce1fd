// Weights that nobody knows: they are unknown, not 0, and no label is bought for a guess.

#include <catch2/catch_test_macros.hpp>

#include "fulfillment/easypost_server.h"
#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct WeighingShop {
    EasyPostServer server;
    Shop shop{[this](app::Config& config) { config.easypost_url = server.url(); }};
    std::int64_t mug = shop.product({});
    std::int64_t pot = shop.product({.sku = "POT", .name = "Pot"});
    std::int64_t tin = shop.product({.sku = "TIN", .name = "Tin"});

    WeighingShop() {
        REQUIRE(shop.put("/admin/settings",
                         {{"easypost_api_key", EasyPostServer::kKey},
                          {"shop_name", "The Mug Shop"},
                          {"shop_address",
                           {{"line1", "Allee 12"}, {"city", "Berlin"}, {"postal_code", "10115"}, {"country", "FR"}}}},
                         shop.owner())
                    .status == 200);
        REQUIRE(shop.put("/products/" + std::to_string(tin), {{"weight_g", 300}}, shop.staff()).status == 200);
    }

    Reply start(const PaidOrder& order, Json body = Json::object()) {
        body["carrier"] = "easypost";
        return shop.put(order.path("/fulfillment"), body, shop.staff());
    }
};

}  // namespace

TEST_CASE("S8: two products without a weight and one of 300 g are not a parcel of 300 g") {
    WeighingShop it;
    const auto order = paid(it.shop, {{it.mug, 1}, {it.pot, 1}, {it.tin, 1}});
    for (const auto& refused : {it.shop.post(order.path("/rates"), Json::object(), it.shop.staff()), it.start(order)}) {
        INFO(refused.text);
        CHECK(refused.status == 409);
        CHECK(refused.code() == "weight_unknown");
        REQUIRE(refused.body["items"].size() == 2);
        CHECK(refused.body["items"][0]["sku"] == "MUG");
        CHECK(refused.body["items"][1]["sku"] == "POT");
        CHECK(refused.body["detail"].get<std::string>().find("Pot") != std::string::npos);
    }
    CHECK(it.server.made() == 0);
    CHECK(order_status(it.shop, order.id) == "paid");

    const Json weighed{{"parcel", {{"weight_g", 900}}}};
    CHECK(it.shop.post(order.path("/rates"), weighed, it.shop.staff()).status == 200);
    REQUIRE(it.start(order, weighed).status == 202);
    it.shop.drain();
    CHECK(it.server.bought() == 1);
    it.shop.check_invariants();
}

TEST_CASE("S8: a parcel of products that all have a weight weighs what they weigh") {
    WeighingShop it;
    const auto order = paid(it.shop, {{it.tin, 3}});
    const auto started = it.start(order);
    REQUIRE(started.status == 202);
    CHECK(started.body["parcel"]["weight_g"] == 900);
}

TEST_CASE("S8: the local carrier says nothing of a weight that nobody knows") {
    WeighingShop it;
    const auto order = paid(it.shop, {{it.mug, 1}, {it.tin, 1}});
    const auto started = it.shop.put(order.path("/fulfillment"), {{"carrier", "local"}}, it.shop.staff());
    REQUIRE(started.status == 202);
    CHECK(started.body["parcel"]["weight_g"].is_null());
    it.shop.drain();
    CHECK(
        it.shop.get("/shipments/" + std::to_string(started.body["id"].get<std::int64_t>()) + "/label", it.shop.staff())
            .status == 200);
    it.shop.check_invariants();
}

TEST_CASE("S8: a product's weight is unknown until someone says it, and 0 says nothing") {
    Shop shop;
    const auto mug = shop.product({});
    const auto path = "/products/" + std::to_string(mug);
    const auto weight = [&] { return shop.get(path).body["weight_g"]; };
    CHECK(weight().is_null());
    REQUIRE(shop.put(path, {{"weight_g", 350}}, shop.staff()).status == 200);
    CHECK(weight() == 350);
    CHECK(shop.get("/admin/inventory/export", shop.viewer()).text.find(",MUG,350,shopify") != std::string::npos);
    REQUIRE(shop.put(path, {{"weight_g", nullptr}}, shop.staff()).status == 200);
    CHECK(weight().is_null());
    REQUIRE(shop.put(path, {{"weight_g", 0}}, shop.staff()).status == 200);
    CHECK(weight().is_null());
    CHECK(shop.get("/admin/inventory/export", shop.viewer()).text.find(",MUG,,shopify") != std::string::npos);
    CHECK(shop.put(path, {{"weight_g", -1}}, shop.staff()).status == 422);
}

TEST_CASE("A12: what EasyPost is told has the types that it documents") {
    WeighingShop it;
    const auto order = paid(it.shop, {{it.mug, 2}, {it.tin, 1}});
    REQUIRE(it.start(order, {{"parcel", {{"weight_g", 700}, {"length_mm", 254}, {"width_mm", 127}, {"height_mm", 51}}}})
                .status == 202);
    it.shop.drain();
    CHECK(it.server.bought() == 1);
    const auto items = it.server.shipment("shp_1")["customs_info"]["customs_items"];
    REQUIRE(items.size() == 2);
    CHECK(items[0]["value"].is_number());
    CHECK(items[0]["value"] == 25.0);  // of the line: two for 12.50
    CHECK(items[0]["quantity"] == 2);
    CHECK(items[0]["weight"] == 14.1);  // what the parcel weighs beside the tin, as nobody said it of the mug
    CHECK(items[1]["weight"] == 10.6);
}

TEST_CASE("A12: customs forms have the products' codes and origins, and staff see first what is not known") {
    WeighingShop it;
    REQUIRE(it.shop
                .put("/admin/settings",
                     {{"shop_address",
                       {{"line1", "Gasse 1"}, {"city", "Bern"}, {"postal_code", "3011"}, {"country", "CH"}}}},
                     it.shop.owner())
                .status == 200);
    const auto order = paid(it.shop, {{it.mug, 2}, {it.tin, 1}});
    // What is said of a product counts at once, whenever it was ordered.
    REQUIRE(it.shop
                .put("/products/" + std::to_string(it.mug), {{"customs_code", "6912.00"}, {"origin_country", "PT"}},
                     it.shop.staff())
                .status == 200);
    const Json weighed{{"parcel", {{"weight_g", 700}}}};
    const auto rates = it.shop.post(order.path("/rates"), weighed, it.shop.staff());
    INFO(rates.text);
    REQUIRE(rates.status == 200);
    const auto& missing = rates.body["customs_missing"];
    REQUIRE(missing.size() == 2);
    CHECK(missing[0]["sku"] == "MUG");
    CHECK(missing[0]["missing"] == Json{"weight_g"});
    CHECK(missing[1]["missing"] == Json{"customs_code", "origin_country"});
    REQUIRE(it.start(order, weighed).status == 202);
    it.shop.drain();
    CHECK(it.server.bought() == 1);
    const auto items = it.server.shipment("shp_2")["customs_info"]["customs_items"];
    REQUIRE(items.size() == 2);
    CHECK(items[0]["hs_tariff_number"] == "691200");
    CHECK(items[0]["origin_country"] == "PT");
    CHECK_FALSE(items[1].contains("hs_tariff_number"));
    CHECK(items[1]["origin_country"] == "CH");  // the shop's own, as nobody said another
    it.shop.check_invariants();
}

TEST_CASE("a parcel within the EU asks for nothing of customs") {
    WeighingShop it;
    const auto order = paid(it.shop, {{it.tin, 1}});
    const auto rates = it.shop.post(order.path("/rates"), Json::object(), it.shop.staff());
    REQUIRE(rates.status == 200);
    CHECK(rates.body["customs_missing"].empty());
}

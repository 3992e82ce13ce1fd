// What delivery costs an order: as a quote says it, at another address, and in a shop that had shipping rates before.

#include <sqlite3.h>

#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "orders/delivery_methods.h"
#include "orders/rates.h"
#include "paths.h"
#include "support/kept_database.h"
#include "support/program.h"
#include "support/shop.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop in Berlin, whose prices have 19 % of tax in them. Parcels go to Germany and, for more, to the world; by courier
/// to Berlin at the reduced rate; and customers can come.
struct ManyWays : Shop {
    ManyWays() {
        const auto rate = [](const char* tax_class, int ppm) {
            return Json{{"country", "DE"}, {"tax_class", tax_class}, {"rate_ppm", ppm}};
        };
        const auto saved = put("/admin/settings",
                               {{"tax",
                                 {{"prices_include_tax", true},
                                  {"shipping_taxed", true},
                                  {"rates", Json::array({rate("standard", 190'000), rate("reduced", 70'000)})}}},
                                {"shop_address", in_berlin()}},
                               owner());
        INFO(saved.text);
        REQUIRE(saved.status == 200);
        parcel = delivery_method(parcel_method({{"DE", 490, 10'000}, {"*", 2'490}}));
        auto by_bike = parcel_method({{"DE", 700}});
        by_bike["zones"][0]["places"][0]["postal_codes"] = Json::array({"10"});
        by_bike["tax_class"] = "reduced";
        courier = delivery_method(by_bike);
        pickup = delivery_method({{"name", "Pickup"}, {"kind", "pickup"}, {"pickup", {{"address", in_berlin()}}}});
        mug = product({.price = 1'190, .on_hand = 1'000});
    }

    static Json in_berlin() {
        return {{"line1", "Werkstattweg 1"}, {"city", "Berlin"}, {"postal_code", "10997"}, {"country", "DE"}};
    }

    Json body_to(const std::string& country, const std::string& code, Quantity quantity = 1) const {
        auto body = order_body({{mug, quantity}});
        body["customer"]["shipping_address"]["country"] = country;
        body["customer"]["shipping_address"]["postal_code"] = code;
        return body;
    }

    Reply quoted(const Json& order) {
        const auto& to = order.at("customer").at("shipping_address");
        Json asked{{"items", order.at("items")},
                   {"customer",
                    {{"shipping_address", {{"country", to.at("country")}, {"postal_code", to.at("postal_code")}}}}}};
        for (const auto* more : {"delivery_method_id", "discount_code"}) {
            if (order.contains(more)) {
                asked[more] = order.at(more);
            }
        }
        return post("/orders/quote", asked);
    }

    Reply readdressed(const Json& order, const std::string& country, const std::string& code) {
        auto address = order.at("customer").at("shipping_address");
        address["country"] = country;
        address["postal_code"] = code;
        return put("/admin/orders/" + std::to_string(order.at("id").get<std::int64_t>()),
                   {{"customer", {{"shipping_address", address}}}}, staff());
    }

    std::int64_t parcel = 0;
    std::int64_t courier = 0;
    std::int64_t pickup = 0;
    std::int64_t mug = 0;
};

}  // namespace

TEST_CASE("a quote lists what fits with what an order is charged then, and why the others do not fit") {
    ManyWays shop;
    const Json code{{"code", "SENT"}, {"kind", "free_delivery"}};
    REQUIRE(shop.post("/admin/discount-codes", code, shop.staff()).status == 201);
    const auto checked = [&](const Json& body) {
        const auto quote = shop.quoted(body).body;
        for (const auto& offer : quote.at("delivery_methods")) {
            auto with_it = body;
            with_it["delivery_method_id"] = offer.at("id");
            const auto order = shop.post("/orders", with_it);
            INFO(order.text);
            REQUIRE(order.status == 201);
            CHECK(order.body["shipping"] == offer.at("price"));
            CHECK(shop.quoted(with_it).body["total"] == order.body["total"]);
        }
        return quote;
    };
    const auto berlin = checked(shop.body_to("DE", "10115"));
    REQUIRE(berlin["delivery_methods"].size() == 3);
    CHECK(berlin["delivery_methods"][0]["id"] == shop.pickup);
    CHECK(berlin["delivery_methods"][1]["price"] == 490);
    CHECK(berlin["delivery_methods"][2]["price"] == 700);
    CHECK(berlin["delivery_method_id"] == shop.parcel);  // a pickup is not chosen for anybody
    CHECK(berlin["shipping"] == 490);

    // To Switzerland, no tax is due: 24.90 without 19 % is 20.92 (20.924).
    const auto abroad = checked(shop.body_to("CH", "8001"));
    CHECK(abroad["shipping"] == 2'092);
    CHECK(abroad["delivery_methods"][1]["price"] == 2'092);
    REQUIRE(abroad["unavailable"].size() == 1);
    CHECK(abroad["unavailable"][0]["id"] == shop.courier);
    CHECK(abroad["unavailable"][0]["reason"] == "not_to_that_address");

    auto sent = shop.body_to("DE", "10115");
    sent["discount_code"] = "SENT";
    const auto sent_free = checked(sent);
    for (const auto& offer : sent_free["delivery_methods"]) {
        CHECK(offer["price"] == 0);
    }
    CHECK(shop.quoted(shop.body_to("DE", "20095", 9)).body["shipping"] == 0);  // 107.10: free from 100 on

    // A pickup is quoted without any address.
    const auto fetched =
        shop.post("/orders/quote", {{"items", shop.body_to("DE", "")["items"]}, {"delivery_method_id", shop.pickup}});
    INFO(fetched.text);
    REQUIRE(fetched.status == 200);
    CHECK(fetched.body["total"] == 1'190);
    CHECK(fetched.body["unavailable"].size() == 2);
    shop.check_invariants();
}

TEST_CASE("a delivery has the tax class of its method, or is taxed as its goods are") {
    ManyWays shop;
    auto body = shop.body_to("DE", "10115");
    const auto as_goods = shop.post("/orders", body).body;
    CHECK(as_goods["tax_included"] == 268);  // 16.80 × 19/119 = 2.682
    body["delivery_method_id"] = shop.courier;
    const auto reduced = shop.post("/orders", body).body;
    CHECK(reduced["tax_included"] == 190 + 46);  // 11.90 × 19/119, and 7.00 × 7/107 = 0.458
    // What was agreed stays, whatever becomes of the method.
    REQUIRE(shop.put("/admin/delivery-methods/" + std::to_string(shop.courier), {{"tax_class", "zero"}}, shop.staff())
                .status == 200);
    CHECK(shop.get("/admin/orders/" + std::to_string(reduced["id"].get<std::int64_t>()), shop.viewer())
              .body["tax_included"] == 236);
    shop.check_invariants();
}

TEST_CASE("a new address keeps the delivery method where it fits, else takes the cheapest that does") {
    ManyWays shop;
    auto body = shop.body_to("DE", "10115");
    body["delivery_method_id"] = shop.courier;
    const auto order = shop.post("/orders", body).body;
    REQUIRE(order["shipping"] == 700);
    // Within its zone, nothing is computed anew, even at another price of today's.
    auto dearer = Shop::parcel_method({{"DE", 800}});
    dearer["zones"][0]["places"][0]["postal_codes"] = Json::array({"10"});
    REQUIRE(
        shop.put("/admin/delivery-methods/" + std::to_string(shop.courier), {{"zones", dearer["zones"]}}, shop.staff())
            .status == 200);
    CHECK(shop.readdressed(order, "DE", "10117").body["shipping"] == 700);
    const auto moved = shop.readdressed(order, "DE", "20095");
    INFO(moved.text);
    REQUIRE(moved.status == 200);
    CHECK(moved.body["shipping"] == 490);
    CHECK(moved.body["total"] == 1'680);
    CHECK(moved.body["delivery"]["method_id"] == shop.parcel);
    const auto abroad = shop.readdressed(order, "CH", "8001");
    CHECK(abroad.body["shipping"] == 2'092);
    CHECK(abroad.body["delivery"]["method_id"] == shop.parcel);

    // What is picked up goes to nobody's address.
    const auto fetched = shop.post("/orders",
                                   [&] {
                                       auto wanted = shop.body_to("DE", "10115");
                                       wanted["delivery_method_id"] = shop.pickup;
                                       return wanted;
                                   }())
                             .body;
    CHECK(shop.readdressed(fetched, "DE", "20095").code() == "address_of_pickup");
    const auto renamed = shop.put("/admin/orders/" + std::to_string(fetched["id"].get<std::int64_t>()),
                                  {{"customer", {{"name", "Ada King"}}}}, shop.staff());
    CHECK(renamed.status == 200);
    CHECK(renamed.body["total"] == 1'190);
    shop.check_invariants();
}

TEST_CASE("the README's delivery method is accepted, and costs what the README says") {
    std::ifstream file(std::string(kSourceFolder) + "/README.md");
    const std::string readme{std::istreambuf_iterator<char>(file), {}};
    const auto begin = readme.find("{\"name\": \"Parcel\"");
    REQUIRE(begin != std::string::npos);
    const auto body = Json::parse(readme.substr(begin, readme.find('\'', begin) - begin));
    Shop shop;
    shop.delivery_method(body);
    const auto price = [&](const std::string& query) {
        return shop.get("/admin/delivery-methods/offers?" + query, shop.viewer()).body["delivery_methods"][0]["price"];
    };
    CHECK(price("country=DE&postal_code=10115&value=4000&weight_g=900") == 490);
    CHECK(price("country=DE&value=4000&weight_g=2001") == 790);
    CHECK(price("country=DE&value=6000&weight_g=900") == 0);
    CHECK(price("country=JP&value=6000") == 1'990);
}

namespace {

/// What a shop of schema 5, with this setting "shipping", charges in a country for goods of a value; -1: not delivered.
struct UpgradedShop {
    explicit UpgradedShop(const std::string& setting) : files(folder.path()) {
        put_kept_database(5, files);
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open(files.database.c_str(), &database) == SQLITE_OK);
        const auto sql =
            "INSERT OR REPLACE INTO setting (name, value, updated_at) VALUES ('shipping', '" + setting + "', 0)";
        CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
        store.emplace(folder.path(), storage::Store::Options{});
    }

    std::int64_t price(const std::string& country, std::int64_t value) {
        orders::Consignment consignment{.to = {}, .value = Money{value}, .weight_g = {}, .unweighed_sku = "MUG"};
        consignment.to.country = country;
        const auto rates = orders::read_rates(store->read());
        const auto offers = rates.delivery.offers(consignment);
        return offers.fitting.empty() ? -1 : offers.fitting.front().price.minor;
    }

    TemporaryFolder folder;
    storage::Files files;
    std::optional<storage::Store> store;
};

}  // namespace

TEST_CASE("what shipping cost by country becomes a delivery method that costs the same", "[upgrade]") {
    UpgradedShop shop(R"({"rates": [
        {"country": "*", "amount": 1, "free_above": null},
        {"country": "DE", "amount": 490, "free_above": 6000}, {"country": "AT", "amount": 990},
        {"country": "FR", "amount": 990, "free_above": null}, {"country": "DE", "amount": 2},
        {"country": "*", "amount": 2490}]})");
    CHECK(shop.price("DE", 5'999) == 490);
    CHECK(shop.price("DE", 6'000) == 0);  // the first of two for a country held
    CHECK(shop.price("AT", 100'000) == 990);
    CHECK(shop.price("FR", 100'000) == 990);
    CHECK(shop.price("JP", 100'000) == 2'490);  // and of two for everywhere else, the last
    const auto view = shop.store->read();
    const auto methods = orders::read_delivery_methods(view);
    REQUIRE(methods.active().size() == 1);
    CHECK(methods.active().front()->name("en") == "Shipping");
    CHECK(methods.active().front()->name("de-AT") == "Versand");
    CHECK(methods.active().front()->zones.size() == 3);
    std::vector<Fault> faults;
    orders::check_zones(methods.active().front()->zones, faults);
    CHECK(faults.empty());
    CHECK_FALSE(view.value<bool>("SELECT 1 FROM setting WHERE name = 'shipping'").has_value());
}

TEST_CASE(
    "a shop that shipped free has no delivery method after its upgrade, and one that went to one country goes there",
    "[upgrade]") {
    UpgradedShop free(R"({"rates": []})");
    CHECK(orders::read_delivery_methods(free.store->read()).empty());
    UpgradedShop german(R"({"rates": [{"country": "DE", "amount": 490}]})");
    CHECK(german.price("DE", 100) == 490);
    CHECK(german.price("AT", 100) == -1);
    german.store.reset();
    CHECK(run_orderd({"check", "--data", german.folder.path().string()}).exit_code == 0);
}

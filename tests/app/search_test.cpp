// What staff find orders and customers by: P1 and P2 of the lists, and the search over everything.

#include <fmt/format.h>

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "app/searched_shop.h"
#include "fulfillment/support.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("P2: an order is found by what is typed of it") {
    SearchedShop shop;
    const auto novak = shop.place("Jana Novák", "jana@example.com", "+49 30 5550101", "Praha", "110 00");
    const auto soren = shop.place("Søren Sørensen", "soren@example.com", "+45 33 112233", "Odense", "5000");
    const auto eva = shop.place("Eva Lindqvist", "eva@example.com", "040-99 12 34", "Malmö", "211 22");
    shop.drain();
    CHECK(shop.orders("Novak") == Ids{novak});
    CHECK(shop.orders("NOVÁK") == Ids{novak});
    CHECK(shop.orders("nova") == Ids{novak});
    CHECK(shop.orders("nov") == Ids{novak});
    CHECK(shop.orders("novak jan") == Ids{novak});
    CHECK(shop.orders("sorensen") == Ids{soren});
    CHECK(shop.orders("Sørens") == Ids{soren});
    CHECK(shop.orders("Lindqvis") == Ids{eva});
    CHECK(shop.orders("5550101") == Ids{novak});
    CHECK(shop.orders("030 5550101") == Ids{novak});
    CHECK(shop.orders("+49 (30) 555-0101") == Ids{novak});
    CHECK(shop.orders("550101") == Ids{novak});
    CHECK(shop.orders("JANA@example.com") == Ids{novak});
    CHECK(shop.orders("praha") == Ids{novak});
    CHECK(shop.orders("malmo") == Ids{eva});
    CHECK(shop.orders("110 00") == Ids{novak});
    CHECK(shop.orders("11000") == Ids{novak});
    CHECK(shop.orders("Malmö eva") == Ids{eva});
    CHECK(shop.orders("mug-blå") == Ids{eva, soren, novak});
    CHECK(shop.orders(std::to_string(soren)) == Ids{soren});
    CHECK(shop.orders("#" + std::to_string(soren)) == Ids{soren});
    for (const auto* nobody : {"no", "ovak", "novakk", "novak eva", "prah", "malm", "50101", "2233", "jana@example",
                               "@", "-", "MUG", "999999"}) {
        INFO(nobody);
        CHECK(shop.orders(nobody).empty());
    }
    CHECK(shop.customers("Novak").size() == 1);
    CHECK(shop.customers("nova") == shop.customers("jana@example.com"));
    CHECK(shop.customers("sorensen") == shop.customers("soren@example.com"));
    CHECK(shop.customers("Lindqvis") == shop.customers("eva@example.com"));
    CHECK(shop.customers("5550101") == shop.customers("jana@example.com"));
    CHECK(shop.customers("030 5550101") == shop.customers("jana@example.com"));
    CHECK(shop.customers("malmö") == shop.customers("eva@example.com"));
    CHECK(shop.customers("no").empty());
    CHECK(shop.list("payments", "nova").empty());
    shop.check_invariants();
}

TEST_CASE("P2: an order is found by its parcel's and its document's number") {
    SearchedShop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto order = paid_order(shop, SearchedShop::body_of(shop.mug, "Jana Novák", "jana@example.com"));
    labelled(shop, order);
    shop.drain();
    const auto tracking =
        shop.get("/admin/orders/" + std::to_string(order.id), shop.viewer()).body["shipments"][0]["tracking_number"];
    const auto number = tracking.get<std::string>();
    CHECK(shop.orders(number) == Ids{order.id});
    CHECK(shop.orders(" " + number.substr(0, 4) + " " + number.substr(4) + " ") == Ids{order.id});
    CHECK(shop.orders(number.substr(1)).empty());
    const auto found = shop.everything(number);
    CHECK(ids_of(found["orders"]["data"]) == Ids{order.id});
    REQUIRE(found["parcels"]["data"].size() == 1);
    CHECK(found["parcels"]["data"][0]["order_id"] == order.id);
    CHECK(found["documents"]["data"].empty());
    CHECK(shop.list("payments", "novak").size() == 1);
    CHECK(shop.get("/admin/orders/export?q=novak", shop.staff()).text.find("jana@example.com") != std::string::npos);
}

TEST_CASE("P1: an order is found by its own recipient, and by no former one") {
    SearchedShop shop;
    const auto first = shop.place("Jana Novák", "jana@example.com", "030 111111");
    const auto gift = shop.place("Ole Berg", "jana@example.com", "030 222222", "Bergen", "5003");
    shop.drain();
    CHECK(shop.orders("novak") == Ids{first});
    CHECK(shop.orders("ole") == Ids{gift});
    CHECK(shop.orders("222222") == Ids{gift});
    CHECK(shop.orders("bergen") == Ids{gift});
    CHECK(shop.orders("jana@example.com") == Ids{gift, first});
    CHECK(shop.customers("ole").empty());  // the list shows Jana

    shop.change(first,
                {{"customer", {{"name", "Jana Dvořák"}, {"email", "dvorak@example.com"}, {"phone", "030 333333"}}}});
    for (const auto* former : {"novak", "nova", "111111"}) {
        INFO(former);
        CHECK(shop.orders(former).empty());  // at once
    }
    shop.drain();
    CHECK(shop.orders("dvorak") == Ids{first});
    CHECK(shop.orders("jana") == Ids{first});
    CHECK(shop.orders("dvorak@example.com") == Ids{first});
    CHECK(shop.orders("jana@example.com") == Ids{gift});
    CHECK(shop.orders("333333") == Ids{first});
    CHECK(shop.customers("novak").size() == 1);

    shop.change(first,
                {{"customer",
                  {{"shipping_address",
                    {{"line1", "Havnegata 1"}, {"city", "Köln"}, {"postal_code", "50667"}, {"country", "DE"}}}}}});
    CHECK(shop.orders("berlin").empty());
    shop.drain();
    CHECK(shop.orders("koln 50667") == Ids{first});
    shop.change(first, {{"billing", {{"name", "Petra Kraus"}, {"company", "Kraus & Söhne GmbH"}}}});
    shop.drain();
    CHECK(shop.orders("sohne") == Ids{first});
    CHECK(shop.orders("petr") == Ids{first});
    shop.change(first, {{"billing", nullptr}});
    CHECK(shop.orders("sohne").empty());
    CHECK(shop.orders("dvorak") == Ids{first});
    shop.drain();
    shop.check_invariants();
}

TEST_CASE("a recipient who is corrected before the index has the order is found by the new name alone") {
    SearchedShop shop;
    const auto order = shop.place("Jana Novák", "jana@example.com");
    shop.change(order, {{"customer", {{"name", "Jana Dvořák"}}}});
    shop.drain();
    CHECK(shop.orders("novak").empty());
    CHECK(shop.orders("dvorak") == Ids{order});
    shop.check_invariants();
}

TEST_CASE("one search finds orders, customers, products and what belongs to them, some of each") {
    SearchedShop shop;
    shop.product({.sku = "TEA", .name = "Tea from Berlin"});
    Ids placed;
    for (int i = 0; i < 8; ++i) {
        placed.push_back(shop.place("Jana Novák", fmt::format("jana{}@example.com", i)));
    }
    shop.drain();
    const auto found = shop.everything(" novak ");
    CHECK(ids_of(found["orders"]["data"]) == Ids(placed.rbegin(), placed.rbegin() + 6));
    CHECK(found["orders"]["more"] == true);
    CHECK(found["orders"]["data"][0]["customer_name"] == "Jana Novák");
    CHECK(found["customers"]["data"].size() == 6);
    CHECK(found["customers"]["more"] == true);
    CHECK(found["customers"]["data"][0]["email"] == "jana7@example.com");
    CHECK(found["products"] == Json{{"data", Json::array()}, {"more", false}});
    CHECK(found["currency"] == "EUR");
    const auto in_berlin = shop.everything("berlin");
    CHECK(in_berlin["orders"]["more"] == true);
    CHECK(in_berlin["products"]["data"].size() == 1);
    CHECK(in_berlin["products"]["data"][0]["sku"] == "TEA");
    CHECK(in_berlin["products"]["more"] == false);
    const auto by_sku = shop.everything("mug-blå");
    CHECK(by_sku["products"]["data"][0]["id"] == shop.mug);
    CHECK(by_sku["products"]["data"].size() == 1);
    CHECK(by_sku["orders"]["more"] == true);
    REQUIRE(shop.put(inventory(shop.mug), {{"barcode", "4006381333931"}}, shop.staff()).status == 200);
    CHECK(shop.everything("4006381333931")["products"]["data"][0]["id"] == shop.mug);
    CHECK(shop.everything("jana3@example.com")["orders"]["more"] == false);
    CHECK(shop.get("/admin/search", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/search?q=%20", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/search?q=" + std::string(255, 'a'), shop.viewer()).status == 422);
    CHECK(shop.get("/admin/search?q=novak").status == 401);
}

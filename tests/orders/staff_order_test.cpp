// Orders that staff take by telephone or at the counter.

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Json caller_named(const std::string& name) {
    return {{"name", name},
            {"phone", "+49 30 1234567"},
            {"shipping_address", {{"line1", "Markt 1"}, {"city", "Ulm"}, {"postal_code", "89073"}, {"country", "DE"}}}};
}

Reply take(Shop& shop, const Json& body, const std::string& token = {}) {
    return shop.post("/admin/orders", body, token.empty() ? shop.staff() : token);
}

std::string path_of_order(const Json& order) { return "/admin/orders/" + std::to_string(order.at("id").get<int>()); }

std::int64_t units_reserved(Shop& shop, std::int64_t product) {
    return shop.get(inventory(product), shop.viewer()).body.at("reserved");
}

}  // namespace

TEST_CASE(
    "staff take an order of somebody without an e-mail address, with a line of their own and a price for a reason") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 5});
    const auto taken = take(
        shop, {{"customer", caller_named("Grete")},
               {"items", Json::array({{{"sku", "MUG"}, {"quantity", 2}, {"unit_price", 900}, {"reason", "A scratch"}},
                                      {{"text", "Engraving"}, {"unit_price", 500}, {"quantity", 1}}})},
               {"discount", {{"amount", 230}, {"reason", "A friend"}}},
               {"hold_until", nullptr}});
    INFO(taken.text);
    REQUIRE(taken.status == 201);
    const auto& order = taken.body;
    CHECK(order["status"] == "pending");
    CHECK(order["expires_at"].is_null());
    CHECK(order["subtotal"] == 2'300);
    CHECK(order["discount"] == 230);
    CHECK(order["total"] == 2'070);
    CHECK(order["balance"] == 2'070);
    CHECK(order["customer"]["email"] == "");
    CHECK(order["items"][0]["price_reason"] == "A scratch");
    CHECK(order["items"][1]["product_id"].is_null());
    CHECK(order["items"][1]["name"] == "Engraving");
    CHECK(order["staff_discount_reason"] == "A friend");
    CHECK(units_reserved(shop, mug) == 2);
    shop.advance(days(30));
    shop.drain();
    shop.sign_in_again();
    CHECK(shop.get(path_of_order(order), shop.viewer()).body["status"] == "pending");
    shop.check_invariants();
}

TEST_CASE("an order that staff took is paid at the counter, packed and shipped, with its line of no product") {
    Shop shop;
    shop.product({.sku = "MUG", .price = 1'000, .on_hand = 5});
    const auto order =
        take(shop, {{"customer", caller_named("Grete")},
                    {"items", Json::array({{{"sku", "MUG"}, {"quantity", 2}},
                                           {{"text", "Engraving"}, {"unit_price", 500}, {"quantity", 1}}})}})
            .body;
    const Json cash{{"order_id", order["id"]}, {"method", {{"type", "cash"}}}};
    const auto begun = shop.post("/payments", cash, shop.staff());
    INFO(begun.text);
    REQUIRE(begun.status == 201);
    const auto paid = shop.post(path_of(begun) + "/capture", Json::object(), shop.staff());
    INFO(paid.text);
    REQUIRE(paid.status == 200);
    CHECK(shop.get(path_of_order(order), shop.viewer()).body["status"] == "paid");
    const auto parcels = "/orders/" + std::to_string(order.at("id").get<int>()) + "/fulfillment";
    REQUIRE(shop.put(parcels, Json::object(), shop.staff()).status == 202);
    shop.drain();
    REQUIRE(shop.put(parcels, {{"status", "shipped"}}, shop.staff()).status == 200);
    const auto shipped = shop.get(path_of_order(order), shop.viewer()).body;
    CHECK(shipped["status"] == "shipped");
    CHECK(shipped["items"][1]["quantity_shipped"] == 1);
    shop.check_invariants();
}

TEST_CASE("whoever buys cannot say that they paid at the counter") {
    Shop shop;
    const auto mug = shop.product({});
    const auto order = place(shop, mug);
    CHECK(pay(shop, order, {{"type", "cash"}}).code() == "method_not_offered");
    CHECK(pay(shop, order, {{"type", "terminal"}}).code() == "method_not_offered");
    CHECK(status_of(shop, order) == "pending");
}

TEST_CASE("a draft holds no stock, is changed and placed later, or deleted, and its number is not given again") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 3});
    const Json body{{"status", "draft"},
                    {"customer", caller_named("Grete")},
                    {"items", Json::array({{{"product_id", mug}, {"quantity", 2}}})}};
    const auto draft = take(shop, body);
    INFO(draft.text);
    REQUIRE(draft.status == 201);
    CHECK(draft.body["status"] == "draft");
    CHECK(units_reserved(shop, mug) == 0);
    shop.check_invariants();

    const auto path = path_of_order(draft.body);
    const auto line = draft.body["items"][0]["id"];
    const auto more = shop.post(path + "/edits",
                                {{"change", Json::array({{{"item_id", line}, {"quantity", 3}}})},
                                 {"add", Json::array({{{"text", "Wrapping"}, {"unit_price", 100}, {"quantity", 1}}})}},
                                shop.staff());
    INFO(more.text);
    REQUIRE(more.status == 200);
    CHECK(more.body["order"]["total"] == 3'100);
    CHECK(units_reserved(shop, mug) == 0);

    const auto placed = shop.post(path + "/place", Json::object(), shop.staff());
    INFO(placed.text);
    REQUIRE(placed.status == 200);
    CHECK(placed.body["status"] == "pending");
    CHECK_FALSE(placed.body["expires_at"].is_null());
    CHECK(units_reserved(shop, mug) == 3);
    CHECK(shop.remove(path, shop.staff()).code() == "not_a_draft");

    const auto second = take(shop, body).body;
    const auto second_path = path_of_order(second);
    CHECK(shop.post(second_path + "/place", Json::object(), shop.staff()).code() == "insufficient_stock");
    CHECK(shop.remove(second_path, shop.staff()).status == 204);
    CHECK(shop.get(second_path, shop.viewer()).status == 404);
    CHECK(take(shop, body).body["id"] == second["id"].get<int>() + 1);
    shop.check_invariants();
}

TEST_CASE("a draft is not shown to its customer, and cannot be paid or shipped") {
    Shop shop;
    const auto mug = shop.product({});
    const auto draft = take(shop, {{"status", "draft"},
                                   {"customer", caller_named("Grete")},
                                   {"items", Json::array({{{"product_id", mug}, {"quantity", 1}}})}})
                           .body;
    const Json cash{{"order_id", draft["id"]}, {"method", {{"type", "cash"}}}};
    CHECK(shop.post("/payments", cash, shop.staff()).code() == "order_not_payable");
    const auto parcels = "/orders/" + std::to_string(draft.at("id").get<int>()) + "/fulfillment";
    CHECK(shop.put(parcels, Json::object(), shop.staff()).status == 409);
}

TEST_CASE("an order is tried out before it is taken") {
    Shop shop;
    const auto mug = shop.product({.price = 1'000});
    const auto before = shop.events();
    const auto tried = take(shop, {{"customer", caller_named("Grete")},
                                   {"items", Json::array({{{"product_id", mug}, {"quantity", 2}}})},
                                   {"dry_run", true}});
    INFO(tried.text);
    CHECK(tried.status == 200);
    CHECK(tried.body["total"] == 2'000);
    CHECK(shop.events() == before);
    CHECK(units_reserved(shop, mug) == 0);
}

TEST_CASE("what is wrong with an order of staff is said of each line") {
    Shop shop;
    const auto mug = shop.product({.price = 1'000});
    const auto refused = take(shop, {{"customer", caller_named("Grete")},
                                     {"items", Json::array({{{"product_id", mug}, {"quantity", 1}, {"unit_price", 900}},
                                                            {{"product_id", mug}, {"quantity", 1}},
                                                            {{"text", "Engraving"}, {"quantity", 1}},
                                                            {{"sku", "NONE"}, {"quantity", 1}},
                                                            {{"quantity", 1}}})}});
    INFO(refused.text);
    REQUIRE(refused.status == 422);
    std::vector<std::string> places;
    for (const auto& fault : refused.body["errors"]) {
        places.push_back(fault["pointer"]);
    }
    CHECK(places ==
          std::vector<std::string>{"/items/0/reason", "/items/1", "/items/2/unit_price", "/items/3", "/items/4"});
    CHECK(take(shop, {{"items", Json::array({{{"product_id", mug}, {"quantity", 1}}})}}).status == 422);
    REQUIRE(shop.put("/admin/settings", {{"staff_discount_ppm", 100'000}}, shop.owner()).status == 200);
    const Json cheap{
        {"customer", caller_named("Grete")},
        {"items", Json::array({{{"product_id", mug}, {"quantity", 1}, {"unit_price", 800}, {"reason", "Old"}}})}};
    CHECK(take(shop, cheap).code() == "discount_too_large");
    CHECK(take(shop, cheap, shop.owner()).status == 201);
}

TEST_CASE("an order is taken for a known customer, and is found in the account's orders") {
    Shop shop;
    const auto mug = shop.product({});
    const auto first = shop.order({{mug, 1}}).body;
    const auto customer = shop.get(path_of_order(first), shop.viewer()).body["customer_id"];
    const auto second =
        take(shop, {{"customer_id", customer}, {"items", Json::array({{{"product_id", mug}, {"quantity", 1}}})}});
    INFO(second.text);
    REQUIRE(second.status == 201);  // to where the first one went
    auto body = Json{{"customer_id", customer},
                     {"customer", caller_named("Ada")},
                     {"items", Json::array({{{"product_id", mug}, {"quantity", 1}}})}};
    const auto third = take(shop, body);
    INFO(third.text);
    REQUIRE(third.status == 201);
    CHECK(third.body["customer_id"] == customer);
    shop.check_invariants();
}

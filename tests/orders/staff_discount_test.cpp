// What staff take off placed orders.

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string discount_path(const Json& order) {
    return "/admin/orders/" + std::to_string(order["id"].get<std::int64_t>()) + "/discount";
}

Reply give(Shop& shop, const Json& order, const Json& body, const std::string& token) {
    return shop.put(discount_path(order), body, token);
}

Json line_of(const Json& order, std::size_t at) { return order["items"][at]["id"]; }

void tax_germany(Shop& shop, bool in_prices) {
    const Json rate{{"country", "DE"}, {"rate_ppm", 190'000}};
    REQUIRE(shop.put("/admin/settings",
                     {{"tax",
                       {{"prices_include_tax", in_prices}, {"shipping_taxed", true}, {"rates", Json::array({rate})}}}},
                     shop.owner())
                .status == 200);
}

}  // namespace

TEST_CASE("staff take a share or an amount off an order, or off its lines, and taxes follow") {
    Shop shop;
    tax_germany(shop, true);
    shop.deliver({{"DE", 490, 3'000}});  // free from 30.00
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 100});
    const auto pot = shop.product({.sku = "POT", .price = 2'999, .on_hand = 100});
    const auto order = shop.order({{mug, 1}, {pot, 1}}).body;
    REQUIRE(order["total"] == 3'999);

    // 2.00 off the mug, then 10 % of the 37.99 that are left: 3.80, of which 0.80 on the mug's 8.00.
    const auto cut = give(shop, order,
                          {{"reason", "The box is scratched"},
                           {"rate_ppm", 100'000},
                           {"items", Json::array({{{"item_id", line_of(order, 0)}, {"amount", 200}}})}},
                          shop.staff());
    INFO(cut.text);
    REQUIRE(cut.status == 200);
    CHECK(cut.body["discount"] == 580);
    CHECK(cut.body["items"][0]["discount"] == 280);
    CHECK(cut.body["items"][0]["staff_discount"] == 280);
    CHECK(cut.body["items"][1]["staff_discount"] == 300);
    CHECK(cut.body["shipping"] == 0);  // as it was agreed
    CHECK(cut.body["total"] == 3'419);
    CHECK(cut.body["tax_included"] == 546);  // 34.19 × 19/119
    CHECK(cut.body["staff_discount_reason"] == "The box is scratched");

    // Another one takes its place.
    const auto other = give(shop, order, {{"reason", "A friend"}, {"amount", 999}}, shop.staff());
    CHECK(other.body["total"] == 3'000);
    CHECK(other.body["items"][0]["discount"] == 250);  // 9.99 × 1000/3999

    const auto back = shop.remove(discount_path(order), shop.staff());
    INFO(back.text);
    CHECK(back.status == 200);
    CHECK(back.body["total"] == 3'999);
    CHECK(back.body["staff_discount_reason"] == "");
    shop.check_invariants();
}

TEST_CASE("what staff take off comes beside a discount code, and moves with the order") {
    Shop shop;
    tax_germany(shop, false);
    shop.deliver({{"*", 500}});
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 100});
    REQUIRE(shop.post("/admin/discount-codes", {{"code", "TENTH"}, {"kind", "percent"}, {"rate_ppm", 100'000}},
                      shop.staff())
                .status == 201);
    auto body = Shop::order_body({{mug, 2}});
    body["discount_code"] = "TENTH";
    const auto order = shop.post("/orders", body).body;
    REQUIRE(order["discount"] == 200);

    const auto half = give(shop, order, {{"reason", "Late"}, {"rate_ppm", 500'000}}, shop.staff()).body;
    CHECK(half["discount"] == 1'100);  // 2.00, and half of the 18.00 that are left
    CHECK(half["items"][0]["staff_discount"] == 900);
    CHECK(half["tax"] == 266);  // 19 % of 9.00 and 5.00
    CHECK(half["total"] == 2'000 - 1'100 + 500 + 266);

    const auto number = std::to_string(order["id"].get<std::int64_t>());
    const auto moved = shop.put(
        "/admin/orders/" + number,
        {{"customer",
          {{"shipping_address", {{"line1", "1"}, {"city", "Oslo"}, {"postal_code", "0150"}, {"country", "NO"}}}}}},
        shop.staff());
    INFO(moved.text);
    CHECK(moved.body["tax"] == 0);
    CHECK(moved.body["items"][0]["staff_discount"] == 900);
    CHECK(shop.remove(discount_path(order), shop.staff()).body["discount"] == 200);
    shop.check_invariants();
}

TEST_CASE("staff give up to the share that the shop's setting allows; owners give any") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 100});
    const auto pot = shop.product({.sku = "POT", .price = 3'000, .on_hand = 100});
    const auto order = shop.order({{mug, 1}, {pot, 1}}).body;
    REQUIRE(shop.put("/admin/settings", {{"staff_discount_ppm", 200'000}}, shop.owner()).status == 200);
    const auto amount = [](int minor) { return Json{{"reason", "x"}, {"amount", minor}}; };
    CHECK(give(shop, order, amount(799), shop.staff()).status == 200);
    CHECK(give(shop, order, amount(800), shop.staff()).status == 200);
    const auto above = give(shop, order, amount(801), shop.staff());
    CHECK(above.status == 403);
    CHECK(above.body["code"] == "discount_too_large");
    CHECK(above.body["most"] == 200'000);
    // A line is no way around it.
    const Json line{{"reason", "x"}, {"items", Json::array({{{"item_id", line_of(order, 0)}, {"amount", 201}}})}};
    CHECK(give(shop, order, line, shop.staff()).body["code"] == "discount_too_large");
    CHECK(give(shop, order, amount(4'000), shop.owner()).body["total"] == 0);
    CHECK(give(shop, order, amount(1), shop.viewer()).status == 403);
    CHECK(shop.get("/admin/orders/" + std::to_string(order["id"].get<std::int64_t>()), shop.viewer())
              .body["staff_discount_reason"] == "x");
}

TEST_CASE("a discount of staff that cannot be is refused with all its faults, and changes nothing") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 100});
    const auto order = shop.order({{mug, 1}}).body;
    const auto pointers = [&](const Json& body) {
        const auto refused = give(shop, order, body, shop.staff());
        INFO(refused.text);
        CHECK(refused.status == 422);
        std::vector<std::string> all;
        for (const auto& fault : refused.body["errors"]) {
            all.push_back(fault["pointer"]);
        }
        return all;
    };
    using Pointers = std::vector<std::string>;
    CHECK(pointers({{"reason", "x"}}) == Pointers{""});
    CHECK(pointers({{"reason", "x"}, {"amount", 1'001}}) == Pointers{"/amount"});
    CHECK(pointers({{"reason", "x"}, {"amount", 1}, {"rate_ppm", 1}}) == Pointers{"/amount"});
    const auto id = line_of(order, 0);
    CHECK(pointers({{"reason", "x"},
                    {"items", Json::array({{{"item_id", id}, {"amount", 1'001}},
                                           {{"item_id", id}, {"amount", 1}},
                                           {{"item_id", 999}, {"rate_ppm", 1}}})}}) ==
          Pointers{"/items/0/amount", "/items/1/item_id", "/items/2/item_id"});
    CHECK(pointers({{"reason", "x"}, {"items", Json::array({{{"item_id", id}}})}}) == Pointers{"/items/0"});
    CHECK(pointers({{"reason", ""}, {"amount", 1}}) == Pointers{"/reason"});
    const auto now = shop.get("/admin/orders/" + std::to_string(order["id"].get<std::int64_t>()), shop.viewer()).body;
    CHECK(now["total"] == 1'000);
    CHECK(now["version"] == order["version"]);
}

TEST_CASE("a discount of staff changes what a transfer is to pay, and nothing once money came") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1'000, .on_hand = 100});
    const auto transfer = place(shop, mug);
    const auto payment = pay(shop, transfer, {{"type", "bank_transfer"}});
    const Json order{{"id", transfer.id}};
    REQUIRE(give(shop, order, {{"reason", "x"}, {"amount", 100}}, shop.staff()).status == 200);
    const auto due = shop.get(path_of(payment), transfer.token).body;
    CHECK(due["amount"] == 900);
    REQUIRE(shop.post(path_of(payment) + "/capture", {{"amount", 900}}, shop.staff()).status == 200);
    const auto late = give(shop, order, {{"reason", "x"}, {"amount", 200}}, shop.staff());
    CHECK(late.status == 409);
    CHECK(late.body["code"] == "total_would_change");

    // All of it off: an order of 0, whose transfer is not waited for any more.
    const auto free = place(shop, mug);
    pay(shop, free, {{"type", "bank_transfer"}});
    REQUIRE(give(shop, {{"id", free.id}}, {{"reason", "x"}, {"rate_ppm", 1'000'000}}, shop.staff()).status == 200);
    const auto after = shop.get("/admin/orders/" + std::to_string(free.id), shop.viewer()).body;
    CHECK(after["total"] == 0);
    CHECK(shop.get("/admin/orders?packable=true", shop.viewer()).body["data"].size() == 2);

    const auto gone = place(shop, mug);
    REQUIRE(shop.post("/orders/" + std::to_string(gone.id) + "/cancel", {{"reason", "x"}}, shop.staff()).status == 200);
    CHECK(give(shop, {{"id", gone.id}}, {{"reason", "x"}, {"amount", 1}}, shop.staff()).body["code"] == "order_closed");
    shop.check_invariants();
}

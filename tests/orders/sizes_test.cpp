// An order's quantities, lines and sums: just below each bound, at it, just above it and far above it.

#include <fmt/format.h>

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/money.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop with products of each of these prices, of which there are as many as there can be.
struct RichShop : Shop {
    explicit RichShop(const std::vector<std::int64_t>& prices) {
        for (const auto price : prices) {
            products.push_back(
                product({.sku = fmt::format("P{}", products.size()), .price = price, .on_hand = kMaxQuantity}));
        }
    }

    std::vector<std::int64_t> products;
};

}  // namespace

TEST_CASE("an order's total is what every reader of JSON holds exactly, and not a cent more") {
    // Nine lines of the largest price and quantity, and what is left to the largest total.
    constexpr std::int64_t kLargest = kMaxPrice.minor * kMaxOrderQuantity;
    constexpr auto kLeft = kMaxTotal.minor - 9 * kLargest;
    std::vector<std::int64_t> prices(9, kMaxPrice.minor);
    prices.insert(prices.end(), {kLeft / 100, kLeft % 100, 1});
    RichShop shop(prices);
    std::vector<Shop::Line> lines;
    for (std::size_t i = 0; i < 9; ++i) {
        lines.push_back({shop.products[i], kMaxOrderQuantity});
    }
    lines.push_back({shop.products[9], 100});
    CHECK(shop.order(lines).status == 201);
    lines.push_back({shop.products[10], 1});
    const auto largest = shop.order(lines);
    CHECK(largest.status == 201);
    CHECK(largest.body["total"] == kMaxTotal.minor);
    lines.push_back({shop.products[11], 1});
    const auto above = shop.order(lines);
    CHECK(above.status == 422);
    CHECK(above.code() == "total_out_of_range");
    for (std::size_t i = 9; i < 12; ++i) {
        lines[i].quantity = kMaxOrderQuantity;
    }
    CHECK(shop.order(lines).status == 422);
    shop.check_invariants();

    // All that shows or moves such a sum does so.
    const auto order = fmt::format("/orders/{}", largest.body["id"].get<std::int64_t>());
    const auto token = largest.body["access_token"].get<std::string>();
    const auto payment =
        shop.post("/payments", {{"order_id", largest.body["id"]}, {"method", {{"type", "bank_transfer"}}}}, token);
    CHECK(payment.status / 100 == 2);
    const auto path = fmt::format("/payments/{}", payment.body["id"].get<std::int64_t>());
    CHECK(shop.post(path + "/capture", Json::object(), shop.staff()).status == 200);
    shop.drain();
    const auto refund = shop.post(path + "/refunds", {{"amount", kMaxTotal.minor}}, shop.staff());
    INFO(refund.text);
    CHECK(refund.status / 100 == 2);
    shop.drain();
    for (const auto* page :
         {"/admin/orders", "/admin/payments", "/admin/stats", "/admin/stats/payments", "/admin/stats/sales",
          "/admin/customers", "/admin/customers/export", "/admin/orders/export", "/admin/orders/large-holds"}) {
        const auto reply = shop.get(page, shop.owner());
        INFO(page << ": " << reply.text.substr(0, 300));
        CHECK(reply.status < 500);
    }
    CHECK(shop.get(order, token).body["total"] == kMaxTotal.minor);
    shop.check_invariants();
}

TEST_CASE("an order has 200 lines, and 10,000 units of a product, in however many of them") {
    RichShop shop({1});
    const auto of_one = shop.products[0];
    const auto lines = [&](std::size_t count, Quantity units) {
        return std::vector<Shop::Line>(count, {of_one, units});
    };
    for (const Quantity units : {1, 9'999, 10'000}) {
        CHECK(shop.order(lines(1, units)).status == 201);
    }
    for (const Quantity units : {10'001, 1'000'000'000, 0, -1}) {
        CHECK(shop.order(lines(1, units)).status == 422);
    }
    CHECK(shop.order(lines(199, 1)).body["items"].at(0)["quantity"] == 199);  // lines of one product are merged
    CHECK(shop.order(lines(200, 1)).body["items"].at(0)["quantity"] == 200);
    CHECK(shop.order(lines(201, 1)).status == 422);
    CHECK(shop.order(lines(3'000, 1)).status == 422);
    CHECK(shop.order(lines(2, 5'000)).status == 201);
    CHECK(shop.order(lines(3, 5'000)).status == 422);
    CHECK(shop.order(lines(200, 10'000)).status == 422);
    shop.check_invariants();
}

TEST_CASE("stock is a thousand million units, and not one more, however it comes") {
    Shop shop;
    const auto path = fmt::format("/products/{}", shop.product({.on_hand = kMaxQuantity - 1}));
    const auto adjust = [&](std::int64_t by) {
        return shop.put(path, {{"adjust", by}, {"reason", "received"}}, shop.owner());
    };
    CHECK(adjust(1).body["on_hand"] == kMaxQuantity);
    for (const std::int64_t more : {std::int64_t{1}, kMaxQuantity}) {
        const auto refused = adjust(more);
        INFO(refused.text);
        CHECK(refused.status / 100 == 4);
    }
    CHECK(shop.put(path, {{"quantity", kMaxQuantity}}, shop.owner()).status == 200);
    CHECK(shop.put(path, {{"quantity", kMaxQuantity + 1}}, shop.owner()).status == 422);
    shop.check_invariants();
}

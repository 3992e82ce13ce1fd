// A clock that was wrong for a while.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::vector<std::int64_t> numbers(Shop& shop, const std::string& query) {
    std::vector<std::int64_t> all;
    const auto reply = shop.get("/admin/orders?" + query, shop.owner());
    REQUIRE(reply.status == 200);
    for (const auto& order : reply.body["data"]) {
        all.push_back(order["id"]);
    }
    return all;
}

}  // namespace

TEST_CASE("R7: an order that was placed with the clock ahead does not date or reserve the orders after it") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    const auto start = shop.clock().now();
    REQUIRE(shop.order({{mug, 1}}).status == 201);  // 1001
    shop.advance(days(30));
    REQUIRE(shop.order({{mug, 1}}).status == 201);  // 1002
    shop.advance(days(-30));
    shop.advance(minutes(5));
    for (int i = 0; i < 2; ++i) {  // 1003, 1004
        const auto order = shop.order({{mug, 1}});
        CHECK(order.body["created_at"] == rfc3339(start + minutes(5)));
        CHECK(order.body["expires_at"] == rfc3339(start + minutes(35)));
    }
    shop.advance(minutes(40));
    shop.drain();
    CHECK(shop.get("/admin/orders/1003", shop.owner()).body["status"] == "expired");

    // Lists find each by its true date, whatever its number is.
    const auto day = [&](std::int64_t after) { return rfc3339(start + days(after)); };
    CHECK(numbers(shop, fmt::format("to={}", day(1))) == std::vector<std::int64_t>{1004, 1003, 1001});
    CHECK(numbers(shop, fmt::format("from={}", day(29))) == std::vector<std::int64_t>{1002});
    CHECK(numbers(shop, fmt::format("from={}&to={}", day(0), day(40))).size() == 4);
    CHECK(numbers(shop, fmt::format("from={}", rfc3339(start + minutes(1)))) ==
          std::vector<std::int64_t>{1004, 1003, 1002});
    CHECK(numbers(shop, fmt::format("from={}&to={}&status=expired", day(0), day(1))) ==
          std::vector<std::int64_t>{1004, 1003, 1001});
    CHECK(numbers(shop, fmt::format("from={}&to={}", day(5), day(10))).empty());
    CHECK(numbers(shop, fmt::format("to={}", day(-1))).empty());
    shop.check_invariants();
}

TEST_CASE("R7: a clock that is set back again and again keeps every date and finds every order") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1000});
    const auto start = shop.clock().now();
    std::vector<std::pair<std::int64_t, Time>> placed;
    for (int i = 0; i < 60; ++i) {
        shop.advance(i % 7 == 6 ? hours(-30) : hours(7));
        const auto order = shop.order({{mug, 1}});
        REQUIRE(order.body["created_at"] == rfc3339(shop.clock().now()));
        placed.emplace_back(order.body["id"], shop.clock().now());
    }
    shop.sign_in_again();
    for (int from = -50; from < 150; from += 13) {
        for (int length : {1, 30, 500}) {
            const auto first = start + hours(from);
            const auto end = first + hours(length);
            std::vector<std::int64_t> wanted;
            for (auto it = placed.rbegin(); it != placed.rend(); ++it) {
                if (it->second >= first && it->second < end) {
                    wanted.push_back(it->first);
                }
            }
            INFO(from << " + " << length);
            CHECK(numbers(shop, fmt::format("limit=200&from={}&to={}", rfc3339(first), rfc3339(end))) == wanted);
        }
    }
}

TEST_CASE("R7: a clock that is set right by seconds leaves no step behind") {
    Shop shop;
    const auto mug = shop.product({});
    shop.order({{mug, 1}});
    shop.advance(seconds(-10));
    const auto order = shop.order({{mug, 1}});
    CHECK(order.body["created_at"] == rfc3339(shop.clock().now() + seconds(10)));
    CHECK(order.body["expires_at"] == rfc3339(shop.clock().now() + minutes(30)));
    CHECK_FALSE(shop.store().read().value<std::string>("SELECT value FROM setting WHERE name = 'order_clock_steps'"));
}

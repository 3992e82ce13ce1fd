// Discount codes: what they take off, when they hold, and how often.

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "payments/support.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Reply add_code(Shop& shop, const Json& rules) { return shop.post("/admin/discount-codes", rules, shop.staff()); }

std::int64_t new_code(Shop& shop, const Json& rules) {
    const auto added = add_code(shop, rules);
    INFO(added.text);
    REQUIRE(added.status == 201);
    return added.body["id"].get<std::int64_t>();
}

std::int64_t uses(Shop& shop, std::int64_t code) {
    return shop.get("/admin/discount-codes/" + std::to_string(code), shop.viewer()).body["uses"].get<std::int64_t>();
}

Reply order_with(Shop& shop, const std::vector<Shop::Line>& lines, const std::string& code,
                 const std::string& email = "ada@example.com") {
    auto body = Shop::order_body(lines, email);
    body["discount_code"] = code;
    return shop.post("/orders", body);
}

Reply pay_by_card(Shop& shop, const Placed& order, const std::string& number) {
    const auto payment =
        pay(shop, order, {{"type", "card"}, {"number", number}, {"exp_month", 12}, {"exp_year", 2040}, {"cvc", "123"}});
    return after_jobs(shop, path_of(payment), order.token);
}

void with_simulated_cards(app::Config& config) { config.sandbox_payments = true; }

void deliver_for(Shop& shop, std::int64_t amount) { shop.deliver({{"*", amount}}); }

}  // namespace

TEST_CASE("a code takes a percentage, an amount or the delivery off, shared to the lines") {
    Shop shop;
    deliver_for(shop, 500);
    const auto mug = shop.product({.sku = "MUG", .price = 1000, .on_hand = 100});
    const auto pot = shop.product({.sku = "POT", .price = 2999, .on_hand = 100});
    new_code(shop, {{"code", "TENTH"}, {"kind", "percent"}, {"rate_ppm", 100'000}});
    new_code(shop, {{"code", "FIVER"}, {"kind", "amount"}, {"amount", 500}});
    new_code(shop, {{"code", "POTS"}, {"kind", "percent"}, {"rate_ppm", 500'000}, {"products", Json::array({pot})}});
    new_code(shop, {{"code", "SENT"}, {"kind", "free_delivery"}});
    new_code(shop, {{"code", "ALL"}, {"kind", "percent"}, {"rate_ppm", 1'000'000}});

    const auto tenth = order_with(shop, {{mug, 1}, {pot, 1}}, " tenth ").body;  // 10 % of 39.99, without case
    CHECK(tenth["discount"] == 400);
    CHECK(tenth["items"][0]["discount"] == 100);
    CHECK(tenth["items"][1]["discount"] == 300);
    CHECK(tenth["total"] == 3999 - 400 + 500);
    CHECK(tenth["discount_reason"] == "TENTH");

    const auto fiver = order_with(shop, {{mug, 1}, {pot, 1}}, "FIVER").body;
    CHECK(fiver["items"][0]["discount"] == 125);  // of 5.00: 10.00 of 39.99
    CHECK(fiver["items"][1]["discount"] == 375);
    CHECK(order_with(shop, {{pot, 1}}, "POTS").body["discount"] == 1500);  // half of 29.99, rounded away from zero
    CHECK(order_with(shop, {{mug, 1}, {pot, 1}}, "POTS").body["items"][0]["discount"] == 0);
    const auto sent = order_with(shop, {{mug, 1}}, "SENT").body;
    CHECK(sent["shipping"] == 0);
    CHECK(sent["total"] == 1000);
    const auto cheap = shop.product({.sku = "PIN", .price = 300, .on_hand = 10});
    CHECK(order_with(shop, {{cheap, 1}}, "FIVER").body["total"] == 500);  // never more off than the goods cost

    // 100 % off, with nothing to deliver for: an order of 0 is paid.
    deliver_for(shop, 0);
    const auto nothing = order_with(shop, {{mug, 1}}, "ALL");
    INFO(nothing.text);
    REQUIRE(nothing.status == 201);
    CHECK(nothing.body["total"] == 0);
    CHECK(shop.get("/admin/orders?packable=true", shop.viewer()).body["data"][0]["id"] == nothing.body["id"]);
    shop.check_invariants();
}

TEST_CASE("a code holds from, until, and above what it says, and says why it does not") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 100});
    const auto now = shop.clock().now();
    new_code(shop, {{"code", "LATER"},
                    {"kind", "amount"},
                    {"amount", 100},
                    {"minimum", 2000},
                    {"valid_from", rfc3339(now + minutes(10))},
                    {"valid_until", rfc3339(now + minutes(20))}});
    const auto reason = [&](Quantity quantity) -> std::string {
        const auto reply = order_with(shop, {{mug, quantity}}, "LATER");
        CHECK((reply.status == 201 || reply.code() == "code_not_valid"));
        return reply.status == 201 ? "" : reply.body["reason"].get<std::string>();
    };
    CHECK(order_with(shop, {{mug, 1}}, "NEVER").body["reason"] == "unknown");
    CHECK(reason(2) == "not_yet");
    shop.advance(minutes(10));
    CHECK(reason(1) == "minimum");
    CHECK(reason(2) == "");
    shop.advance(Duration{minutes(10).ms - 1});
    CHECK(reason(2) == "");
    shop.advance(Duration{1});
    CHECK(reason(2) == "over");

    const auto pot = shop.product({.sku = "POT", .price = 2999, .on_hand = 100});
    const auto id =
        new_code(shop, {{"code", "POTS"}, {"kind", "amount"}, {"amount", 100}, {"products", Json::array({pot})}});
    CHECK(order_with(shop, {{mug, 1}}, "POTS").body["reason"] == "products");
    const auto path = "/admin/discount-codes/" + std::to_string(id);
    const auto code = shop.get(path, shop.staff());
    const Json off{{"code", "POTS"}, {"kind", "amount"}, {"amount", 100}, {"active", false}};
    CHECK(shop.put(path, off, shop.staff(), {{"If-Match", "\"7\""}}).status == 412);
    CHECK(shop.put(path, off, shop.staff(), {{"If-Match", code.header("ETag")}}).status == 200);
    CHECK(order_with(shop, {{pot, 1}}, "POTS").body["reason"] == "off");
    shop.check_invariants();
}

TEST_CASE("what is wrong with a code is named all at once, and codes are the same whatever their case") {
    Shop shop;
    const auto refused = add_code(shop, {{"code", "​"},
                                         {"kind", "percent"},
                                         {"amount", 5},
                                         {"valid_from", "2026-02-01T00:00:00Z"},
                                         {"valid_until", "2026-02-01T00:00:00Z"},
                                         {"products", Json::array({4711})}});
    std::vector<std::string> pointers;
    for (const auto& fault : refused.body["errors"]) {
        pointers.push_back(fault["pointer"]);
    }
    std::sort(pointers.begin(), pointers.end());
    CHECK(pointers == std::vector<std::string>{"/amount", "/code", "/products/0", "/rate_ppm", "/valid_until"});
    new_code(shop, {{"code", "Spring"}, {"kind", "percent"}, {"rate_ppm", 1}});
    CHECK(add_code(shop, {{"code", "SPRING"}, {"kind", "percent"}, {"rate_ppm", 1}}).code() == "code_taken");
    CHECK(add_code(shop, {{"code", "TOO"}, {"kind", "percent"}, {"rate_ppm", 1'000'001}}).status == 422);
    CHECK(shop.get("/admin/discount-codes?q=spr", shop.viewer()).body["data"].size() == 1);
    CHECK(shop.get("/admin/discount-codes?q=sprx", shop.viewer()).body["data"].empty());
    CHECK(shop.post("/admin/discount-codes", Json::object(), shop.viewer()).status == 403);
}

TEST_CASE("64 customers race for a code with 100 uses: 100 are used", "[concurrency]") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 1000});
    const auto code =
        new_code(shop, {{"code", "RACE"}, {"kind", "percent"}, {"rate_ppm", 500'000}, {"most_uses", 100}});
    int placed = 0;
    int refused = 0;
    for (int round = 0; round < 3; ++round) {
        const auto replies = shop.at_once(64, [&](int n) {
            return order_with(shop, {{mug, 1}}, "RACE", "ada" + std::to_string(round * 64 + n) + "@example.com");
        });
        placed += count(replies, 201);
        for (const auto& reply : replies) {
            refused += reply.code() == "code_used_up" && reply.body["scope"] == "all" ? 1 : 0;
        }
    }
    CHECK(placed == 100);
    CHECK(refused == 3 * 64 - 100);
    CHECK(uses(shop, code) == 100);
    shop.check_invariants();
}

TEST_CASE("a use comes back when its order expires or is cancelled, once, and stays while a payment is tried again") {
    Shop shop(with_simulated_cards);
    const auto mug = shop.product({.price = 1000, .on_hand = 100});
    const auto code = new_code(shop, {{"code", "ONE"}, {"kind", "percent"}, {"rate_ppm", 500'000}, {"most_uses", 1}});
    const auto first = order_with(shop, {{mug, 1}}, "ONE").body;
    CHECK(uses(shop, code) == 1);
    CHECK(order_with(shop, {{mug, 1}}, "ONE", "bob@example.com").code() == "code_used_up");
    CHECK(shop.post("/orders/quote", {{"items", Json::array({{{"product_id", mug}, {"quantity", 1}}})},
                                      {"customer", {{"shipping_address", {{"country", "DE"}}}}},
                                      {"discount_code", "ONE"}})
              .code() == "code_used_up");

    const Placed order{first["id"].get<std::int64_t>(), first["access_token"].get<std::string>()};
    CHECK(pay_by_card(shop, order, "4000000000000002").body["status"] == "failed");
    CHECK(uses(shop, code) == 1);
    CHECK(pay_by_card(shop, order, "4242424242424242").body["status"] == "succeeded");
    CHECK(uses(shop, code) == 1);
    const auto path = "/orders/" + std::to_string(order.id) + "/cancel";
    CHECK(shop.post(path, Json::object(), order.token).status == 200);
    CHECK(shop.post(path, Json::object(), order.token).status == 409);
    CHECK(uses(shop, code) == 0);

    CHECK(order_with(shop, {{mug, 1}}, "ONE", "bob@example.com").status == 201);
    CHECK(uses(shop, code) == 1);
    shop.advance(days(1));
    shop.drain();
    shop.sign_in_again();
    CHECK(uses(shop, code) == 0);
    shop.check_invariants();
}

TEST_CASE("one customer uses a code as often as it says, and others are not kept from it") {
    Shop shop;
    const auto mug = shop.product({.price = 1000, .on_hand = 100});
    new_code(shop, {{"code", "WELCOME"}, {"kind", "percent"}, {"rate_ppm", 100'000}, {"most_uses_of_one", 2}});
    CHECK(order_with(shop, {{mug, 1}}, "WELCOME").status == 201);
    CHECK(order_with(shop, {{mug, 1}}, "WELCOME").status == 201);
    const auto third = order_with(shop, {{mug, 1}}, "WELCOME");
    CHECK(third.code() == "code_used_up");
    CHECK(third.body["scope"] == "customer");
    CHECK(order_with(shop, {{mug, 1}}, "WELCOME", "bob@example.com").status == 201);
    shop.check_invariants();
}

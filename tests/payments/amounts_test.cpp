// Which amounts a gateway takes: counted as it counts them, and what it would refuse is refused by name before anything
// is stored. The figures are those of https://docs.stripe.com/currencies.

#include "payments/amounts.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/card_step.h"
#include "orders/shipping.h"
#include "payments/declines.h"
#include "payments/stripe_amounts.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::function<void(app::Config&)> in_currency(const std::string& code) {
    return [code](app::Config& config) { config.currency = code; };
}

std::string letters(int number) {
    return {static_cast<char>('A' + number / 676), static_cast<char>('A' + number / 26 % 26),
            static_cast<char>('A' + number % 26)};
}

/// Every currency that a shop can have.
std::vector<std::string> all_currencies() {
    std::vector<std::string> all;
    for (int i = 0; i < 26 * 26 * 26; ++i) {
        if (const auto code = letters(i); currency_exponent(code)) {
            all.push_back(code);
        }
    }
    return all;
}

Reply set_settings(Shop& shop, const Json& settings) { return shop.put("/admin/settings", settings, shop.owner()); }

Json ways(bool card) { return {{"card", card}, {"bank_transfer", true}, {"cash_on_delivery", true}}; }

Reply add_product(Shop& shop, std::int64_t price) {
    return shop.post("/products", {{"sku", "CUP"}, {"name", "Cup"}, {"price", price}, {"quantity", 10}}, shop.owner());
}

std::int64_t payments_stored(Shop& shop) {
    return shop.store().read().value<std::int64_t>("SELECT count(*) FROM payment").value();
}

std::int64_t refunds_stored(Shop& shop) {
    return shop.store().read().value<std::int64_t>("SELECT count(*) FROM refund").value();
}

}  // namespace

TEST_CASE("M1: Stripe counts MGA without decimals, and ISK and UGX with two") {
    const auto [currency, price, counted] = GENERATE(table<std::string, std::int64_t, std::int64_t>({
        {"MGA", 500'000, 5000},
        {"ISK", 500, 50'000},
        {"UGX", 5000, 500'000},
        {"JPY", 500, 500},
        {"HUF", 17'545, 17'545},
        {"TWD", 80'045, 80'045},
        {"KWD", 5120, 5120},
    }));
    CAPTURE(currency);
    StripeShop it(in_currency(currency));
    const auto order = place(it.shop, it.shop.product({.price = price}));
    const auto paid = it.paid(order);
    CHECK(paid.body["status"] == "succeeded");
    CHECK(paid.body["captured"] == price);
    REQUIRE(it.stripe.intents().size() == 1);
    CHECK(it.stripe.intents()[0]["amount"] == counted);
    CHECK(it.shop.post(path_of(paid) + "/refunds", Json::object(), it.shop.staff()).body["amount"] == price);
    CHECK(after_jobs(it.shop, path_of(paid), order.token).body["status"] == "refunded");
    REQUIRE(it.stripe.refunds().size() == 1);
    CHECK(it.stripe.refunds()[0]["amount"] == counted);
    it.shop.check_invariants();
}

TEST_CASE("M1: every currency is counted as Stripe's page says, or not charged at all") {
    const std::set<std::string> none{"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
                                     "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"};
    const std::set<std::string> three{"BHD", "JOD", "KWD", "OMR", "TND"};
    const std::set<std::string> never{"CLF", "IQD", "LYD", "UYI", "UYW"};  // decimals that Stripe has for no currency
    for (const auto& code : all_currencies()) {
        CAPTURE(code);
        const auto rule = payments::amount_rule("stripe", code);
        CHECK(rule.charges == !never.contains(code));
        if (!rule.charges) {
            continue;
        }
        std::int64_t one = 1;  // of the currency, in our minor units
        for (int i = 0; i < *currency_exponent(code); ++i) {
            one *= 10;
        }
        CHECK(payments::to_stripe(Money{one}, code) == (none.contains(code) ? 1 : three.contains(code) ? 1000 : 100));
        CHECK(payments::from_stripe(payments::to_stripe(Money{7 * one}, code), code) == Money{7 * one});
        CHECK(rule.step == card_step(code));
        CHECK(rule.step == Money{three.contains(code) ? 10 : code == "MGA" ? 100 : 1});
        CHECK(payments::to_stripe(rule.most, code) <= 999'999'999'999);
        CHECK(payments::amount_rule("sandbox", code).step == rule.step);
        CHECK(payments::amount_rule("manual", code).step == Money{1});
    }
}

TEST_CASE("M1: a charge below or above what Stripe takes is refused before anything is stored") {
    StripeShop it;
    const auto small = place(it.shop, it.shop.product({.sku = "PIN", .price = 49}));
    const auto refused = it.pay(small);
    CHECK(refused.code() == "amount_too_small");
    CHECK(refused.body["smallest"] == 50);
    const auto large = it.shop.order({{it.shop.product({.sku = "SHIP", .price = 100'000'000'000}), 10}});
    REQUIRE(large.status == 201);
    const auto too_much = it.pay({large.body["id"].get<std::int64_t>(), large.body["access_token"].get<std::string>()});
    CHECK(too_much.code() == "amount_too_large");
    CHECK(too_much.body["largest"] == 999'999'999'999);
    CHECK(payments_stored(it.shop) == 0);
    CHECK(it.stripe.requests() == 0);
    CHECK(payments::amount_rule("stripe", "HUF").least == Money{17'500});
    CHECK(payments::amount_rule("stripe", "JPY").least == Money{50});
    CHECK(payments::amount_rule("stripe", "AED").least == Money{200});
    CHECK(it.paid(place(it.shop, it.shop.product({.sku = "CAP", .price = 50}))).body["status"] == "succeeded");
    it.shop.check_invariants();
}

TEST_CASE("M1: a shop in a currency that Stripe cannot count is told so by name") {
    StripeShop it(in_currency("IQD"));
    const auto order = place(it.shop, it.shop.product({.price = 5000}));
    CHECK(it.pay(order).code() == "currency_not_charged");
    CHECK(payments_stored(it.shop) == 0);
    CHECK(it.stripe.requests() == 0);
}

TEST_CASE("M2: while cards are offered, a price off the currency's step is refused by name") {
    const auto [currency, price, step] = GENERATE(
        table<std::string, std::int64_t, std::int64_t>({{"KWD", 5124, 10}, {"TND", 5125, 10}, {"MGA", 500'050, 100}}));
    CAPTURE(currency);
    StripeShop it(in_currency(currency));
    const auto refused = add_product(it.shop, price);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "price_off_step");
    CHECK(refused.body["price_step"] == step);
    REQUIRE(refused.body.at("errors").size() == 1);
    CHECK(refused.body.at("errors").at(0).at("pointer") == "/price");
    const auto made = add_product(it.shop, 500'100);
    REQUIRE(made.status == 201);
    const auto path = "/products/" + std::to_string(made.body["id"].get<std::int64_t>());
    CHECK(it.shop.put(path, {{"price", price}}, it.shop.owner()).code() == "price_off_step");
    const auto parcel =
        it.shop.post("/admin/delivery-methods", Shop::parcel_method({{"*", price}, {"DE", price}}), it.shop.owner());
    CHECK(parcel.code() == "price_off_step");
    CHECK(parcel.body["price_step"] == step);
    REQUIRE(parcel.body.at("errors").size() == 2);
    CHECK(parcel.body.at("errors").at(1).at("pointer") == "/zones/1/bands/0/price");
    const auto file = "Handle,Title,Variant SKU,Variant Price\nbowl,Bowl,BOWL," +
                      decimal_money(Money{price}, currency) + "\nplate,Plate,PLATE," +
                      decimal_money(Money{500'000}, currency) + "\n";
    const auto report = it.shop.send("POST", "/admin/inventory/import", file, "text/csv", it.shop.owner());
    CHECK(report.body["added"] == 1);
    CHECK(report.body["faulty"] == 1);

    REQUIRE(set_settings(it.shop, {{"payment_methods", ways(false)}}).status == 200);
    CHECK(it.shop.put(path, {{"price", price}}, it.shop.owner()).status == 200);
    const auto turned_on = set_settings(it.shop, {{"payment_methods", ways(true)}});
    CHECK(turned_on.code() == "price_off_step");
    CHECK(turned_on.body["detail"].get<std::string>().find("CUP") != std::string::npos);

    // Likewise of delivery methods, which could have any price while cards were off.
    REQUIRE(it.shop.put(path, {{"price", 500'000}}, it.shop.owner()).status == 200);
    it.shop.deliver({{"*", price}});
    const auto again = set_settings(it.shop, {{"payment_methods", ways(true)}});
    CHECK(again.code() == "price_off_step");
    CHECK(again.body["detail"].get<std::string>().find("Parcel") != std::string::npos);
}

TEST_CASE("M2: taxes and totals are rounded to what cards are charged in") {
    StripeShop it(in_currency("KWD"));
    const bool included = GENERATE(false, true);
    const Json rates = Json::array({{{"country", "DE"}, {"rate_ppm", 50'000}}});
    REQUIRE(
        set_settings(it.shop, {{"tax", {{"prices_include_tax", included}, {"shipping_taxed", true}, {"rates", rates}}}})
            .status == 200);
    const auto cup = it.shop.product({.sku = "CUP", .price = 1250});
    const auto order = it.shop.order({{cup, 1}});
    REQUIRE(order.status == 201);
    CHECK(order.body["tax"] == (included ? 0 : 60));           // 62.5
    CHECK(order.body["tax_included"] == (included ? 60 : 0));  // 59.5
    CHECK(order.body["total"] == (included ? 1250 : 1310));
    const Placed placed{order.body["id"].get<std::int64_t>(), order.body["access_token"].get<std::string>()};
    CHECK(it.paid(placed).body["status"] == "succeeded");
    it.shop.check_invariants();
}

TEST_CASE("M2: the shares of a line's rounded tax are what cards are charged in, and add up") {
    const orders::Item item{.product = ProductId{1},
                            .sku = "CUP",
                            .name = "Cup",
                            .unit_price = Money{1250},
                            .weight_g = std::nullopt,
                            .tax = Money{190},
                            .quantity = 3};
    Money sum;
    for (Quantity already = 0; already < 3; ++already) {
        const auto price = orders::price_of(item, already, 1, true, Money{10});
        CHECK(price.minor % 10 == 0);
        sum += price;
    }
    CHECK(sum == Money{3 * 1250 + 190});
}

TEST_CASE("M2: an order off the step, placed before cards were offered, is not a declined card") {
    StripeShop it(in_currency("KWD"));
    REQUIRE(set_settings(it.shop, {{"payment_methods", ways(false)}}).status == 200);
    const auto cup = it.shop.product({.sku = "CUP", .price = 5124});
    const auto order = place(it.shop, cup);
    REQUIRE(it.shop.put("/products/" + std::to_string(cup), {{"price", 5120}}, it.shop.owner()).status == 200);
    REQUIRE(set_settings(it.shop, {{"payment_methods", ways(true)}}).status == 200);
    const auto refused = it.pay(order);
    CHECK(refused.status == 422);
    CHECK(refused.code() == "amount_off_step");
    CHECK(refused.body["amount_step"] == 10);
    CHECK(payments_stored(it.shop) == 0);
    CHECK(it.stripe.requests() == 0);
    CHECK(tests::pay(it.shop, order, {{"type", "bank_transfer"}}).status == 201);
}

TEST_CASE("M2: a request that Stripe refuses is not a declined card") {
    StripeShop it(
        in_currency("IRR"));  // Stripe has two decimals for what its page does not name, and refuses it itself
    const auto order = place(it.shop, it.shop.product({.price = 500'000}));
    const auto payment = it.paid(order);
    CHECK(payment.body["status"] == "failed");
    CHECK(payment.body["failure"]["code"] == "gateway_refused");
    CHECK(payment.body["failure"]["text"].get<std::string>().find("declined") == std::string::npos);
    const auto refused = it.shop.post(path_of(payment) + "/confirm", Json::object(), order.token);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "gateway_refused");
    const auto seen = it.shop.get("/admin" + path_of(payment), it.shop.viewer());
    CHECK(seen.body["attempts"][0]["failure_code"] == "refused:invalid_request_error");
    CHECK(payments::decline_of("stolen_card").code() == "card_declined");
    CHECK(payments::refused_code("resource_missing") == "resource_missing");  // which means a token that is used up
}

TEST_CASE("M3: a refund or capture that the gateway would refuse is refused with the reason") {
    StripeShop it([](app::Config& config) {
        config.currency = "KWD";
        config.authorize_only = true;
    });
    const auto order = place(it.shop, it.shop.product({.price = 5120}));
    const auto held = it.paid(order);
    CHECK(it.shop.post(path_of(held) + "/capture", {{"amount", 4321}}, it.shop.staff()).code() == "amount_off_step");
    REQUIRE(it.shop.post(path_of(held) + "/capture", {{"amount", 4320}}, it.shop.staff()).status == 202);
    CHECK(after_jobs(it.shop, path_of(held), order.token).body["captured"] == 4320);

    const auto refused = it.shop.post(path_of(held) + "/refunds", {{"amount", 1234}}, it.shop.staff());
    CHECK(refused.status == 422);
    CHECK(refused.code() == "amount_off_step");
    CHECK(refused.body["amount_step"] == 10);
    CHECK(refused.body.at("errors").at(0).at("pointer") == "/amount");
    CHECK(refunds_stored(it.shop) == 0);
    CHECK(it.shop.get(path_of(held), order.token).body["refunded"] == 0);
    CHECK(it.recorded("payment.refunding") == 0);
    CHECK(it.recorded("payment.refund_failed") == 0);

    CHECK(it.shop.post(path_of(held) + "/refunds", {{"amount", 1230}}, it.shop.staff()).status == 202);
    CHECK(after_jobs(it.shop, path_of(held), order.token).body["status"] == "partially_refunded");
    it.shop.check_invariants();
}

TEST_CASE("M3: money that staff send by hand is refunded to the last digit") {
    Shop shop(in_currency("KWD"));
    const auto order = place(shop, shop.product({.price = 5120}));
    const auto payment = tests::pay(shop, order, {{"type", "cash_on_delivery"}});
    REQUIRE(payment.status == 201);
    REQUIRE(shop.post(path_of(payment) + "/capture", Json::object(), shop.staff()).status == 200);
    CHECK(shop.post(path_of(payment) + "/refunds", {{"amount", 1234}}, shop.staff()).status == 201);
}

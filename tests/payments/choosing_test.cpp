// How a shop is paid is its owner's choice, and everyone can read it.

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

Json types_of(const Reply& methods) {
    auto types = Json::array();
    for (const auto& method : methods.body["methods"]) {
        types.push_back(method["type"]);
    }
    return types;
}

void choose(Shop& shop, const Json& settings) {
    REQUIRE(shop.put("/admin/settings", settings, shop.owner()).status == 200);
}

}  // namespace

TEST_CASE("a shop without a gateway takes no cards, and says what it takes") {
    Shop shop;
    const auto methods = shop.get("/payment-methods");
    CHECK(types_of(methods) == Json{"bank_transfer", "cash_on_delivery"});
    CHECK(methods.body["simulated"] == false);
    const auto order = place(shop, shop.product({}));
    CHECK(pay(shop, order, token_of("pm_card_visa")).code() == "gateway_not_configured");
}

TEST_CASE("the sandbox says in plain sight that it simulates") {
    Shop shop([](app::Config& config) { config.sandbox_payments = true; });
    const auto methods = shop.get("/payment-methods");
    CHECK(methods.body["simulated"] == true);
    CHECK(methods.body["notice"].get<std::string>().find("no money moves") != std::string::npos);
    CHECK(methods.body["methods"][0] ==
          Json{{"type", "card"}, {"gateway", "sandbox"}, {"takes", "number"}, {"publishable_key", nullptr}});
    const auto order = place(shop, shop.product({}));
    const auto paid =
        pay(shop, order,
            {{"type", "card"}, {"number", "4242424242424242"}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "737"}});
    CHECK(paid.body["simulated"] == true);
}

TEST_CASE("with a key, Stripe takes the cards before the sandbox, or as the owner chooses") {
    StripeShop it([](app::Config& config) { config.sandbox_payments = true; });
    auto& shop = it.shop;
    CHECK(shop.get("/payment-methods").body["methods"][0] ==
          Json{{"type", "card"}, {"gateway", "stripe"}, {"takes", "token"}, {"publishable_key", "pk_test_shown"}});
    CHECK(shop.get("/payment-methods").body["simulated"] == false);
    const auto mug = shop.product({});
    const auto by_stripe = it.paid(place(shop, mug));
    CHECK(by_stripe.body["gateway"] == "stripe");

    choose(shop, {{"card_gateway", "sandbox"}});
    CHECK(shop.get("/payment-methods").body["simulated"] == true);
    const auto order = place(shop, mug);
    const Json card{
        {"type", "card"}, {"number", "4242424242424242"}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "737"}};
    CHECK(pay(shop, order, card).body["gateway"] == "sandbox");
    // What was paid through the other is still given back through it.
    CHECK(shop.post(path_of(by_stripe) + "/refunds", Json::object(), shop.staff()).status == 202);
    shop.drain();
    CHECK(it.stripe.refunds().size() == 1);

    choose(shop, {{"card_gateway", nullptr}, {"stripe_secret_key", nullptr}});
    CHECK(shop.get("/payment-methods").body["methods"][0]["gateway"] == "sandbox");
    choose(shop, {{"card_gateway", "stripe"}});
    CHECK(types_of(shop.get("/payment-methods")) == Json{"bank_transfer", "cash_on_delivery"});
}

TEST_CASE("cards are offered through Stripe once both of its keys are there") {
    StripeShop it;
    choose(it.shop, {{"stripe_publishable_key", ""}});
    CHECK(types_of(it.shop.get("/payment-methods")) == Json{"bank_transfer", "cash_on_delivery"});
    CHECK(it.pay(place(it.shop, it.shop.product({}))).code() == "gateway_not_configured");
    choose(it.shop, {{"stripe_publishable_key", "pk_test_shown"}});
    CHECK(types_of(it.shop.get("/payment-methods")) == Json{"card", "bank_transfer", "cash_on_delivery"});
}

TEST_CASE("a way to pay that is not offered is refused by name") {
    StripeShop it;
    auto& shop = it.shop;
    choose(shop, {{"payment_methods", {{"card", true}, {"bank_transfer", false}, {"cash_on_delivery", false}}}});
    CHECK(types_of(shop.get("/payment-methods")) == Json{"card"});
    const auto order = place(shop, shop.product({}));
    for (const auto* type : {"bank_transfer", "cash_on_delivery"}) {
        const auto refused = pay(shop, order, {{"type", type}});
        CHECK(refused.status == 422);
        CHECK(refused.code() == "method_not_offered");
        CHECK(refused.body["errors"][0]["pointer"] == "/method/type");
    }
    choose(shop, {{"payment_methods", {{"card", false}, {"bank_transfer", true}, {"cash_on_delivery", false}}}});
    CHECK(it.pay(order).code() == "method_not_offered");
    CHECK(pay(shop, order, {{"type", "bank_transfer"}}).status == 201);
}

TEST_CASE("a secret key is not taken for the one that everybody may see") {
    Shop shop;
    CHECK(shop.put("/admin/settings", {{"stripe_publishable_key", "sk_live_1"}}, shop.owner()).status == 422);
}

TEST_CASE("takings stand on the day the money came, refunds on the day it went, and what is open stands apart") {
    StripeShop it;
    auto& shop = it.shop;
    const auto key = shop.post("/admin/api-keys", {{"label", "books"}, {"role", "staff"}}, shop.owner()).body["secret"];
    const auto mug = shop.product({.price = 1000});
    const auto paid = it.paid(place(shop, mug));
    it.paid(place(shop, mug), "pm_card_visa_chargeDeclined");
    it.paid(place(shop, mug), "pm_card_authenticationRequired");
    REQUIRE(pay(shop, place(shop, mug), {{"type", "bank_transfer"}}).status == 201);
    auto takings = shop.get("/admin/stats/payments?days=3", key).body;
    REQUIRE(takings["days"].size() == 3);
    CHECK(takings["days"][2] == Json{{"date", "2026-01-01"},
                                     {"payments", 1},
                                     {"captured", 1000},
                                     {"refunds", 0},
                                     {"refunded", 0},
                                     {"failures", 1}});
    CHECK(takings["days"][0]["captured"] == 0);
    CHECK(takings["open"]["requires_action"] == Json{{"count", 1}, {"amount", 1000}});
    CHECK(takings["open"]["processing"] == Json{{"count", 1}, {"amount", 1000}});

    shop.advance(days(1));
    REQUIRE(shop.post(path_of(paid) + "/refunds", {{"amount", 400}}, key).status == 202);
    takings = shop.get("/admin/stats/payments?days=3", key).body;
    CHECK(takings["days"][1]["captured"] == 1000);
    CHECK(takings["days"][1]["refunded"] == 0);
    CHECK(takings["days"][2]["refunded"] == 400);
    CHECK(takings["days"][2]["refunds"] == 1);
    // To the west of Greenwich, the first second of the year was still in the old one.
    shop.sign_in_again();
    REQUIRE(shop.put("/admin/settings", {{"time_zone", "America/New_York"}}, shop.owner()).status == 200);
    const auto western = shop.get("/admin/stats/payments?days=3", key).body["days"];
    CHECK(western[1]["date"] == "2025-12-31");
    CHECK(western[1]["captured"] == 1000);
    CHECK(shop.get("/admin/stats/payments?days=0", key).status == 422);
}

TEST_CASE("D11: no bank transfer is offered, or taken, before the shop says where to transfer to") {
    Shop shop;
    const auto mug = shop.product({});
    const std::string details = GENERATE("", " \n ");
    choose(shop, {{"bank_details", details}});
    CHECK(types_of(shop.get("/payment-methods")) == Json{"cash_on_delivery"});
    const auto order = place(shop, mug);
    const auto refused = pay(shop, order, {{"type", "bank_transfer"}});
    CHECK(refused.status == 422);
    CHECK(refused.code() == "method_not_offered");
    CHECK(refused.body["detail"].get<std::string>().find("bank_details") != std::string::npos);
    CHECK(shop.get("/admin/payments", shop.viewer()).body["data"].empty());
    choose(shop, {{"bank_details", "IBAN DE02"}});
    CHECK(types_of(shop.get("/payment-methods")) == Json{"bank_transfer", "cash_on_delivery"});
    CHECK(pay(shop, order, {{"type", "bank_transfer"}}).status == 201);
}

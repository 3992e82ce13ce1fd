// An order is paid on its page through Stripe's Payment Element, in each state that a payment can take. What a browser's
// script does, web/tests/browser/paying.test.ts has.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "orders/lifecycle.h"
#include "payments/support.h"
#include "storefront/buyer.h"
#include "storefront/pay_values.h"
#include "support/mail_server.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop whose pages take what Stripe's account offers, and somebody who has ordered a mug there.
struct StripePages {
    StripePages()
        : shop([&](app::Config& config) {
              with_stripe(config, stripe);
              config.sandbox_payments = false;
              config.job_workers = 0;
              config.payment_wait_ms = 0;
          }) {
        set_stripe_keys(shop);
        shop.product({});
        link = ada.order_mug();
    }

    /// Sends what the page's script sends, once Stripe made a token of what was typed.
    Reply pay(const std::string& method) {
        ada.get(link);
        const auto sent = send(stripe.confirmation_token(method));
        shop.drain();
        return sent;
    }
    Reply send(const std::string& token) { return ada.post(link, with(ada.hidden(), "confirmation_token", token)); }

    /// What the page says now.
    bool says(const std::string& text) {
        ada.get(link);
        return ada.page().find(text) != std::string::npos;
    }
    /// What the order's own page says now.
    bool order_says(const std::string& text) { return shop.get(order_page()).text.find(text) != std::string::npos; }
    std::string order_page() {
        ada.get(link);
        const auto at = ada.page().find("../o/1001-");
        REQUIRE(at != std::string::npos);
        return ada.page().substr(at + 2, ada.page().find('"', at) - at - 2);
    }

    Json order() { return shop.get("/admin/orders/1001", shop.owner()).body; }
    std::string intent() { return stripe.intents().back().at("id"); }

    /// Stripe's event about the payment, signed, and what comes of it.
    void hear(const std::string& type) {
        const auto event = stripe.event(type, intent());
        const auto seconds = shop.clock().now().ms / 1000;
        CHECK(shop.send("POST", "/webhooks/stripe", event, "application/json", "",
                        {{"Stripe-Signature", stripe_signature(event, kWebhookSecret, seconds)}})
                  .status == 200);
        shop.drain();
    }

    StripeLike stripe;
    OpenShop shop;
    Buyer ada{shop};
    std::string link;
};

std::string policy_of(const Reply& page) { return page.header("Content-Security-Policy"); }

}  // namespace

TEST_CASE("the payment page lets Stripe's hosts in, and no other page does") {
    StripePages it;
    const auto page = it.ada.get(it.link);
    CHECK(policy_of(page) ==
          "default-src 'none'; script-src 'self' https://js.stripe.com https://*.js.stripe.com; style-src 'self'; "
          "img-src 'self' data: https://*.stripe.com; font-src 'self'; connect-src 'self' https://api.stripe.com; "
          "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com; manifest-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    for (const auto* part :
         {"data-script=\"https://js.stripe.com/basil/stripe.js\"", "data-key=\"pk_test_shown\"", "data-amount=\"1250\"",
          "data-currency=\"eur\"", "id=\"ways\"", "need JavaScript", "Pay by bank transfer"}) {
        CAPTURE(part);
        CHECK(page.text.find(part) != std::string::npos);
    }
    CHECK(page.text.find("name=\"number\"") == std::string::npos);  // no card comes here
    for (const auto& path : {std::string("/"), std::string("/basket"), std::string("/checkout"), it.order_page()}) {
        CAPTURE(path);
        CHECK(policy_of(it.ada.get(path)).find("stripe") == std::string::npos);
    }
    it.pay("pm_card_visa");
    CHECK(policy_of(it.ada.get(it.link)).find("stripe") == std::string::npos);  // it is paid
    CHECK(storefront::policy_with_stripe("http://127.0.0.1:4711/stripe.js").find("frame-src http://127.0.0.1:4711;") !=
          std::string::npos);
}

TEST_CASE("a card is charged by its confirmation token, once however often the form is sent") {
    StripePages it;
    it.ada.get(it.link);
    const auto token = it.stripe.confirmation_token("pm_card_visa");
    const auto fields = with(it.ada.hidden(), "confirmation_token", token);
    CHECK(it.ada.post(it.link, fields).status == 303);
    CHECK(it.ada.post(it.link, fields).status == 303);  // a double click
    CHECK(it.says("Your payment is under way."));
    it.shop.drain();
    CHECK(it.says("Order 1001 is paid"));
    CHECK(it.ada.post(it.link, fields).status == 303);  // sent again by a browser that was restarted
    it.shop.drain();
    REQUIRE(it.stripe.intents().size() == 1);
    const auto intent = it.stripe.intents().front();
    CHECK(intent.at("amount") == 1250);
    CHECK(intent.at("return_url").get<std::string>().ends_with(it.link + "?back=true"));
    CHECK(it.order().at("status") == "paid");
    CHECK(it.order().at("payment").at("card_brand") == "visa");
    it.shop.check_invariants();
}

TEST_CASE("with Stripe, a page's form with a card's number is refused, and a token of nobody's fails in place") {
    StripePages it;
    it.ada.get(it.link);
    CHECK(it.ada.post(it.link, with(with(it.ada.hidden(), "confirmation_token", ""), "number", "4242")).status == 422);
    FormFields raw;
    for (const auto& field : it.ada.hidden()) {
        if (field.first != "confirmation_token") {
            raw.push_back(field);
        }
    }
    CHECK(it.ada.post(it.link, with(raw, "number", "4242424242424242")).status == 422);
    CHECK(it.stripe.requests() == 0);
    it.ada.get(it.link);
    it.send("ctoken_nobody_made_this");
    it.shop.drain();
    CHECK(it.says("The card&apos;s details are no longer available."));
    CHECK(it.order().at("status") == "pending");
    it.pay("pm_card_visa");
    CHECK(it.says("Order 1001 is paid"));
}

TEST_CASE("3-D Secure by Stripe's script: the page has what it needs, and believes nothing but Stripe's API") {
    const bool approved = GENERATE(true, false);
    StripePages it;
    it.pay("pm_card_3ds");
    const auto secret = it.stripe.intent(it.intent()).at("client_secret").get<std::string>();
    CHECK(it.says(fmt::format("data-secret=\"{}\"", secret)));
    CHECK(it.says("Confirm with your bank"));
    it.ada.follow(it.ada.get(it.link + "?back=true&redirect_status=succeeded&payment_intent=" + it.intent()));
    CHECK(it.order().at("status") == "pending");
    it.stripe.decide(it.intent(), approved);
    CHECK(it.ada.get(it.link + "?back=true").status == 303);
    CHECK(it.says(approved ? "Order 1001 is paid" : "The payment was not confirmed."));
    CHECK(it.order().at("status") == (approved ? "paid" : "pending"));
    CHECK_FALSE(it.says(secret));
    it.shop.check_invariants();
}

TEST_CASE("a redirect tab that is closed: the webhook or a job settles it, and the order's page says so later") {
    const bool webhook = GENERATE(true, false);
    StripePages it;
    const auto page = it.order_page();
    it.pay("pm_ideal");
    CHECK(it.says("href=\"https://hooks.stripe.com/3d_secure/" + it.intent() + "\""));
    it.stripe.decide(it.intent(), true);  // and the tab is closed
    if (webhook) {
        it.hear("payment_intent.succeeded");
    } else {
        it.shop.advance(minutes(6));
        it.shop.drain();
    }
    const auto later = it.shop.get(page).text;
    CHECK(later.find("iDEAL") != std::string::npos);
    CHECK(it.order().at("status") == "paid");
    CHECK(it.says("Order 1001 is paid"));
    it.shop.check_invariants();
}

TEST_CASE("a method that takes days: the order waits with its stock, and is paid when Stripe says so") {
    const bool webhook = GENERATE(true, false);
    StripePages it;
    it.pay("pm_sepa_debit");
    CHECK(it.says("Your bank is still working on your payment."));
    CHECK(it.order_says("Your bank is still working on your payment."));
    CHECK_FALSE(it.says("id=\"ways\""));  // nobody pays twice
    it.shop.advance(days(3));
    it.shop.drain();
    it.shop.sign_in_again();
    CHECK(it.order().at("status") == "pending");
    CHECK(it.shop.get("/products?q=MUG").body.at("data").at(0).at("available") == 9);
    CHECK(it.says("Your bank is still working on your payment."));
    it.stripe.decide(it.intent(), true);
    if (webhook) {
        it.hear("payment_intent.succeeded");
    } else {
        it.shop.advance(hours(7));
        it.shop.drain();
        it.shop.sign_in_again();
    }
    CHECK(it.order().at("status") == "paid");
    CHECK(it.says("Order 1001 is paid"));
    CHECK(it.order_says("SEPA"));
    CHECK(it.stripe.requests() < 5);
    it.shop.check_invariants();
}

TEST_CASE("a success after the order expired: the money goes back, and both pages say so") {
    StripePages it;
    it.pay("pm_ideal");
    it.stripe.decide(it.intent(), true);
    it.shop.advance(minutes(31));
    it.shop.store().writer().run([&](storage::Transaction& tx) { orders::expire_due(tx, it.shop.clock().now()); });
    it.hear("payment_intent.succeeded");
    it.shop.advance(minutes(1));
    it.shop.drain();
    CHECK(it.order().at("status") == "expired");
    CHECK(it.says("What was charged goes back to you"));
    CHECK(it.order_says("What was charged goes back to you"));
    const auto sums = it.stripe.sums_of(it.intent());
    CHECK(sums.received == 1250);
    CHECK(sums.went_back == 1250);
    CHECK(it.shop.get("/products?q=MUG").body.at("data").at(0).at("available") == 10);
    it.shop.check_invariants();
}

TEST_CASE("a failure days later: the customer is told by mail, and pays another way by its link") {
    MailServer server;
    StripePages it;
    const Json mail{{"host", "localhost"},
                    {"port", server.port()},
                    {"security", "none"},
                    {"from_address", "shop@example.com"},
                    {"alerts_to", "boss@example.com"}};
    REQUIRE(it.shop.put("/admin/settings", {{"mail", mail}}, it.shop.owner()).status == 200);
    it.pay("pm_sepa_debit");
    it.shop.advance(days(4));
    it.stripe.decide(it.intent(), false);
    it.hear("payment_intent.payment_failed");
    it.shop.advance(minutes(11));
    it.shop.drain();
    it.shop.sign_in_again();
    const auto mails = server.mails();
    REQUIRE_FALSE(mails.empty());
    const auto text = mails.back().at("text").get<std::string>();
    CHECK(text.find("did not go through") != std::string::npos);
    const auto at = text.find("/pay/1001-");
    REQUIRE(at != std::string::npos);
    CHECK(text.substr(at, it.link.size()) == it.link);

    it.shop.advance(days(2));  // it waits long enough for somebody who reads mail in the evening
    it.shop.drain();
    it.shop.sign_in_again();
    CHECK(it.order().at("status") == "pending");
    it.pay("pm_card_visa");
    CHECK(it.says("Order 1001 is paid"));
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("nobody pays another total than the page showed") {
    StripePages it;
    it.ada.get(it.link);
    const auto fields = it.ada.hidden();
    const auto version = it.shop.get("/admin/orders/1001", it.shop.owner()).header("ETag");
    REQUIRE(it.shop
                .put("/admin/orders/1001/discount", {{"reason", "sorry"}, {"amount", 250}}, it.shop.owner(),
                     {{"If-Match", version}})
                .status == 200);
    const auto token = it.stripe.confirmation_token("pm_card_visa");
    const auto refused = it.ada.post(it.link, with(fields, "confirmation_token", token));
    CHECK(refused.status == 409);
    CHECK(refused.text.find("The total has changed meanwhile") != std::string::npos);
    CHECK(refused.text.find("data-amount=\"1000\"") != std::string::npos);
    it.shop.drain();
    CHECK(it.stripe.requests() == 0);
    it.send(token);
    it.shop.drain();
    CHECK(it.says("Order 1001 is paid"));
    CHECK(it.stripe.intents().front().at("amount") == 1000);
}

TEST_CASE("an order that expired while its page was open is not charged") {
    StripePages it;
    it.ada.get(it.link);
    const auto fields = with(it.ada.hidden(), "confirmation_token", it.stripe.confirmation_token("pm_card_visa"));
    it.shop.advance(minutes(31));
    it.shop.drain();
    CHECK(it.ada.post(it.link, fields).status == 303);
    it.shop.drain();
    CHECK(it.says("This order was not paid in time"));
    CHECK(it.stripe.requests() == 0);
}

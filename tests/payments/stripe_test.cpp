// Cards through Stripe: charged once whatever goes wrong on the way, and kept in step with what Stripe says later.

#include "payments/stripe.h"

#include <signal.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "orders/lifecycle.h"
#include "payments/desk.h"
#include "payments/support.h"
#include "support/doomed.h"

using namespace orderd;
using namespace orderd::tests;
using Wrong = StripeLike::Fault;

namespace {

std::string only_intent(StripeLike& stripe) {
    const auto intents = stripe.intents();
    REQUIRE(intents.size() == 1);
    return intents[0]["id"].get<std::string>();
}

std::string header(const std::multimap<std::string, std::string>& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("a token that Stripe.js made pays an order") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto paid = it.paid(order);
    CHECK(paid.body["status"] == "succeeded");
    CHECK(paid.body["gateway"] == "stripe");
    CHECK(paid.body["simulated"] == false);
    CHECK(paid.body["method"]["brand"] == "visa");
    CHECK(paid.body["method"]["last4"] == "4242");
    CHECK(status_of(it.shop, order) == "paid");
    const auto intent = it.stripe.intent(only_intent(it.stripe));
    CHECK(intent["amount"] == 1250);
    CHECK(intent["currency"] == "eur");
    CHECK(intent["metadata"]["order_id"] == std::to_string(order.id));
    const auto headers = it.stripe.last_headers();
    CHECK(header(headers, "Stripe-Version") == payments::kStripeVersion);
    CHECK(header(headers, "Idempotency-Key") == intent["metadata"]["orderd_attempt"]);
    CHECK(it.pay(order).code() == "already_paid");
    it.shop.check_invariants();
}

TEST_CASE("with Stripe, a raw card is refused by the names of its fields, whatever is in them") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto refused = tests::pay(
        it.shop, order, {{"type", "card"}, {"number", "1"}, {"exp_month", 1}, {"exp_year", 2001}, {"cvc", "x"}});
    CHECK(refused.status == 422);
    CHECK(refused.code() == "raw_card_refused");
    std::vector<std::string> named;
    for (const auto& fault : refused.body["errors"]) {
        named.push_back(fault["pointer"].get<std::string>());
    }
    CHECK(named == std::vector<std::string>{"/method/number", "/method/exp_month", "/method/exp_year", "/method/cvc"});
    CHECK(tests::pay(it.shop, order, {{"type", "card"}, {"token", "pm_card_visa"}, {"cvc", "737"}}).code() ==
          "raw_card_refused");
    CHECK(it.pay(order, "tok_visa").status == 422);
    CHECK(it.pay(order, "pm_x/../../refunds").status == 422);
    CHECK(tests::pay(it.shop, order, {{"type", "card"}}).status == 422);
    CHECK(it.stripe.requests() == 0);
}

TEST_CASE("Stripe's declines have stable reasons, and the payment can be tried again") {
    const auto [token, code] = GENERATE(table<std::string, std::string>(
        {{"pm_card_visa_chargeDeclined", "card_declined"},
         {"pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds"},
         {"pm_card_visa_chargeDeclinedStolenCard", "card_declined"},  // the customer is not told what the bank thinks
         {"pm_card_chargeDeclinedExpiredCard", "expired_card"},
         {"pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc"},
         {"pm_card_chargeDeclinedProcessingError", "processing_error"},
         {"pm_nobody_made_this", "token_unknown"}}));
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto declined = it.paid(order, token);
    CHECK(declined.body["status"] == "failed");
    CHECK(declined.body["failure"]["code"] == code);
    CHECK(status_of(it.shop, order) == "pending");
    CHECK(it.paid(order).body["status"] == "succeeded");
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("the customer confirms at Stripe, comes back, and Stripe says so three times: one payment, once") {
    const bool browser_first = GENERATE(true, false);
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto asked = it.shop.post("/payments",
                                    {{"order_id", order.id},
                                     {"method", token_of("pm_card_authenticationRequired")},
                                     {"return_url", "https://shop.example.com/thanks"}},
                                    order.token);
    const auto waiting = after_jobs(it.shop, path_of(asked), order.token);
    const auto intent = only_intent(it.stripe);
    CHECK(waiting.body["status"] == "requires_action");
    CHECK(waiting.body["action_url"] == "https://hooks.stripe.com/3d_secure/" + intent);
    CHECK(it.stripe.intent(intent)["return_url"] == "https://shop.example.com/thanks");
    CHECK(it.shop.post(path_of(asked) + "/confirm", Json::object(), order.token).status == 202);  // too early

    it.stripe.decide(intent, true);
    const auto event = it.stripe.event("payment_intent.succeeded", intent);
    if (!browser_first) {
        CHECK(it.tell(event).status == 200);
    }
    const auto confirmed = it.shop.post(path_of(asked) + "/confirm", Json::object(), order.token);
    CHECK(confirmed.status == 201);
    CHECK(confirmed.body["status"] == "succeeded");
    for (int i = 0; i < 3; ++i) {
        CHECK(it.tell(event).status == 200);
    }
    it.hear("charge.succeeded", intent);
    CHECK(it.recorded("payment.succeeded") == 1);
    CHECK(it.recorded("order.paid") == 1);
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("a webhook and the browser's confirmation at the same moment settle one payment once", "[concurrency]") {
    StripeShop it([](app::Config& config) { config.job_workers = 2; });
    const auto order = place(it.shop, it.shop.product({}));
    const auto asked = it.pay(order, "pm_card_authenticationRequired");
    while (it.shop.get(path_of(asked), order.token).body["status"] != "requires_action") {
        std::this_thread::yield();
    }
    const auto intent = only_intent(it.stripe);
    it.stripe.decide(intent, true);
    const auto events = {it.stripe.event("payment_intent.succeeded", intent),
                         it.stripe.event("charge.succeeded", intent)};
    it.shop.at_once(8, [&](int i) {
        return i % 2 == 0 ? it.tell(*(events.begin() + i / 2 % 2))
                          : it.shop.post(path_of(asked) + "/confirm", Json::object(), order.token);
    });
    it.shop.drain();
    CHECK(status_of(it.shop, order) == "paid");
    CHECK(it.recorded("payment.succeeded") == 1);
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("a customer who refuses at Stripe can pay again, and is charged once") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto waiting = it.paid(order, "pm_card_authenticationRequired");
    const auto intent = only_intent(it.stripe);
    it.stripe.decide(intent, false);
    it.hear("payment_intent.payment_failed", intent);
    const auto failed = it.shop.get(path_of(waiting), order.token);
    CHECK(failed.body["status"] == "failed");
    CHECK(failed.body["failure"]["code"] == "authentication_failed");
    CHECK(it.paid(order).body["status"] == "succeeded");
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("a customer who pays with another card while the first waits for them is charged once") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    it.paid(order, "pm_card_authenticationRequired");
    const auto first = only_intent(it.stripe);
    CHECK(it.paid(order).body["status"] == "succeeded");
    CHECK(it.stripe.intent(first)["status"] == "canceled");
    it.stripe.decide(first, true);
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("whatever goes wrong between here and Stripe, one charge is made, and the order is paid") {
    using Kind = Wrong::Kind;
    const auto fault = GENERATE(values<Wrong>({{.kind = Kind::answer, .status = 429},
                                               {.kind = Kind::answer, .status = 429, .retry_after = "2"},
                                               {.kind = Kind::answer, .status = 409},
                                               {.kind = Kind::answer, .status = 500},
                                               {.kind = Kind::answer, .status = 503},
                                               {.kind = Kind::answer, .status = 500, .should_retry = "false"},
                                               {.kind = Kind::lost_before},
                                               {.kind = Kind::lost_after}}));
    const int times = GENERATE(1, 2, 5);  // mended by the next try, by the last of three, and by a later job
    StripeShop it;
    it.stripe.next(fault, times);
    const auto order = place(it.shop, it.shop.product({}));
    const auto asked = it.pay(order);
    for (int i = 0; i < 12 && status_of(it.shop, order) != "paid"; ++i) {
        it.shop.drain();
        it.shop.advance(minutes(2));
    }
    CAPTURE(fault.status, times, static_cast<int>(fault.kind));
    CHECK(it.shop.get(path_of(asked), order.token).body["status"] == "succeeded");
    CHECK(status_of(it.shop, order) == "paid");
    CHECK(it.stripe.charged() == 1);
    CHECK(it.recorded("payment.succeeded") == 1);
    it.shop.check_invariants();
}

TEST_CASE("Stripe says when to try again, and when not to") {
    std::vector<std::chrono::milliseconds> pauses;
    StripeShop it([&](app::Config& config) {
        config.outside_pause = [&](std::chrono::milliseconds pause) { pauses.push_back(pause); };
    });
    const auto mug = it.shop.product({});
    it.stripe.next({.status = 429, .retry_after = "2"});
    CHECK(it.paid(place(it.shop, mug)).body["status"] == "succeeded");
    REQUIRE(pauses.size() == 1);
    CHECK(pauses[0] == std::chrono::seconds(2));
    CHECK(it.stripe.requests() == 2);

    it.stripe.next({.status = 500, .should_retry = "false"});
    CHECK(it.paid(place(it.shop, mug)).body["status"] == "processing");
    CHECK(pauses.size() == 1);
    CHECK(it.stripe.requests() == 3);

    it.stripe.next({.status = 400, .should_retry = "true"});
    CHECK(it.paid(place(it.shop, mug)).body["status"] == "succeeded");
    CHECK(pauses.size() == 2);
    CHECK(pauses[1] >= std::chrono::milliseconds(250));
    CHECK(pauses[1] <= std::chrono::milliseconds(500));
}

TEST_CASE("a charge whose answer was lost is found at Stripe a day later, and not made again") {
    const bool charged = GENERATE(true, false);
    StripeShop it;
    REQUIRE(it.shop.put("/admin/settings", {{"reservation_minutes", 10'080}}, it.shop.owner()).status == 200);
    it.stripe.next({.kind = Wrong::Kind::lost_after}, charged ? 1 : 0);
    it.stripe.next({.kind = Wrong::Kind::lost_before}, 30);
    const auto order = place(it.shop, it.shop.product({}));
    const auto asked = it.paid(order);
    CHECK(asked.body["status"] == "processing");
    CHECK(it.stripe.charged() == (charged ? 1 : 0));
    it.stripe.forget_keys();
    it.shop.advance(hours(25));
    const auto requests = it.stripe.requests();
    it.shop.drain();
    CHECK(it.shop.get(path_of(asked), order.token).body["status"] == (charged ? "succeeded" : "voided"));
    CHECK(status_of(it.shop, order) == (charged ? "paid" : "pending"));
    CHECK(it.stripe.requests() == requests);
    CHECK(it.stripe.charged() == (charged ? 1 : 0));
    it.shop.check_invariants();
}

TEST_CASE("an order that expired while Stripe was silent is charged no more, and what was charged goes back") {
    const bool charged = GENERATE(true, false);
    StripeShop it;
    it.stripe.next({.kind = Wrong::Kind::lost_after}, charged ? 1 : 0);
    it.stripe.next({.kind = Wrong::Kind::lost_before}, charged ? 2 : 3);
    const auto order = place(it.shop, it.shop.product({}));
    const auto asked = it.paid(order);
    it.shop.store().writer().run(
        [&](storage::Transaction& tx) { orders::expire_due(tx, it.shop.clock().now() + minutes(31)); });
    const auto requests = it.stripe.requests();
    it.shop.advance(minutes(31));
    it.shop.drain();
    CHECK(status_of(it.shop, order) == "expired");
    CHECK(it.shop.get(path_of(asked), order.token).body["status"] == (charged ? "refunded" : "voided"));
    CHECK(it.stripe.requests() == requests);
    CHECK(it.stripe.charged() == (charged ? 1 : 0));
    CHECK(it.stripe.refunds().size() == (charged ? 1U : 0U));
    it.shop.check_invariants();
}

TEST_CASE("a key that Stripe refuses charges nothing, and once it is mended the order is paid") {
    StripeShop it;
    REQUIRE(it.shop.put("/admin/settings", {{"stripe_secret_key", "sk_test_revoked"}}, it.shop.owner()).status == 200);
    const auto order = place(it.shop, it.shop.product({}));
    CHECK(it.paid(order).body["status"] == "processing");
    set_stripe_keys(it.shop);
    it.shop.advance(minutes(2));
    it.shop.drain();
    CHECK(status_of(it.shop, order) == "paid");
    CHECK(it.stripe.charged() == 1);
}

TEST_CASE("an authorized card is captured in part, and the rest is let go") {
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    const auto mug = it.shop.product({.price = 1000});
    const auto order = place(it.shop, mug);
    const auto held = it.paid(order);
    CHECK(held.body["status"] == "authorized");
    CHECK(it.stripe.charged() == 0);
    CHECK(it.shop.post(path_of(held) + "/capture", {{"amount", 1001}}, it.shop.staff()).status == 422);
    CHECK(it.shop.post(path_of(held) + "/capture", {{"amount", 600}}, it.shop.staff()).status == 202);
    const auto captured = after_jobs(it.shop, path_of(held), order.token);
    CHECK(captured.body["status"] == "succeeded");
    CHECK(captured.body["captured"] == 600);
    CHECK(it.stripe.intent(only_intent(it.stripe))["amount_received"] == 600);
    CHECK(status_of(it.shop, order) == "paid");
    CHECK(it.shop.post(path_of(held) + "/refunds", {{"amount", 601}}, it.shop.staff()).code() ==
          "refund_exceeds_captured");
    CHECK(it.shop.post(path_of(held) + "/refunds", Json::object(), it.shop.staff()).body["amount"] == 600);
    CHECK(after_jobs(it.shop, path_of(held), order.token).body["status"] == "refunded");

    const auto other = place(it.shop, mug);
    const auto let_go = it.paid(other);
    CHECK(it.shop.post(path_of(let_go) + "/void", Json::object(), it.shop.staff()).status == 202);
    CHECK(after_jobs(it.shop, path_of(let_go), other.token).body["status"] == "voided");
    it.shop.check_invariants();
}

TEST_CASE("a capture that Stripe lost the answer of is taken once") {
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    const auto order = place(it.shop, it.shop.product({}));
    const auto held = it.paid(order);
    it.stripe.next({.kind = Wrong::Kind::lost_after, .path = "/v1/payment_intents/"});
    CHECK(it.shop.post(path_of(held) + "/capture", Json::object(), it.shop.staff()).status == 202);
    CHECK(after_jobs(it.shop, path_of(held), order.token).body["captured"] == 1250);
    CHECK(it.recorded("payment.succeeded") == 1);
    it.shop.check_invariants();
}

TEST_CASE("an authorization that Stripe let go by itself is void here too, also without its webhook") {
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    const auto order = place(it.shop, it.shop.product({}));
    const auto held = it.paid(order);
    REQUIRE(held.body["status"] == "authorized");
    payments::Gateway& stripe = it.shop.app().payments().gateways.by_name("stripe");
    stripe.cancel(only_intent(it.stripe));
    it.shop.advance(hours(7));
    it.shop.drain();
    CHECK(after_jobs(it.shop, path_of(held), order.token).body["status"] == "voided");
    it.shop.check_invariants();
}

TEST_CASE("a refund goes back once, also when Stripe's answer to it was lost") {
    using Kind = Wrong::Kind;
    const auto kind = GENERATE(Kind::lost_before, Kind::lost_after, Kind::answer);
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto paid = it.paid(order);
    it.stripe.next({.kind = kind, .status = 500, .path = "/v1/refunds"}, 4);
    CHECK(it.shop.post(path_of(paid) + "/refunds", {{"amount", 250}, {"reason", "late"}}, it.shop.staff()).status ==
          202);
    for (int i = 0; i < 4; ++i) {
        it.shop.drain();
        it.shop.advance(minutes(2));
    }
    const auto payment = it.shop.get(path_of(paid), order.token);
    CHECK(payment.body["status"] == "partially_refunded");
    CHECK(payment.body["refunds"][0]["status"] == "succeeded");
    CHECK(it.stripe.refunds().size() == 1);
    it.shop.check_invariants();
}

TEST_CASE("a refund that its bank sends back days later is the shop's again") {
    StripeShop it;
    it.stripe.refunds_are_pending(true);
    const auto order = place(it.shop, it.shop.product({}));
    const auto paid = it.paid(order);
    CHECK(it.shop.post(path_of(paid) + "/refunds", Json::object(), it.shop.staff()).status == 202);
    CHECK(after_jobs(it.shop, path_of(paid), order.token).body["refunds"][0]["status"] == "pending");
    const auto refund = it.stripe.refunds().at(0)["id"].get<std::string>();
    it.shop.advance(hours(30));  // Stripe knows the key no longer; the refund is not made a second time
    it.stripe.forget_keys();
    it.shop.drain();
    CHECK(it.stripe.refunds().size() == 1);

    it.stripe.decide_refund(refund, "failed");
    it.hear("refund.failed", refund);
    const auto failed = it.shop.get(path_of(paid), order.token);
    CHECK(failed.body["status"] == "succeeded");
    CHECK(failed.body["refunded"] == 0);
    CHECK(failed.body["refunds"][0]["failure_code"] == "lost_or_stolen_card");
    CHECK(it.recorded("payment.refund_failed") == 1);
    it.shop.check_invariants();
}

TEST_CASE("a refund that was made in Stripe's own dashboard is in the books, once") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto paid = it.paid(order);
    const auto intent = only_intent(it.stripe);
    const auto refund = it.stripe.refund_there(intent, 300);
    it.hear("charge.refunded", intent);
    it.hear("refund.created", refund);
    const auto payment = it.shop.get(path_of(paid), order.token);
    CHECK(payment.body["status"] == "partially_refunded");
    CHECK(payment.body["refunded"] == 300);
    CHECK(payment.body["refunds"].size() == 1);
    CHECK(it.shop.post(path_of(paid) + "/refunds", {{"amount", 951}}, it.shop.staff()).code() ==
          "refund_exceeds_captured");
    it.shop.check_invariants();
}

TEST_CASE("a dispute holds the payment, and its end decides where the money is, in whatever order Stripe tells") {
    const bool won = GENERATE(true, false);
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto paid = it.paid(order);
    const auto dispute = it.stripe.dispute(only_intent(it.stripe), 1250);
    const auto late = it.stripe.event("charge.dispute.created", dispute);
    it.hear("charge.dispute.funds_withdrawn", dispute);
    CHECK(it.shop.get(path_of(paid), order.token).body["status"] == "disputed");
    CHECK(it.shop.get("/admin/stats", it.shop.viewer()).body["disputed_payments"] == 1);
    const auto shown = it.shop.get("/admin" + path_of(paid), it.shop.viewer()).body["disputes"];
    REQUIRE(shown.size() == 1);
    CHECK(shown[0]["reason"] == "fraudulent");
    CHECK(shown[0]["respond_by"].is_string());
    CHECK(it.shop.post(path_of(paid) + "/refunds", Json::object(), it.shop.staff()).code() == "payment_disputed");

    it.stripe.decide_dispute(dispute, won ? "won" : "lost");
    it.hear("charge.dispute.closed", dispute);
    CHECK(it.tell(late).status == 200);
    it.shop.drain();
    const auto payment = it.shop.get(path_of(paid), order.token);
    CHECK(payment.body["status"] == (won ? "succeeded" : "refunded"));
    CHECK(payment.body["refunded"] == (won ? 0 : 1250));
    CHECK(it.recorded("payment.disputed") == 1);
    CHECK(it.recorded(won ? "payment.dispute_won" : "payment.dispute_lost") == 1);
    it.shop.check_invariants();
}

TEST_CASE("an event that comes before our own commit settles the payment once") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    int told = 0;
    it.shop.app().payments().at_moment = [&](payments::Moment moment) {
        if (moment == payments::Moment::after_call && told++ == 0) {
            const auto event = it.stripe.event("payment_intent.succeeded", it.stripe.intents().at(0)["id"]);
            for (int i = 0; i < 3; ++i) {
                CHECK(it.tell(event).status == 200);
            }
        }
    };
    const auto paid = it.paid(order);
    it.shop.drain();
    CHECK(told == 1);
    CHECK(paid.body["status"] == "succeeded");
    CHECK(it.recorded("payment.succeeded") == 1);
    CHECK(it.recorded("order.paid") == 1);
    it.shop.check_invariants();
}

TEST_CASE("the event alone pays the order where the process died before it wrote anything down") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    it.stripe.next({.kind = Wrong::Kind::lost_after});
    it.stripe.next({.kind = Wrong::Kind::lost_before}, 20);
    const auto asked = it.paid(order);
    CHECK(asked.body["status"] == "processing");
    it.hear("payment_intent.succeeded", only_intent(it.stripe));
    CHECK(status_of(it.shop, order) == "paid");
    it.shop.advance(minutes(20));
    it.shop.drain();
    CHECK(it.stripe.charged() == 1);
    CHECK(it.recorded("payment.succeeded") == 1);
    it.shop.check_invariants();
}

TEST_CASE("what was left processing is asked for, without any webhook") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto waiting = it.paid(order, "pm_card_authenticationRequired");
    it.stripe.decide(only_intent(it.stripe), true);
    it.shop.advance(minutes(6));
    it.shop.drain();
    it.shop.drain();
    CHECK(it.shop.get(path_of(waiting), order.token).body["status"] == "succeeded");
    CHECK(status_of(it.shop, order) == "paid");
}

TEST_CASE("an order that expires while its customer is asked lets Stripe's payment go") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto waiting = it.paid(order, "pm_card_authenticationRequired");
    it.shop.advance(minutes(31));
    it.shop.drain();
    it.shop.drain();
    CHECK(status_of(it.shop, order) == "expired");
    const auto intent = only_intent(it.stripe);
    CHECK(it.stripe.intent(intent)["status"] == "canceled");
    it.stripe.decide(intent, true);
    CHECK(it.stripe.charged() == 0);
    CHECK(it.shop.get(path_of(waiting), order.token).body["status"] == "voided");
    it.shop.check_invariants();
}

TEST_CASE("32 clients that pay the same order at once through Stripe make one charge", "[concurrency]") {
    StripeShop it([](app::Config& config) {
        config.job_workers = 2;
        config.payment_wait_ms = 120'000;
    });
    const auto order = place(it.shop, it.shop.product({}));
    const auto replies = it.shop.at_once(32, [&](int) { return it.pay(order); });
    CHECK(count(replies, 201) >= 1);
    CHECK(count(replies, 201) + count(replies, 409) == 32);
    CHECK(it.stripe.intents().size() == 1);
    CHECK(it.stripe.charged() == 1);
    it.shop.check_invariants();
}

TEST_CASE("a process that dies at any moment of a charge through Stripe charges once, and the order is paid") {
    using payments::Moment;
    const auto moment = GENERATE(Moment::before_call, Moment::after_call, Moment::before_commit, Moment::after_commit);
    const TemporaryFolder folder;
    const auto configure = [&](app::Config& config, const std::string& url) {
        config.data = folder.path();
        config.stripe_url = url;
        config.outside_pause = [](std::chrono::milliseconds) {};
    };
    Doomed process([&](const auto& told) {
        const auto url = told();
        Shop shop([&](app::Config& config) {
            configure(config, url);
            config.job_workers = 2;
            config.payment_wait_ms = 120'000;  // it is killed meanwhile
        });
        set_stripe_keys(shop);
        shop.app().payments().at_moment = [&](Moment reached) {
            if (reached == moment) {
                ::kill(::getpid(), SIGKILL);
            }
        };
        pay(shop, place(shop, shop.product({})), token_of("pm_card_visa"));
    });
    StripeLike stripe;
    process.tell(stripe.url());
    REQUIRE(process.was_killed());

    app::Config config;
    configure(config, stripe.url());
    Restarted again(config);
    auto& app = *again.app;
    CHECK(stripe.charged() == 1);
    CHECK(stripe.intents().size() == 1);
    CHECK(app.store().read().value<std::string>("SELECT status FROM orders WHERE id = 1001") == "paid");
}

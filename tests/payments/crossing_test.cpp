// What the shop and its gateway do at the same time, each without knowing of the other yet.

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "jobs/jobs.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// Runs the job that was asked for last, before those that wait for longer.
void do_newest_job(Shop& shop) {
    REQUIRE(shop.app().jobs().run_one([](const std::vector<jobs::Turn>& due) {
        const auto newest = std::max_element(
            due.begin(), due.end(), [](const jobs::Turn& one, const jobs::Turn& other) { return one.id < other.id; });
        return static_cast<std::size_t>(newest - due.begin());
    }));
}

std::string charge_of(StripeShop& it) { return it.stripe.intents().at(0).at("id").get<std::string>(); }

Json payment_of(StripeShop& it, const Placed& order) {
    return it.shop.get("/admin/orders/" + std::to_string(order.id), it.shop.owner()).body.at("payment");
}

}  // namespace

TEST_CASE("a card that was confirmed while another one waits to be tried holds the money, and the payment says so") {
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    const auto order = place(it.shop, it.shop.product({}));
    REQUIRE(it.paid(order, "pm_card_authenticationRequired").body["status"] == "requires_action");
    REQUIRE(it.pay(order).status == 202);
    it.stripe.decide(charge_of(it), true);
    REQUIRE(it.tell(it.stripe.event("payment_intent.amount_capturable_updated", charge_of(it))).status == 200);
    do_newest_job(it.shop);
    CHECK(payment_of(it, order)["status"] == "authorized");
    it.shop.drain();
    CHECK(payment_of(it, order)["status"] == "authorized");
    CHECK(it.stripe.intents().size() == 1);
    it.shop.check_invariants();
}

TEST_CASE("a second charge goes back whole, also where people refunded some of it at the gateway") {
    const std::int64_t refunded_there = GENERATE(0, 400, 1250);
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    REQUIRE(it.paid(order, "pm_card_authenticationRequired").body["status"] == "requires_action");
    const auto second = charge_of(it);
    it.stripe.decide(second, false);
    it.hear("payment_intent.payment_failed", second);
    REQUIRE(it.paid(order).body["status"] == "succeeded");
    it.stripe.decide(second, true);  // a page that was open still
    if (refunded_there > 0) {
        it.stripe.refund_there(second, refunded_there);
    }
    it.hear("payment_intent.succeeded", second);
    CHECK(it.recorded("payment.charged_twice") == 1);
    CHECK(it.stripe.sums_of(second).went_back == 1250);
    CHECK(it.stripe.refunds().size() == (refunded_there == 400 ? 2 : 1));
    CHECK(payment_of(it, order)["status"] == "succeeded");
    CHECK(it.shop.get("/admin/jobs?kind=payment.return", it.shop.owner()).body["data"].empty());
    it.shop.check_invariants();
}

TEST_CASE("what a cancelled order took goes back once a dispute about it is won") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    REQUIRE(it.paid(order).body["status"] == "succeeded");
    const auto dispute = it.stripe.dispute(charge_of(it), 1250);
    it.hear("charge.dispute.created", dispute);
    REQUIRE(it.shop.post("/orders/" + std::to_string(order.id) + "/cancel", Json::object(), order.token).status == 200);
    it.shop.drain();
    CHECK(it.stripe.refunds().empty());
    it.stripe.decide_dispute(dispute, "won");
    it.hear("charge.dispute.closed", dispute);
    CHECK(it.stripe.refunds().size() == 1);
    CHECK(payment_of(it, order)["refunded"] == 1250);
    it.shop.check_invariants();
}

TEST_CASE("a refund that was made at the gateway counts whole where it came before one of the shop's own") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto payment = path_of(it.paid(order));
    REQUIRE(it.shop.post(payment + "/refunds", {{"amount", 1000}}, it.shop.staff()).status == 202);
    const auto there = it.stripe.refund_there(charge_of(it), 900);
    REQUIRE(it.tell(it.stripe.event("refund.created", there)).status == 200);
    do_newest_job(it.shop);  // the shop hears of it before its own refund is asked for, which is refused then
    it.shop.drain();
    CHECK(payment_of(it, order)["refunded"] == 900);
    CHECK(payment_of(it, order)["status"] == "partially_refunded");
    it.shop.check_invariants();
}

TEST_CASE("a refund that was made at the gateway and is pending may fail yet, and the money is the shop's again") {
    StripeShop it;
    it.stripe.refunds_are_pending(true);
    const auto order = place(it.shop, it.shop.product({}));
    const auto path = "/admin" + path_of(it.paid(order));
    const auto refund = [&] { return it.shop.get(path, it.shop.staff()).body["refunds"][0]; };
    const auto there = it.stripe.refund_there(charge_of(it), 900);
    it.hear("refund.created", there);
    CHECK(payment_of(it, order)["refunded"] == 900);
    CHECK(refund()["status"] == "pending");
    CHECK(it.recorded("payment.refunded") == 0);
    SECTION("it fails") {
        it.stripe.decide_refund(there, "failed");
        it.hear("refund.failed", there);
        CHECK(payment_of(it, order)["refunded"] == 0);
        CHECK(refund()["status"] == "failed");
        CHECK(it.recorded("payment.refunded") == 0);
    }
    SECTION("it succeeds") {
        it.stripe.decide_refund(there, "succeeded");
        it.hear("refund.updated", there);
        CHECK(payment_of(it, order)["refunded"] == 900);
        CHECK(refund()["status"] == "succeeded");
        CHECK(it.recorded("payment.refunded") == 1);
    }
    it.shop.check_invariants();
}

TEST_CASE("a dispute that is lost counts whole where a refund was asked for before it was heard of") {
    StripeShop it;
    const auto order = place(it.shop, it.shop.product({}));
    const auto payment = path_of(it.paid(order));
    REQUIRE(it.shop.post(payment + "/refunds", {{"amount", 1000}}, it.shop.staff()).status == 202);
    const auto dispute = it.stripe.dispute(charge_of(it), 1250);
    it.stripe.decide_dispute(dispute, "lost");
    REQUIRE(it.tell(it.stripe.event("charge.dispute.closed", dispute)).status == 200);
    do_newest_job(it.shop);
    it.shop.drain();
    CHECK(payment_of(it, order)["refunded"] == 1250);
    it.shop.check_invariants();
}

// Refunds that staff send by hand: money that did not move is never said to have moved.

#include <catch2/catch_test_macros.hpp>

#include "notify/mail_support.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct Transferred {
    Placed order;
    std::string payment;  ///< its path
};

/// An order that was paid by bank transfer, and whose money staff have received.
Transferred transferred(Shop& shop, std::int64_t product) {
    const auto order = place(shop, product);
    const auto payment = pay(shop, order, {{"type", "bank_transfer"}});
    REQUIRE(payment.status == 201);
    REQUIRE(shop.post(path_of(payment) + "/capture", Json::object(), shop.staff()).status == 200);
    return {order, path_of(payment)};
}

Json payment_of(Shop& shop, const Transferred& it) { return shop.get(it.payment, it.order.token).body; }

Json today(Shop& shop) { return shop.get("/admin/stats/payments?days=1", shop.viewer()).body; }

std::int64_t to_send(Shop& shop) {
    return shop.get("/admin/stats", shop.viewer()).body["refunds_to_send"].get<std::int64_t>();
}

std::string decide(const Transferred& it, const Reply& refund, const std::string& how) {
    return it.payment + "/refunds/" + std::to_string(refund.body["id"].get<std::int64_t>()) + "/" + how;
}

/// The last entry of a kind in an order's history.
Json entry(Shop& shop, std::int64_t order, const std::string& kind) {
    Json found;
    const auto history = shop.get("/admin/orders/" + std::to_string(order), shop.viewer()).body["history"];
    for (const auto& it : history) {
        found = it["kind"] == kind ? it : found;
    }
    return found;
}

}  // namespace

TEST_CASE("M5: a refund of a bank transfer is to be sent, and has moved nothing until staff say that they sent it") {
    Shop shop;
    const auto it = transferred(shop, shop.product({.price = 1000}));
    const auto refund = shop.post(it.payment + "/refunds", {{"amount", 400}, {"reason", "a chip"}}, shop.staff());
    INFO(refund.text);
    REQUIRE(refund.status == 201);
    CHECK(refund.body["status"] == "to_be_sent");
    CHECK(refund.body["sent_at"].is_null());
    shop.drain();
    auto payment = payment_of(shop, it);
    CHECK(payment["status"] == "succeeded");
    CHECK(payment["refunded"] == 400);  // so that it cannot be refunded twice
    CHECK(payment["to_be_sent"] == 400);
    CHECK(shop.post(it.payment + "/refunds", {{"amount", 601}}, shop.staff()).code() == "refund_exceeds_captured");
    CHECK(entry(shop, it.order.id, "payment.refunded").is_null());
    CHECK(entry(shop, it.order.id, "payment.refunding")["body"]["to_be_sent"] == true);
    CHECK(to_send(shop) == 1);
    CHECK(today(shop)["days"][0]["refunded"] == 0);
    CHECK(today(shop)["open"]["refunds_to_send"] == Json{{"count", 1}, {"amount", 400}});
    CHECK(shop.get("/admin/stats/sales?days=1", shop.viewer()).body["days"][0]["takings"] == 1000);
    auto listed = shop.get("/admin/payments?refund_to_be_sent=true", shop.viewer()).body["data"];
    REQUIRE(listed.size() == 1);
    CHECK(listed[0]["id"] == payment["id"]);

    CHECK(shop.post(decide(it, refund, "sent"), Json::object(), shop.viewer()).status == 403);
    shop.advance(hours(1));
    const auto sent = shop.post(decide(it, refund, "sent"), Json::object(), shop.staff());
    CHECK(sent.header("ETag").empty());  // A10: a refund has no version, and its payment's is not its own
    INFO(sent.text);
    REQUIRE(sent.status == 200);
    CHECK(sent.body["status"] == "succeeded");
    CHECK(sent.body["sent_at"] == "2026-01-01T01:00:00.000Z");
    payment = payment_of(shop, it);
    CHECK(payment["status"] == "partially_refunded");
    CHECK(payment["to_be_sent"] == 0);
    CHECK(entry(shop, it.order.id, "payment.refunded")["actor"].get<std::string>().find("sam") != std::string::npos);
    CHECK(to_send(shop) == 0);
    CHECK(today(shop)["days"][0]["refunded"] == 400);
    CHECK(shop.get("/admin/stats/sales?days=2", shop.viewer()).body["days"][1]["takings"] == 600);
    CHECK(shop.get("/admin/payments?refund_to_be_sent=true", shop.viewer()).body["data"].empty());
    CHECK(shop.post(decide(it, refund, "sent"), Json::object(), shop.staff()).code() == "refund_not_to_be_sent");
    CHECK(shop.post(decide(it, refund, "cancel"), Json::object(), shop.staff()).code() == "refund_not_to_be_sent");
    CHECK(shop.get("/admin/audit", shop.owner()).text.find("refund.sent") != std::string::npos);
    shop.check_invariants();
}

TEST_CASE("M5: a refund that is not sent after all can be made again") {
    Shop shop;
    const auto it = transferred(shop, shop.product({.price = 1000}));
    const auto other = transferred(shop, shop.product({.sku = "POT"}));
    const auto refund = shop.post(it.payment + "/refunds", Json::object(), shop.staff());
    REQUIRE(refund.status == 201);
    CHECK(shop.post(decide(other, refund, "cancel"), Json::object(), shop.staff()).status == 404);
    const auto given_up = shop.post(decide(it, refund, "cancel"), Json::object(), shop.staff());
    REQUIRE(given_up.status == 200);
    CHECK(given_up.body["status"] == "failed");
    CHECK(given_up.body["failure_code"] == "not_sent");
    CHECK(payment_of(shop, it)["refunded"] == 0);
    CHECK(payment_of(shop, it)["status"] == "succeeded");
    CHECK(shop.post(it.payment + "/refunds", Json::object(), shop.staff()).body["amount"] == 1000);
    shop.check_invariants();
}

TEST_CASE("M5: two who say at once that it was sent say it once", "[concurrency]") {
    Shop shop;
    const auto it = transferred(shop, shop.product({}));
    const auto refund = shop.post(it.payment + "/refunds", Json::object(), shop.staff());
    const auto answers = shop.at_once(6, [&](int i) {
        return shop.post(decide(it, refund, i % 2 == 0 ? "sent" : "cancel"), Json::object(), shop.staff());
    });
    CHECK(count(answers, 200) == 1);
    CHECK(count(answers, 409) == 5);
    shop.check_invariants();
}

TEST_CASE("M5: the customer is mailed once the refund was sent, and the receipt says no more than that") {
    MailShop it;
    it.set_up();
    const auto order = it.place_for_transfer();
    const auto path = "/admin/orders/" + std::to_string(order.id);
    const auto id = it.shop.get(path, it.shop.viewer()).body["payment"]["id"].get<std::int64_t>();
    const Transferred paid{order, "/payments/" + std::to_string(id)};
    REQUIRE(it.shop.post(paid.payment + "/capture", Json::object(), it.shop.staff()).status == 200);
    const auto before = it.mails().size();
    const auto refund = it.shop.post(paid.payment + "/refunds", {{"amount", 250}}, it.shop.staff());
    CHECK(it.mails().size() == before);
    const auto url =
        it.shop.get("/orders/" + std::to_string(order.id), order.token).body["receipt_url"].get<std::string>();
    const auto receipt = [&] { return it.shop.get(url.substr(url.find("/", 8))).text; };
    CHECK(receipt().find("Refunded on") == std::string::npos);
    CHECK(receipt().find("To be refunded") != std::string::npos);
    REQUIRE(it.shop.post(decide(paid, refund, "sent"), Json::object(), it.shop.staff()).status == 200);
    CHECK(it.mails().size() == before + 1);
    CHECK(has(it.newest()["text"], "refunded €2.50"));
    CHECK(receipt().find("Refunded on") != std::string::npos);
    CHECK(receipt().find("To be refunded") == std::string::npos);
}

TEST_CASE("M5: an order that was paid by transfer and is cancelled is to be refunded, and is not packed meanwhile") {
    Shop shop;
    const auto it = transferred(shop, shop.product({.price = 1000}));
    REQUIRE(
        shop.post("/orders/" + std::to_string(it.order.id) + "/cancel", {{"reason", "twice"}}, shop.staff()).status ==
        200);
    shop.drain();
    CHECK(payment_of(shop, it)["refunds"][0]["status"] == "to_be_sent");
    CHECK(payment_of(shop, it)["status"] == "succeeded");
    CHECK(shop.get("/orders/" + std::to_string(it.order.id), it.order.token).body["payment_status"] == "succeeded");
    CHECK(to_send(shop) == 1);
    shop.check_invariants();

    const auto kept = transferred(shop, shop.product({.sku = "POT", .price = 1000}));
    REQUIRE(shop.post(kept.payment + "/refunds", Json::object(), shop.staff()).status == 201);
    const auto path = "/admin/orders/" + std::to_string(kept.order.id);
    CHECK(shop.get(path, shop.viewer()).body["packable"] == false);
    CHECK(shop.put(path, {{"status", "processing"}}, shop.staff()).code() == "payment_not_held");
    shop.check_invariants();
}

TEST_CASE("P5: what a person began is told as theirs, whoever finished it") {
    Shop shop([](app::Config& config) {
        config.sandbox_payments = true;
        config.authorize_only = true;
    });
    const auto mug = shop.product({});
    const auto by_sam = [&](std::int64_t order, const std::string& kind) {
        INFO(kind);
        const auto found = entry(shop, order, kind);
        REQUIRE_FALSE(found.is_null());
        CHECK(found["actor"].get<std::string>().find("sam") != std::string::npos);
    };
    const auto held = [&] {
        auto order = place(shop, mug);
        const auto payment = pay(shop, order, MailShop::good_card());
        REQUIRE(payment.status == 202);
        shop.drain();
        return Transferred{order, path_of(payment)};
    };
    const auto captured = held();
    REQUIRE(shop.post(captured.payment + "/capture", Json::object(), shop.staff()).status < 300);
    shop.drain();
    by_sam(captured.order.id, "payment.succeeded");
    by_sam(captured.order.id, "order.paid");
    REQUIRE(shop.post(captured.payment + "/refunds", {{"amount", 100}}, shop.staff()).status == 202);
    shop.drain();
    by_sam(captured.order.id, "payment.refunded");

    const auto path = "/orders/" + std::to_string(captured.order.id);
    REQUIRE(shop.put(path + "/fulfillment", {{"carrier", "local"}}, shop.staff()).status == 202);
    shop.drain();
    by_sam(captured.order.id, "shipment.label_ready");
    REQUIRE(shop.post(path + "/cancel", Json::object(), shop.staff()).status == 200);
    shop.drain();
    by_sam(captured.order.id, "shipment.voided");
    by_sam(captured.order.id, "payment.refunded");

    const auto voided = held();
    REQUIRE(shop.post(voided.payment + "/void", Json::object(), shop.staff()).status < 300);
    shop.drain();
    by_sam(voided.order.id, "payment.voided");

    const auto forgotten = place(shop, mug);
    shop.advance(hours(1));
    shop.drain();
    shop.sign_in_again();
    CHECK(entry(shop, forgotten.id, "order.expired")["actor"] == "system");
    shop.check_invariants();
}

// Finding payments by what somebody has at hand, and the sums of what is found.

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/budgets.h"
#include "payments/support.h"
#include "storage/store.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::string in_query(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        constexpr std::string_view kHex = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        escaped += {'%', kHex[byte / 16U], kHex[byte % 16U]};
    }
    return escaped;
}

/// The orders whose payments are found, newest first.
std::vector<std::int64_t> found_by(Shop& shop, const std::string& query) {
    shop.drain();  // what is found is read from the event log
    const auto reply = shop.get("/admin/payments?" + query, shop.viewer());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    std::vector<std::int64_t> orders;
    for (const auto& payment : reply.body["data"]) {
        orders.push_back(payment["order_id"]);
    }
    return orders;
}

std::vector<std::int64_t> found(Shop& shop, const std::string& text) { return found_by(shop, "q=" + in_query(text)); }

Json totals_of(Shop& shop, const std::string& query) {
    shop.drain();
    const auto reply = shop.get("/admin/payments/totals?" + query, shop.viewer());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    return reply.body;
}

using Orders = std::vector<std::int64_t>;

/// An order of one by a person, to be paid by transfer. @returns the payment's path
std::string transfer_of(Shop& shop, std::int64_t product, const std::string& name, const std::string& email) {
    auto body = Shop::order_body({{product, 1}}, email);
    body["customer"]["name"] = name;
    const auto order = shop.post("/orders", body);
    REQUIRE(order.status == 201);
    const auto payment =
        shop.post("/payments", {{"order_id", order.body["id"]}, {"method", {{"type", "bank_transfer"}}}},
                  order.body["access_token"].get<std::string>());
    REQUIRE(payment.status == 201);
    return path_of(payment);
}

void receive(Shop& shop, const std::string& payment, const std::string& reference) {
    REQUIRE(shop.post(payment + "/capture", {{"reference", reference}}, shop.staff()).status == 200);
}

}  // namespace

TEST_CASE("payments are found by order, by amount as people write it, and by the customer") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1999, .on_hand = 100});
    const auto lamp = shop.product({.sku = "LAMP", .price = 123'450, .on_hand = 100});
    transfer_of(shop, mug, "Ada Lovelace", "ada@example.com");     // 1001
    transfer_of(shop, lamp, "Grace Hopper", "grace@example.com");  // 1002
    transfer_of(shop, mug, "Mary Hopper", "mary@example.com");     // 1003

    for (const auto* text : {"1002", "#1002", " #1002 "}) {
        CHECK(found(shop, text) == Orders{1002});
    }
    for (const auto* text : {"19.99", "19,99", "19.99 EUR", "EUR 19,99", "eur19.99"}) {
        CHECK(found(shop, text) == Orders{1003, 1001});
    }
    for (const auto* text : {"1234.50", "1234,5", "1.234,50", "1,234.50", "1234.5 EUR"}) {
        CHECK(found(shop, text) == Orders{1002});
    }
    for (const auto* text :
         {"1999", "19.9", "19.990.0", "1.999", ".99", "19.", "-19.99", "EUR", "nobody", "9999999999999999999999"}) {
        CHECK(found(shop, text).empty());
    }
    CHECK(found(shop, "hopper") == Orders{1003, 1002});
    CHECK(found(shop, "GRACE hopper") == Orders{1002});
    CHECK(found(shop, "mary@example.com") == Orders{1003});
    CHECK(found(shop, "+49 30 1234567") == Orders{1003, 1002, 1001});
    CHECK_FALSE(found(shop, "hop").empty());
    CHECK(found(shop, "ho").empty());  // only whole words
    const auto row = shop.get("/admin/payments?q=mary", shop.viewer()).body["data"][0];
    CHECK(row["customer_name"] == "Mary Hopper");
    CHECK(shop.get("/admin/payments?q=", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/payments?q=" + std::string(201, 'x'), shop.viewer()).status == 422);
    CHECK(shop.get("/admin/payments?q=" + std::string(200, 'x'), shop.viewer()).status == 200);
}

TEST_CASE("a whole number is an order's, or an amount without decimals") {
    Shop shop;
    const auto dear = shop.product({.sku = "ORGAN", .price = 100'200, .on_hand = 100});  // 1002.00
    transfer_of(shop, dear, "Ada Lovelace", "ada@example.com");
    transfer_of(shop, shop.product({.sku = "MUG"}), "Ada Lovelace", "ada@example.com");  // 1002
    CHECK(found(shop, "1002") == Orders{1002, 1001});
}

TEST_CASE("filters hold for what a search finds, and pages go on through it") {
    Shop shop;
    const auto mug = shop.product({.price = 1999, .on_hand = 100});
    const auto first = transfer_of(shop, mug, "Grace Hopper", "grace@example.com");
    transfer_of(shop, mug, "Grace Hopper", "grace@example.com");
    transfer_of(shop, mug, "Ada Lovelace", "ada@example.com");
    receive(shop, first, "");
    CHECK(found_by(shop, "q=hopper&status=succeeded") == Orders{1001});
    CHECK(found_by(shop, "q=19.99&status=processing") == Orders{1003, 1002});
    CHECK(found_by(shop, "q=hopper&method=card").empty());
    CHECK(found_by(shop, "q=hopper&order_id=1003").empty());
    CHECK(found_by(shop, "q=hopper&from=2026-01-02").empty());
    CHECK(found_by(shop, "q=hopper&to=2026-01-01&order_status=pending") == Orders{1002});
    CHECK(found_by(shop, "status=processing,succeeded") == Orders{1003, 1002, 1001});
    CHECK(found_by(shop, "order_id=1002") == Orders{1002});
    auto page = shop.get("/admin/payments?q=19.99&limit=2", shop.viewer()).body;
    REQUIRE(page["data"].size() == 2);
    page = shop.get("/admin/payments?q=19.99&limit=2&cursor=" + page["next_cursor"].get<std::string>(), shop.viewer())
               .body;
    REQUIRE(page["data"].size() == 1);
    CHECK(page["data"][0]["order_id"] == 1001);
    CHECK(page["next_cursor"].is_null());
}

TEST_CASE("a payment is found by the gateway's reference of its charge, its refund and its dispute") {
    StripeShop it;
    const auto mug = it.shop.product({.on_hand = 100});
    const auto order = place(it.shop, mug);
    const auto paid = it.paid(order);
    it.paid(place(it.shop, mug));
    REQUIRE(it.shop.post(path_of(paid) + "/refunds", {{"amount", 100}}, it.shop.staff()).status < 300);
    it.shop.drain();
    const auto intent = it.stripe.intents().at(0)["id"].get<std::string>();
    const auto dispute = it.stripe.dispute(intent, 1000);
    it.hear("charge.dispute.created", dispute);
    const auto shown = it.shop.get("/admin" + path_of(paid), it.shop.viewer()).body;
    const auto refund = it.shop.store().read().value<std::string>("SELECT gateway_reference FROM refund").value();
    for (const auto& reference : {intent, refund, dispute}) {
        INFO(reference);
        CHECK(found(it.shop, reference) == Orders{order.id});
        CHECK(found(it.shop, reference.substr(0, reference.size() - 1)).empty());
    }
    CHECK(shown["gateway_reference"] == intent);
}

TEST_CASE("a transfer is found by what staff wrote on receipt, until its customer is erased") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    receive(shop, transfer_of(shop, mug, "Ada Lovelace", "ada@example.com"), "RF18 5390 0754 7034, von Jürgen Müller");
    receive(shop, transfer_of(shop, mug, "Grace Hopper", "grace@example.com"), "RF18 5390 1111, Müller & Söhne");
    for (const auto* text : {"RF18 5390 0754 7034", "7034", "JÜRGEN MÜLLER", "müller rf18 7034",
                             "rf18-5390-0754-7034-von-jürgen-müller", "RF18539007547034VONJÜRGENMÜLLER"}) {
        INFO(text);
        CHECK(found(shop, text) == Orders{1001});
    }
    CHECK(found(shop, "müller") == Orders{1002, 1001});
    CHECK(found(shop, "müller 9999").empty());
    CHECK(found(shop, "mull").empty());
    const auto stored = [&] {
        return shop.store().read().value<std::int64_t>("SELECT count(*) FROM payment_word WHERE 1 = 1").value();
    };
    const auto before = stored();
    CHECK(before == 8 + 6);  // "rf18", "5390", …, and all of them as one

    const auto cancelled = shop.post("/orders/1001/cancel", Json::object(), shop.staff());
    REQUIRE(cancelled.status == 200);
    shop.drain();
    const auto customer = shop.get("/admin/orders/1001", shop.viewer()).body["customer_id"].dump();
    const auto refund = shop.get("/admin/payments?q=1001", shop.viewer()).body["data"][0];
    REQUIRE(shop.post("/payments/" + refund["id"].dump() + "/refunds/" + refund["refunds"][0]["id"].dump() + "/sent",
                      Json::object(), shop.staff())
                .status == 200);
    const auto erased = shop.post("/admin/customers/" + customer + "/erase", Json::object(), shop.owner());
    INFO(erased.text);
    REQUIRE(erased.status == 200);
    CHECK(found(shop, "7034").empty());
    CHECK(found(shop, "müller") == Orders{1002});
    CHECK(found(shop, "lovelace").empty());
    CHECK(stored() == before - 8);
    const auto row = shop.get("/admin/payments?order_id=1001", shop.viewer()).body["data"][0];
    CHECK(row["customer_name"] == "");
    CHECK(row["reference"].is_null());
    shop.check_invariants();
}

TEST_CASE("the totals are of all that the filter finds, on whatever page") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .price = 1000, .on_hand = 100});
    const auto pot = shop.product({.sku = "POT", .price = 3000, .on_hand = 100});
    const auto received = transfer_of(shop, mug, "Grace Hopper", "grace@example.com");
    receive(shop, received, "");
    transfer_of(shop, pot, "Grace Hopper", "grace@example.com");
    transfer_of(shop, mug, "Ada Lovelace", "ada@example.com");
    REQUIRE(shop.post("/orders/1003/cancel", Json::object(), shop.staff()).status == 200);  // owes nothing
    shop.drain();
    REQUIRE(shop.post(received + "/refunds", {{"amount", 250}}, shop.staff()).status == 201);

    CHECK(totals_of(shop, "") == Json{{"complete", true},
                                      {"most", budget::kPaymentsSummed},
                                      {"currency", "EUR"},
                                      {"count", 3},
                                      {"amount", 5000},
                                      {"captured", 1000},
                                      {"refunded", 250},
                                      {"to_be_sent", 250},
                                      {"outstanding", 3000}});
    CHECK(totals_of(shop, "q=hopper")["amount"] == 4000);
    CHECK(totals_of(shop, "q=10.00")["count"] == 2);
    CHECK(totals_of(shop, "q=10.00&status=succeeded")["count"] == 1);
    CHECK(totals_of(shop, "q=nobody")["count"] == 0);
    CHECK(totals_of(shop, "q=nobody")["complete"] == true);
    CHECK(totals_of(shop, "status=succeeded,processing")["count"] == 2);
    CHECK(totals_of(shop, "order_status=cancelled")["outstanding"] == 0);
    CHECK(totals_of(shop, "refund_to_be_sent=true")["to_be_sent"] == 250);
    CHECK(totals_of(shop, "order_id=1002")["outstanding"] == 3000);
    CHECK(totals_of(shop, "from=2026-01-01&to=2026-01-01")["count"] == 3);
    CHECK(totals_of(shop, "from=2026-01-02")["count"] == 0);
    CHECK(totals_of(shop, "to=2025-12-31")["count"] == 0);
    CHECK(shop.get("/admin/payments/totals").status == 401);
}

TEST_CASE("totals are added up to so many payments, and not one more: then they say so") {
    Shop shop;
    const auto mug = shop.product({.price = 100});
    transfer_of(shop, mug, "Ada Lovelace", "ada@example.com");
    const auto fill_to = [&](std::int64_t payments) {
        fill_with_orders(shop, payments);
        shop.store().writer().run([&](storage::Transaction& tx) {
            tx.run(R"sql(
                INSERT INTO payment (order_id, amount, method, status, gateway, created_at, updated_at)
                SELECT id, total, 'card', 'failed', 'sandbox', 86400000, 0 FROM orders
                 WHERE id > (SELECT max(order_id) FROM payment) AND id <= ?1
            )sql",
                   1000 + payments);
        });
    };
    const auto most = budget::kPaymentsSummed;
    fill_to(most - 1);
    CHECK(totals_of(shop, "")["count"] == most - 1);
    fill_to(most);
    CHECK(totals_of(shop, "")["count"] == most);
    CHECK(totals_of(shop, "q=1.00")["amount"] == most * 100);
    fill_to(most + 1);
    const auto too_many = totals_of(shop, "");
    CHECK(too_many["complete"] == false);
    CHECK(too_many["count"].is_null());
    CHECK(too_many["amount"].is_null());
    CHECK(totals_of(shop, "q=1.00")["complete"] == false);
    CHECK(totals_of(shop, "method=card")["complete"] == false);      // no index leads to fewer
    CHECK(totals_of(shop, "q=1.00&from=2026-01-01")["count"] == 1);  // the days lead to fewer
    CHECK(totals_of(shop, "status=failed")["count"] == most);
    fill_to(3 * most);
    CHECK(totals_of(shop, "status=failed")["complete"] == false);
    CHECK(totals_of(shop, "status=processing,failed")["complete"] == false);
    CHECK(totals_of(shop, "status=failed&from=2026-01-01")["count"] == 0);
    CHECK(totals_of(shop, "status=processing")["count"] == 1);
    CHECK(totals_of(shop, "order_status=paid&status=failed")["count"] == 0);
    CHECK(found_by(shop, "q=%231001") == Orders{1001});
}

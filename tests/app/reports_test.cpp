// The books: reports by month, as JSON and as CSV, whose sums agree with Today's figures.

#include <map>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "base/budgets.h"
#include "fulfillment/support.h"
#include "payments/support.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

const std::string kTransfer = "bank_transfer";
const std::string kCash = "cash_on_delivery";

/// A key, since nobody stays signed in for a day of not looking.
std::string key_for_books(Shop& shop) {
    return shop.post("/admin/api-keys", {{"label", "books"}, {"role", "staff"}}, shop.owner())
        .body["secret"]
        .get<std::string>();
}

struct Books : Shop {
    using Shop::Shop;
    std::string key = key_for_books(*this);

    void be_at(std::string_view time) { advance(parse_time(time).value() - clock().now()); }

    Json report(const std::string& name, const std::string& query = {}) {
        const auto reply = get("/admin/reports/" + name + query, key);
        INFO(reply.text);
        REQUIRE(reply.status == 200);
        return reply.body;
    }

    std::string csv(const std::string& name, const std::string& query = {}) {
        const auto reply = get("/admin/reports/" + name + ".csv" + query, key);
        REQUIRE(reply.status == 200);
        CHECK(reply.header("Content-Type") == "text/csv; charset=utf-8");
        return reply.text;
    }

    /// An order of one that is to be paid by hand. @returns the path of its payment
    std::string asked_for(std::int64_t product, const std::string& method) {
        const auto order = tests::place(*this, product);
        const auto payment = tests::pay(*this, order, {{"type", method}});
        REQUIRE(payment.status == 201);
        return path_of(payment);
    }

    std::string received(std::int64_t product, const std::string& method) {
        auto path = asked_for(product, method);
        REQUIRE(post(path + "/capture", Json::object(), key).status == 200);
        return path;
    }

    /// A refund by hand. @returns its path
    std::string to_send(const std::string& payment, std::int64_t amount) {
        const auto refund = post(payment + "/refunds", {{"amount", amount}, {"reason", "a chip"}}, key);
        REQUIRE(refund.status == 201);
        return payment + "/refunds/" + refund.body["id"].dump();
    }
};

/// What Today says was taken in and went back on the last days.
std::int64_t takings_of_today(Books& shop, int days) {
    std::int64_t sum = 0;
    const auto shown = shop.get("/admin/stats/sales?days=" + std::to_string(days), shop.key).body["days"];
    for (const auto& day : shown) {
        sum += day["takings"].get<std::int64_t>();
    }
    return sum;
}

}  // namespace

TEST_CASE("takings stand by day and method, with sums that are Today's, and the CSV says the same") {
    Books shop;
    const auto mug = shop.product({.price = 1250, .on_hand = 100});
    const auto first = shop.received(mug, kTransfer);
    shop.received(mug, kCash);
    shop.asked_for(mug, kTransfer);  // nothing moved
    shop.be_at("2026-01-02T12:00:00Z");
    shop.received(mug, kTransfer);
    const auto refund = shop.to_send(first, 400);
    const auto before = shop.report("takings");
    CHECK(before["sums"].back()["refunded"] == 0);  // it is still to be sent
    REQUIRE(shop.post(refund + "/sent", Json::object(), shop.key).status == 200);

    const auto report = shop.report("takings", "?month=2026-01");
    CHECK(report["month"] == "2026-01");
    CHECK(report["currency"] == "EUR");
    CHECK(report["time_zone"] == "UTC");
    CHECK(report["row_count"] == 3);
    REQUIRE(report["rows"].size() == 3);
    CHECK(report["rows"][2] == Json{{"date", "2026-01-02"},
                                    {"method", "bank_transfer"},
                                    {"payments", 1},
                                    {"captured", 1250},
                                    {"refunds", 1},
                                    {"refunded", 400},
                                    {"net", 850}});
    REQUIRE(report["sums"].size() == 3);
    CHECK(report["sums"][0]["method"] == "bank_transfer");
    CHECK(report["sums"][0]["net"] == 2100);
    CHECK(report["sums"][2] == Json{{"date", nullptr},
                                    {"method", nullptr},
                                    {"payments", 3},
                                    {"captured", 3750},
                                    {"refunds", 1},
                                    {"refunded", 400},
                                    {"net", 3350}});
    const auto text =
        "Day,Paid by,Payments,Taken in,Refunds,Refunded,Net\r\n"
        "2026-01-01,Bank transfer,1,12.50,0,0.00,12.50\r\n"
        "2026-01-01,Cash on delivery,1,12.50,0,0.00,12.50\r\n"
        "2026-01-02,Bank transfer,1,12.50,1,4.00,8.50\r\n"
        "Total,Bank transfer,2,25.00,1,4.00,21.00\r\n"
        "Total,Cash on delivery,1,12.50,0,0.00,12.50\r\n"
        "Total,,3,37.50,1,4.00,33.50\r\n";
    CHECK(shop.csv("takings") == text);
    const auto accepted = shop.get("/admin/reports/takings", shop.key, {{"Accept", "text/csv"}});
    CHECK(accepted.text == text);
    CHECK(accepted.header("Content-Disposition") == "attachment; filename=\"takings-2026-01.csv\"");
    CHECK(
        shop.csv("takings", "?separator=%3B&bom=true")
            .starts_with(
                "\xef\xbb\xbf"
                "Day;Paid by;Payments;Taken in;Refunds;Refunded;Net\r\n2026-01-01;Bank transfer;1;12,50;0;0,00;12,50\r\n"));

    CHECK(takings_of_today(shop, 2) == 3350);
    std::int64_t net = 0;
    const auto days = shop.get("/admin/stats/payments?days=2", shop.key).body["days"];
    for (const auto& day : days) {
        net += day["captured"].get<std::int64_t>() - day["refunded"].get<std::int64_t>();
    }
    CHECK(net == 3350);
    CHECK(shop.report("takings", "?month=2026-02")["rows"].empty());
    CHECK(shop.report("takings", "?month=2025-12")["sums"].size() == 1);
    shop.check_invariants();
}

TEST_CASE("a refund in a later month is of that month, and its net may be below nothing") {
    Books shop;
    const auto payment = shop.received(shop.product({.price = 1250}), kTransfer);
    shop.be_at("2026-02-03T12:00:00Z");
    REQUIRE(shop.post(shop.to_send(payment, 400) + "/sent", Json::object(), shop.key).status == 200);
    CHECK(shop.report("takings", "?month=2026-01")["sums"].back()["net"] == 1250);
    CHECK(shop.report("takings")["sums"].back()["net"] == -400);
    CHECK(shop.csv("takings") ==
          "Day,Paid by,Payments,Taken in,Refunds,Refunded,Net\r\n"
          "2026-02-03,Bank transfer,0,0.00,1,4.00,-4.00\r\n"
          "Total,Bank transfer,0,0.00,1,4.00,-4.00\r\n"
          "Total,,0,0.00,1,4.00,-4.00\r\n");
    CHECK(takings_of_today(shop, 7) == -400);
}

TEST_CASE("a report's days and months are those of the shop's time zone, and the present one is shown by default") {
    Books shop;
    REQUIRE(shop.put("/admin/settings", {{"time_zone", "Europe/Berlin"}}, shop.owner()).status == 200);
    const auto mug = shop.product({});
    shop.be_at("2026-10-31T22:30:00Z");  // 31 October, 23:30
    shop.received(mug, kTransfer);
    shop.be_at("2026-10-31T23:30:00Z");  // 1 November, 00:30
    shop.received(mug, kTransfer);
    const auto november = shop.report("takings");
    CHECK(november["month"] == "2026-11");
    CHECK(november["time_zone"] == "Europe/Berlin");
    REQUIRE(november["rows"].size() == 1);
    CHECK(november["rows"][0]["date"] == "2026-11-01");
    const auto october = shop.report("takings", "?month=2026-10");  // in which clocks are set back
    REQUIRE(october["rows"].size() == 1);
    CHECK(october["rows"][0]["date"] == "2026-10-31");
    CHECK(shop.report("sales", "?month=2026-10")["sums"][0]["units"] == 1);
    CHECK(shop.report("sales")["sums"][0]["units"] == 1);
}

TEST_CASE("sales have each product that was paid for, less what came back, as Today's most sold") {
    Books shop;
    const auto mug = shop.product({.sku = "MUG", .name = "Mug, white", .price = 1250, .on_hand = 100});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .price = 3000, .on_hand = 100});
    const auto sold = tests::paid(shop, {{mug, 3}, {pot, 1}});
    tests::paid(shop, {{mug, 2}});
    tests::placed(shop, {{pot, 5}});  // pending
    const auto dropped = tests::placed(shop, {{pot, 4}});
    REQUIRE(shop.post(dropped.path("/cancel"), Json::object(), shop.owner()).status == 200);
    const auto parcel = tests::labelled(shop, sold);
    for (const auto* status : {"shipped", "delivered"}) {
        REQUIRE(
            shop.put(sold.path("/fulfillment"), {{"shipment_id", parcel}, {"status", status}}, shop.staff()).status <
            300);
    }
    const auto returned =
        shop.post(sold.path("/returns"), {{"items", {{{"item_id", sold.items.at(0)}, {"quantity", 1}}}}, {"refund", 0}},
                  shop.staff());
    INFO(returned.text);
    REQUIRE(returned.status == 201);
    // Of 100 off three mugs, the two that are still sold have 66.
    shop.store().writer().run([&](storage::Transaction& tx) {
        tx.run("UPDATE order_item SET discount = 100 WHERE id = ?1", sold.items.at(0));
    });

    const auto report = shop.report("sales");
    REQUIRE(report["rows"].size() == 2);
    CHECK(report["rows"][0] == Json{{"sku", "MUG"},
                                    {"product", "Mug, white"},
                                    {"orders", 2},
                                    {"units", 4},
                                    {"discount", 66},
                                    {"revenue", 4 * 1250 - 66}});
    CHECK(report["rows"][1]["revenue"] == 3000);
    CHECK(report["sums"] == Json::array({{{"sku", nullptr},
                                          {"product", nullptr},
                                          {"orders", nullptr},
                                          {"units", 5},
                                          {"discount", 66},
                                          {"revenue", 7934}}}));
    CHECK(shop.csv("sales") ==
          "SKU,Product,Orders,Units,Discounts,Revenue\r\n"
          "MUG,\"Mug, white\",2,4,0.66,49.34\r\n"
          "POT,Pot,1,1,0.00,30.00\r\n"
          "Total,,,5,0.66,79.34\r\n");
    CHECK(shop.csv("sales", "?separator=%3B").find("MUG;Mug, white;2;4;0,66;49,34\r\n") != std::string::npos);
    const auto most = shop.get("/admin/stats/sales?days=1", shop.key).body["top_products"];
    REQUIRE(most.size() == 2);
    CHECK(most[0]["units"] == 4);
    CHECK(most[0]["revenue"] == 4934);
    CHECK(most[1]["revenue"] == 3000);
}

TEST_CASE("open payments have what is owed: nothing of orders that ended, and the rest of those paid in part") {
    StripeShop it([](app::Config& config) { config.authorize_only = true; });
    auto& shop = it.shop;
    const auto mug = shop.product({.price = 1250, .on_hand = 100});
    const auto fresh = place(shop, mug);
    REQUIRE(pay(shop, place(shop, mug), {{"type", "bank_transfer"}}).status == 201);
    const auto part = it.paid(place(shop, mug));
    REQUIRE(shop.post(path_of(part) + "/capture", {{"amount", 600}}, shop.staff()).status < 300);
    const auto cash = pay(shop, place(shop, mug), {{"type", "cash_on_delivery"}});
    REQUIRE(shop.post(path_of(cash) + "/capture", Json::object(), shop.staff()).status == 200);  // owes nothing
    const auto gone = place(shop, mug);
    REQUIRE(shop.post("/orders/" + std::to_string(gone.id) + "/cancel", Json::object(), gone.token).status == 200);
    shop.drain();

    const auto reply = shop.get("/admin/reports/open-payments", shop.viewer());
    INFO(reply.text);
    REQUIRE(reply.status == 200);
    const auto& rows = reply.body["rows"];
    REQUIRE(rows.size() == 3);
    CHECK(rows[0] == Json{{"order_id", fresh.id},
                          {"date", "2026-01-01"},
                          {"customer", "Ada Lovelace"},
                          {"method", ""},
                          {"payment_status", ""},
                          {"total", 1250},
                          {"captured", 0},
                          {"owed", 1250}});
    CHECK(rows[1]["method"] == "bank_transfer");
    CHECK(rows[1]["payment_status"] == "processing");
    CHECK(rows[2]["owed"] == 650);
    CHECK(reply.body["sums"][0]["owed"] == 1250 + 1250 + 650);
    const auto csv = shop.get("/admin/reports/open-payments.csv", shop.viewer());
    CHECK(csv.text ==
          "Order,Placed,Customer,Paid by,Payment,Total,Received,Owed\r\n"
          "1001,2026-01-01,Ada Lovelace,Not chosen yet,None yet,12.50,0.00,12.50\r\n"
          "1002,2026-01-01,Ada Lovelace,Bank transfer,Awaited,12.50,0.00,12.50\r\n"
          "1003,2026-01-01,Ada Lovelace,Card,Paid in part,12.50,6.00,6.50\r\n"
          "Total,,,,,37.50,6.00,31.50\r\n");
    CHECK(shop.get("/admin/audit", shop.owner()).text.find("open_payments.export") != std::string::npos);
    CHECK(shop.get("/admin/reports/open-payments?month=2026-02", shop.viewer()).body["rows"].empty());
}

TEST_CASE("refunds to be sent by hand are in the month in which they were asked for, until they were sent") {
    Books shop;
    const auto payment = shop.received(shop.product({.price = 1250}), kCash);
    const auto refund = shop.to_send(payment, 400);
    const auto report = shop.report("refunds-to-send");
    CHECK(report["rows"] == Json::array({{{"order_id", 1001},
                                          {"date", "2026-01-01"},
                                          {"customer", "Ada Lovelace"},
                                          {"method", "cash_on_delivery"},
                                          {"reason", "a chip"},
                                          {"amount", 400}}}));
    CHECK(shop.csv("refunds-to-send") ==
          "Order,Asked for,Customer,Paid by,Reason,To send\r\n"
          "1001,2026-01-01,Ada Lovelace,Cash on delivery,a chip,4.00\r\n"
          "Total,,,,,4.00\r\n");
    CHECK(shop.report("refunds-to-send", "?month=2026-02")["rows"].empty());
    REQUIRE(shop.post(refund + "/sent", Json::object(), shop.key).status == 200);
    CHECK(shop.report("refunds-to-send")["rows"].empty());
    CHECK(shop.report("refunds-to-send")["sums"][0]["amount"] == 0);
}

TEST_CASE("a report is for who works here, and of a month that there is") {
    Shop shop;
    for (const auto* name : {"takings", "sales", "open-payments", "refunds-to-send"}) {
        const auto path = std::string("/admin/reports/") + name;
        CHECK(shop.get(path).status == 401);
        CHECK(shop.get(path + ".csv").status == 401);
        CHECK(shop.get(path, shop.viewer()).status == 200);
        for (const auto* month :
             {"2026-13", "2026-00", "2026-1", "2026-11-01", "November", "1969-12", "9999-12", "-026-01"}) {
            const auto refused = shop.get(path + "?month=" + month, shop.viewer());
            CHECK(refused.status == 422);
            CHECK(refused.body["errors"][0]["pointer"] == "?month");
            CHECK(shop.get(path + ".csv?month=" + month, shop.viewer()).status == 422);
        }
        for (const auto* month : {"1970-01", "2024-02", "9999-11"}) {
            CHECK(shop.get(path + "?month=" + month, shop.viewer()).body["rows"].empty());
        }
        CHECK(shop.get(path + ".csv?separator=x", shop.viewer()).status == 422);
    }
}

TEST_CASE("a screen has so many rows of a report, and the sums and the CSV are of all") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1});
    place(shop, mug);  // makes the customer
    const auto most = static_cast<std::int64_t>(budget::kReportRows);
    const auto rows_with = [&](std::int64_t orders) {
        fill_with_orders(shop, orders);
        const auto report = shop.get("/admin/reports/open-payments", shop.viewer()).body;
        CHECK(report["row_count"] == orders);
        CHECK(report["sums"][0]["owed"] == 1250 + (orders - 1) * 100);
        const auto csv = shop.get("/admin/reports/open-payments.csv", shop.viewer()).text;
        CHECK(std::count(csv.begin(), csv.end(), '\n') == orders + 2);
        return static_cast<std::int64_t>(report["rows"].size());
    };
    CHECK(rows_with(most - 1) == most - 1);
    CHECK(rows_with(most) == most);
    CHECK(rows_with(most + 1) == most);
    CHECK(rows_with(3 * most) == most);
}

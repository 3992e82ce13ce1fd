#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "app/search_index.h"
#include "base/budgets.h"
#include "fulfillment/shipment.h"
#include "fulfillment/support.h"
#include "notify/follower.h"
#include "payments/support.h"
#include "support/shop.h"
#include "support/statements.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::vector<std::int64_t> ids(const Reply& reply) {
    std::vector<std::int64_t> found;
    for (const auto& order : reply.body["data"]) {
        found.push_back(order["id"]);
    }
    return found;
}

using Ids = std::vector<std::int64_t>;

/// What text finds is read from the event log, without jobs that are due meanwhile.
void read_log(Shop& shop) {
    notify::Follower follower(shop.store(), shop.clock(), app::log_readers());
    while (follower.follow() > 0) {
    }
}

}  // namespace

TEST_CASE("the list of orders narrows by status, time, customer, product, manager and text") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 50});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .on_hand = 50});
    shop.post("/orders", Shop::order_body({{mug, 1}}, "ada@example.com"));  // 1001, on the 1st
    shop.advance(days(1));
    auto body = Shop::order_body({{pot, 2}}, "grace@example.com");
    body["customer"]["name"] = "Grace Hopper";
    body["customer"]["phone"] = "+1 202 555 0199";
    shop.post("/orders", body);  // 1002, on the 2nd
    shop.advance(days(1));
    shop.post("/orders", Shop::order_body({{mug, 1}, {pot, 1}}, "ada@example.com"));  // 1003, on the 3rd
    shop.sign_in_again();
    REQUIRE(shop.post("/orders/1002/cancel", Json::object(), shop.staff()).status == 200);
    read_log(shop);

    const auto list = [&](const std::string& query) { return ids(shop.get("/admin/orders" + query, shop.viewer())); };
    CHECK(list("") == Ids{1003, 1002, 1001});
    CHECK(list("?status=pending") == Ids{1003, 1001});
    CHECK(list("?status=cancelled,expired") == Ids{1002});
    CHECK(list("?from=2026-01-02") == Ids{1003, 1002});
    CHECK(list("?to=2026-01-02") == Ids{1002, 1001});
    CHECK(list("?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z") == Ids{1002});
    CHECK(list("?product_id=" + std::to_string(pot)) == Ids{1003, 1002});
    CHECK(list("?product_id=" + std::to_string(pot) + "&status=pending") == Ids{1003});
    CHECK(list("?q=1002") == Ids{1002});
    CHECK(list("?q=%231002") == Ids{1002});
    CHECK(list("?q=ADA%40example.com") == Ids{1003, 1001});
    CHECK(list("?q=hopper") == Ids{1002});
    CHECK(list("?q=hopper%20grace") == Ids{1002});
    CHECK(list("?q=%2B1%20202-555-0199") == Ids{1002});
    CHECK(list("?q=nobody") == Ids{});
    const auto customer = shop.get("/admin/orders/1002", shop.viewer()).body["customer_id"].get<std::int64_t>();
    CHECK(list("?customer_id=" + std::to_string(customer)) == Ids{1002});
    const auto manager = shop.get("/admin/orders/1001", shop.viewer()).body["managed_by"]["id"].get<std::int64_t>();
    CHECK(list("?managed_by=" + std::to_string(manager)) == Ids{1003, 1001});

    CHECK(shop.get("/admin/orders?status=lost", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/orders?colour=red", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/orders?limit=201", shop.viewer()).status == 422);
    CHECK(shop.get("/admin/orders").status == 401);
}

TEST_CASE(
    "what Today counts is what its list shows: to pack, waiting for payment, failed payments, parcels in trouble") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    const auto list = [&](const std::string& query) { return ids(shop.get("/admin/orders" + query, shop.viewer())); };
    const auto by = [&](const char* method, const char* status) {
        const auto order = placed(shop, {{mug, 1}}).id;
        set_payment(shop, order, method, status);
        return order;
    };
    const auto bare = placed(shop, {{mug, 1}}).id;
    const auto failed = by("card", "failed");
    const auto cash = by("cash_on_delivery", "processing");
    const auto transfer = by("bank_transfer", "processing");
    const auto card = paid(shop, {{mug, 1}}).id;
    const auto packed = paid(shop, {{mug, 1}});
    const auto disputed = paid(shop, {{mug, 1}}).id;
    set_payment(shop, disputed, "card", "disputed");
    const auto cancelled = by("card", "failed");
    REQUIRE(shop.post("/orders/" + std::to_string(cancelled) + "/cancel", Json::object(), shop.staff()).status == 200);
    const auto shipment = labelled(shop, packed);

    CHECK(list("?packable=true") == Ids{packed.id, card, cash});
    CHECK(list("?status=pending&packable=false") == Ids{transfer, failed, bare});
    CHECK(list("?packable=false") == Ids{cancelled, disputed, transfer, failed, bare});
    CHECK(list("?packable=true&status=pending,cancelled") == Ids{cash});
    CHECK(list("?packable=true&status=cancelled").empty());
    CHECK(list("?packable=true&product_id=" + std::to_string(mug)) == Ids{packed.id, card, cash});
    CHECK(list("?packable=true&q=ada%40example.com") == Ids{packed.id, card, cash});
    const auto manager = shop.get("/admin/orders/1001", shop.viewer()).body["managed_by"]["id"].dump();
    CHECK(list("?packable=true&managed_by=" + manager) == Ids{card, cash});  // they take turns
    CHECK(list("?packable=true&limit=2") == Ids{packed.id, card});
    const auto rows = shop.get("/admin/orders", shop.viewer()).body["data"];
    for (const auto& row : rows) {
        const auto id = row["id"].get<std::int64_t>();
        INFO(row.dump());
        CHECK(row["packable"] == (id == packed.id || id == card || id == cash));
        CHECK(shop.get("/admin/orders/" + row["id"].dump(), shop.viewer()).body["packable"] == row["packable"]);
    }
    CHECK(rows.back()["payment_method"].is_null());

    const auto payments = shop.get("/admin/payments?status=failed&order_status=pending", shop.viewer()).body["data"];
    REQUIRE(payments.size() == 1);
    CHECK(payments[0]["order_id"] == failed);
    CHECK(
        shop.get("/admin/payments?status=failed,processing&order_status=pending", shop.viewer()).body["data"].size() ==
        3);

    CHECK(list("?in_trouble=true").empty());
    shop.store().writer().run([&](storage::Transaction& tx) {
        auto troubled = fulfillment::get_shipment(tx, ShipmentId{shipment});
        troubled.status = fulfillment::Status::failed;
        fulfillment::save(tx, troubled, shop.clock().now());
    });
    CHECK(list("?in_trouble=true") == Ids{packed.id});
    CHECK(list("?in_trouble=true&status=pending").empty());

    const auto stats = shop.get("/admin/stats", shop.viewer()).body;
    CHECK(stats["to_pack"] == 3);
    CHECK(stats["pending"] == 3);
    CHECK(stats["failed_payments"] == 1);
    CHECK(stats["troubled_orders"] == 1);
}

// The plan of what this runs is looked at by "the plan of every statement": all orders were walked through.
TEST_CASE("of what a text finds, the other filters ask that alone, however much it is") {
    constexpr int kMany = 510;  // more than budget::kFoundAtOnce
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = kMany});
    for (int i = 0; i < kMany; ++i) {
        REQUIRE(shop.order({{mug, 1}}).status == 201);
    }
    REQUIRE(shop.post("/orders/1003/cancel", Json::object(), shop.staff()).status == 200);
    REQUIRE(shop.post("/orders/1500/cancel", Json::object(), shop.staff()).status == 200);
    read_log(shop);
    const auto list = [&](const std::string& query) { return ids(shop.get("/admin/orders" + query, shop.viewer())); };
    CHECK(list("?q=Berlin&status=cancelled") == Ids{1500, 1003});
    CHECK(list("?q=Berlin&status=cancelled&from=2026-01-02") == Ids{});
    CHECK(list("?q=Berlin&status=cancelled&product_id=" + std::to_string(mug)) == Ids{1500, 1003});
    CHECK(list("?q=Berlin&status=pending&limit=3") == Ids{1510, 1509, 1508});
}

TEST_CASE("packing begins for what is paid, or is paid on delivery") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 5});
    const auto pack = [&](std::int64_t order) {
        return shop.put("/admin/orders/" + std::to_string(order), {{"status", "processing"}}, shop.staff());
    };
    const auto unpaid = placed(shop, {{mug, 1}}).id;
    CHECK(pack(unpaid).code() == "not_paid");
    set_payment(shop, unpaid, "cash_on_delivery", "processing");
    CHECK(pack(unpaid).status == 200);
    CHECK(order_status(shop, unpaid) == "processing");
    CHECK(pack(paid(shop, {{mug, 1}}).id).status == 200);
    const auto disputed = paid(shop, {{mug, 1}}).id;
    set_payment(shop, disputed, "card", "disputed");
    CHECK(pack(disputed).code() == "payment_not_held");
    CHECK(order_status(shop, disputed) == "paid");
}

TEST_CASE("a list of orders says their lines and payments where it is asked to, by one statement each") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 50});
    const auto pot = shop.product({.sku = "POT", .name = "Pot", .on_hand = 50});
    shop.order({{mug, 1}, {pot, 2}});  // 1001
    const auto paying = placed(shop, {{pot, 1}});
    set_payment(shop, paying.id, "bank_transfer", "succeeded");

    const auto rows = shop.get("/admin/orders?expand=items,payment", shop.viewer()).body["data"];
    REQUIRE(rows.size() == 2);
    for (const auto& row : rows) {
        const auto order = shop.get("/admin/orders/" + row["id"].dump(), shop.viewer()).body;
        CHECK(row["items"] == order["items"]);
        CHECK(row["payment"] == order["payment"]);
    }
    CHECK(rows[1]["items"].size() == 2);
    CHECK(rows[1]["payment"].is_null());
    CHECK(rows[0]["payment"]["status"] == "succeeded");
    for (const auto& statement : ran_statements()) {
        const bool of_one = statement.sql.find("FROM order_item WHERE order_id = ?1") != std::string::npos;
        CHECK_FALSE((of_one && statement.cause == "GET /admin/orders"));
    }

    const auto plain = shop.get("/admin/orders", shop.viewer()).body["data"][0];
    CHECK_FALSE(plain.contains("items"));
    CHECK_FALSE(plain.contains("payment"));
    const auto items_alone = shop.get("/admin/orders?expand=items", shop.viewer()).body["data"][0];
    CHECK(items_alone.contains("items"));
    CHECK_FALSE(items_alone.contains("payment"));
    CHECK(shop.get("/admin/orders?expand=everything", shop.viewer()).status == 422);
}

TEST_CASE("a page of orders has so many lines, and the next one goes on after it") {
    constexpr std::int64_t kOrders = 30;
    constexpr std::int64_t kLines = 200;
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    shop.order({{mug, 1}});
    fill_with_orders(shop, kOrders);
    const auto most = static_cast<std::int64_t>(budget::kExpandedLines) / kLines;
    for (const std::int64_t with_lines : {most - 1, most, most + 1, kOrders - 1}) {
        CAPTURE(with_lines);
        shop.store().writer().run([&](storage::Transaction& tx) {
            tx.run("DELETE FROM order_item");
            tx.run(R"sql(
                WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                INSERT INTO order_item (order_id, product_id, sku, name, unit_price, tax, quantity)
                SELECT o.id, ?2, 'MUG', 'Mug', 0, 0, 1 FROM n, orders o WHERE o.id > 1000 + ?3 - ?4
            )sql",
                   kLines, mug, kOrders, with_lines);
        });
        Ids seen;
        std::vector<std::size_t> pages;
        std::string cursor;
        do {
            const auto page = shop.get("/admin/orders?limit=200&expand=items" + cursor, shop.viewer());
            REQUIRE(page.status == 200);
            const auto found = ids(page);
            seen.insert(seen.end(), found.begin(), found.end());
            pages.push_back(found.size());
            const auto next = page.body["next_cursor"];
            cursor = next.is_null() ? "" : "&cursor=" + next.get<std::string>();
        } while (!cursor.empty() && pages.size() < 5);
        CHECK(seen.size() == kOrders);
        CHECK(std::is_sorted(seen.rbegin(), seen.rend()));
        CHECK(pages.size() == (with_lines > most ? 2 : 1));
        CHECK(pages.front() == static_cast<std::size_t>(with_lines > most ? most : kOrders));
    }
}

TEST_CASE("a customer's own list says nothing of who works in the shop") {
    Shop shop;
    const auto document = shop.get("/openapi.json").body;
    const auto& row = document["components"]["schemas"]["OrderSummary"]["properties"];
    CHECK(row.contains("payment_method"));
    for (const auto* name : {"managed_by", "packable", "customer_name"}) {
        CHECK_FALSE(row.contains(name));
    }
}

TEST_CASE("every order is on exactly one page, also while orders come in") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 50});
    for (int i = 0; i < 9; ++i) {
        shop.order({{mug, 1}});
    }
    Ids seen;
    std::string cursor;
    do {
        const auto page =
            shop.get("/admin/orders?limit=4" + (cursor.empty() ? "" : "&cursor=" + cursor), shop.viewer());
        REQUIRE(page.status == 200);
        for (const auto id : ids(page)) {
            seen.push_back(id);
        }
        cursor = page.body["next_cursor"].is_null() ? "" : page.body["next_cursor"].get<std::string>();
        CHECK(page.header("Link").empty() == cursor.empty());
        shop.order({{mug, 1}});
    } while (!cursor.empty());
    CHECK(seen == Ids{1009, 1008, 1007, 1006, 1005, 1004, 1003, 1002, 1001});
    CHECK(shop.get("/admin/orders?cursor=nonsense", shop.viewer()).status == 422);
}

TEST_CASE("a status that is asked for again and again is asked for once") {
    Shop shop;
    REQUIRE(shop.order({{shop.product({}), 1}}).status == 201);
    std::string statuses = "pending";
    for (int i = 0; i < 600; ++i) {
        statuses += i % 2 == 0 ? ",paid" : ",pending";
    }
    const auto found = shop.get("/admin/orders?status=" + statuses, shop.viewer());
    CHECK(found.status == 200);
    CHECK(found.body["data"].size() == 1);
    CHECK(shop.get("/admin/payments?status=failed,failed", shop.viewer()).status == 200);
}

TEST_CASE("all orders are exported as CSV, to those who work here") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 5});
    shop.post("/orders", Shop::order_body({{mug, 2}}, "ada@example.com"));
    const auto exported = shop.get("/admin/orders/export", shop.viewer());
    REQUIRE(exported.status == 200);
    CHECK(exported.header("Content-Type").starts_with("text/csv"));
    CHECK(exported.header("Content-Disposition").find("orders.csv") != std::string::npos);
    CHECK(exported.text.starts_with("Name,Email,"));
    CHECK(exported.text.find("\n#1001,ada@example.com,") != std::string::npos);
    CHECK(shop.get("/admin/orders/export").status == 401);
}

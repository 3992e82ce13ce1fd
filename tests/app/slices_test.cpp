// What is read, exported or acted upon in slices: just below a slice, a whole one, just above it, and several.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

std::int64_t number_from(Shop& shop, const std::string& sql) {
    return shop.store().read().value<std::int64_t>(sql).value();
}

void change(Shop& shop, const std::string& sql) {
    shop.store().writer().outside_transaction([&](storage::Connection& connection) { connection.execute(sql); });
}

/// SQL for the numbers from `first` to `last`, as `n (i)`.
std::string numbers(std::int64_t first, std::int64_t last) {
    return fmt::format("WITH RECURSIVE n (i) AS (VALUES ({}) UNION ALL SELECT i + 1 FROM n WHERE i < {})", first, last);
}

std::int64_t lines_of(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

/// The values of a member over all pages of a list; how many pages there were is left in `pages`.
std::set<std::int64_t> all_of(Shop& shop, const std::string& list, const char* member, int& pages) {
    std::set<std::int64_t> found;
    std::string cursor;
    pages = 0;
    do {
        const auto page = shop.get(list + (cursor.empty() ? "" : "&cursor=" + cursor), shop.owner());
        REQUIRE(page.status == 200);
        for (const auto& row : page.body["data"]) {
            CHECK(found.insert(row.at(member).get<std::int64_t>()).second);
        }
        cursor = page.body["next_cursor"].is_null() ? "" : page.body["next_cursor"].get<std::string>();
        ++pages;
    } while (!cursor.empty());
    return found;
}

}  // namespace

TEST_CASE("orders are listed and exported whole, however their number falls into pages and slices") {
    Shop shop;
    REQUIRE(shop.order({{shop.product({.on_hand = 10}), 1}}).status == 201);
    for (const std::int64_t count : {1, 199, 200, 201, 400, 401}) {
        CAPTURE(count);
        const auto last = number_from(shop, "SELECT max(id) FROM orders");
        if (last < 1000 + count) {
            change(shop, numbers(last + 1, 1000 + count) + R"sql(
                INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                    tax_rate_ppm, managed_by, access_token_hash, placed_at, updated_at)
                SELECT i, 1, 'cancelled', 0, 0, 0, 0, 0, 0, 0, 1, randomblob(32), 0, 0 FROM n)sql");
            change(shop, numbers(last + 1, 1000 + count) + R"sql(
                INSERT INTO order_item (order_id, product_id, sku, name, unit_price, tax, quantity, cancelled)
                SELECT i, 1, 'MUG', 'Mug', 0, 0, 1, 1 FROM n)sql");
        }
        const auto csv = shop.get("/admin/orders/export", shop.owner());
        CHECK(csv.status == 200);
        CHECK(number_from(shop, "SELECT count(*) FROM orders") == count);
        int pages = 0;
        CHECK(static_cast<std::int64_t>(all_of(shop, "/admin/orders?limit=200", "id", pages).size()) == count);
        CHECK(pages == (count + 199) / 200);
        for (std::int64_t id = 1001; id < 1001 + count; ++id) {
            if (csv.text.find(fmt::format("#{},", id)) == std::string::npos) {
                FAIL_CHECK("the export has no order " << id);
            }
        }
    }
}

TEST_CASE("products are listed and exported whole, however their number falls into slices") {
    Shop shop;
    for (const std::int64_t count : {1, 499, 500, 501, 1000, 1001}) {
        CAPTURE(count);
        std::string csv = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n";
        for (std::int64_t i = 0; i < count; ++i) {
            csv += fmt::format("h{0},T{0},S{0},1,1\n", i);
        }
        REQUIRE(shop.send("POST", "/admin/inventory/import", csv, "text/csv", shop.staff()).status / 100 == 2);
        const auto out = shop.get("/admin/inventory/export", shop.owner());
        CHECK(lines_of(out.text) == count + 1);
        int pages = 0;
        CHECK(static_cast<std::int64_t>(all_of(shop, "/products?limit=200", "id", pages).size()) == count);
    }
}

TEST_CASE("the event log is read, and acted upon, whole, however its length falls into pages and batches") {
    Shop shop([](app::Config& config) { config.private_webhooks = true; });
    const Json wanted{{"url", "http://127.0.0.1:1024/"},
                      {"events", Json::array({"order.expired"})}};  // where nobody listens
    const auto made = shop.post("/admin/webhooks", wanted, shop.owner());
    INFO(made.text);
    REQUIRE(made.status == 201);
    shop.drain();
    std::int64_t told = 0;
    for (const std::int64_t more : {1, 499, 500, 501, 1000, 1001}) {
        CAPTURE(more);
        change(shop, numbers(1, more) + R"sql(
            INSERT INTO event (kind, subject, subject_id, body, actor, at)
            SELECT 'order.expired', 'order', i, '{"items":[]}', 'system', 0 FROM n)sql");
        shop.drain();
        told += more;
        CHECK(number_from(shop, "SELECT count(*) FROM webhook_delivery") == told);
        const auto last = number_from(shop, "SELECT max(sequence) FROM event");
        int pages = 0;
        CHECK(static_cast<std::int64_t>(all_of(shop, "/admin/events?after=0&limit=200", "sequence", pages).size()) ==
              last);
        CHECK(pages == (last + 199) / 200);
    }
}

TEST_CASE("the events of a subject are read whole, whether it is rare or frequent") {
    Shop shop;
    for (const std::int64_t count : {1'999, 2'000, 2'001}) {
        CAPTURE(count);
        const auto there = number_from(shop, "SELECT count(*) FROM event WHERE subject = 'thing'");
        change(shop, numbers(there + 1, count) + R"sql(
            INSERT INTO event (kind, subject, subject_id, body, actor, at)
            SELECT 'thing.made', 'thing', 1 + (i * 7919) % 500, '{}', 'system', 0 FROM n)sql");
        int pages = 0;
        const auto found = all_of(shop, "/admin/events?after=0&subject=thing&limit=200", "sequence", pages);
        CHECK(static_cast<std::int64_t>(found.size()) == count);
        CHECK(pages == (count + 199) / 200);
    }
}

TEST_CASE("payments are listed by their orders' status whole, whether few orders have it or many") {
    Shop shop;
    REQUIRE(shop.order({{shop.product({.on_hand = 10}), 1}}).status == 201);
    std::int64_t there = 0;
    for (const std::int64_t count : {1'999, 2'000, 2'001}) {
        CAPTURE(count);
        change(shop, numbers(2001 + there, 2000 + count) + R"sql(
            INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                tax_rate_ppm, managed_by, access_token_hash, placed_at, updated_at)
            SELECT i, 1, 'paid', 0, 0, 0, 0, 0, 0, 0, 1, randomblob(32), 0, 0 FROM n)sql");
        change(shop, numbers(2001 + there, 2000 + count) + R"sql(
            INSERT INTO payment (order_id, amount, method, status, gateway, created_at, updated_at)
            SELECT i, 0, 'bank_transfer', 'succeeded', 'manual', 0, 0 FROM n)sql");
        there = count;
        int pages = 0;
        const auto found = all_of(shop, "/admin/payments?order_status=paid&limit=200", "id", pages);
        CHECK(static_cast<std::int64_t>(found.size()) == count);
        CHECK(pages == (count + 199) / 200);
    }
    CHECK(shop.get("/admin/payments?order_status=pending", shop.viewer()).body["data"].empty());
}

TEST_CASE("orders that are overdue expire all, however their number falls into batches") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1'000'000});
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    std::int64_t last = 1001;
    for (const std::int64_t more : {1, 49, 50, 51, 99, 100, 101, 199, 200, 201, 401}) {
        CAPTURE(more);
        change(shop, numbers(last + 1, last + more) + fmt::format(R"sql(
            INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total,
                                tax_rate_ppm, managed_by, access_token_hash, placed_at, updated_at, expires_at)
            SELECT i, 1, 'pending', 1250, 0, 0, 0, 0, 1250, 0, 1, randomblob(32), {0}, {0}, {0} FROM n)sql",
                                                                  shop.clock().now().ms));
        change(shop, numbers(last + 1, last + more) + fmt::format(R"sql(
            INSERT INTO order_item (order_id, product_id, sku, name, unit_price, tax, quantity)
            SELECT i, {}, 'MUG', 'Mug', 1250, 0, 1 FROM n)sql",
                                                                  mug));
        change(shop, fmt::format("UPDATE product SET reserved = reserved + {} WHERE id = {}", more, mug));
        last += more;
        shop.advance(hours(2));
        shop.drain();
        CHECK(number_from(shop, "SELECT count(*) FROM orders WHERE status = 'pending'") == 0);
    }
    CHECK(number_from(shop, "SELECT reserved FROM product") == 0);
}

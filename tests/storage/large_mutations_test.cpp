// One mutation may be of any size, and upkeep of any size is done in slices.

#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "storage/settings.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

void run_sql(storage::Store& store, const std::string& sql) {
    store.writer().outside_transaction([&](storage::Connection& connection) { connection.execute(sql); });
}

std::int64_t count_of(const storage::View& view, const std::string& sql) {
    return view.value<std::int64_t>(sql).value();
}

/// SQL for `count` copies of one row, with other ids.
std::string copies(storage::Store& store, const std::string& table, std::int64_t id, int count) {
    std::string columns;
    store.read().each(
        "SELECT name FROM pragma_table_info(?1) WHERE name <> 'id'",
        [&](const storage::Row& row) { columns += ", " + row.get<std::string>(0); }, table);
    return fmt::format(
        "INSERT INTO {0} (id{1}) WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {3}) "
        "SELECT {2} + i{1} FROM {0}, n WHERE {0}.id = {2};",
        table, columns, id, count);
}

/// Asks all the while, from another client.
class Beside {
public:
    Beside(Shop& shop, std::int64_t product) {
        thread_ = std::thread([this, &shop, product] {
            while (!stop_) {
                good_ += shop.get("/products").status == 200 ? 1 : 0;
                placed_ += shop.order({{product, 1}}).status == 201 ? 1 : 0;
            }
        });
    }
    ~Beside() { stop(); }

    void stop() {
        stop_ = true;
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    int placed() const { return placed_; }
    int good() const { return good_; }

private:
    std::atomic<bool> stop_ = false;
    std::atomic<int> placed_ = 0;
    std::atomic<int> good_ = 0;
    std::thread thread_;
};

std::string csv(int products, int cents) {
    std::string text = "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n";
    for (int i = 0; i < products; ++i) {
        text += fmt::format("p{0},Product {0},SKU-{0},5,12.{1:02}\n", i, cents);
    }
    return text;
}

}  // namespace

TEST_CASE("R1: a mutation that changes 100,000 rows works, and the others of its batch as well") {
    BareShop shop;
    run_sql(shop.store, R"sql(
        INSERT INTO event (kind, subject, subject_id, body, actor, at)
        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        SELECT 'test.row', 'test', i, '{}', 'system', 0 FROM n
    )sql");
    std::thread beside([&] {
        for (int i = 0; i < 50; ++i) {
            shop.write([&](storage::Transaction& tx) {
                tx.run("INSERT INTO setting (name, value, updated_at) VALUES (?1, '1', 0)", fmt::format("beside{}", i));
            });
        }
    });
    const auto changed = shop.write([](storage::Transaction& tx) {
        return tx.run(R"(UPDATE event SET body = '{"changed":true}' WHERE kind = 'test.row')");
    });
    beside.join();
    CHECK(changed == 100'000);
    const auto view = shop.store.read();
    CHECK(count_of(view, R"(SELECT count(*) FROM event WHERE body = '{"changed":true}')") == 100'000);
    CHECK(count_of(view, "SELECT count(*) FROM setting WHERE name LIKE 'beside%'") == 50);
}

TEST_CASE("R1: a mutation that changed 100,000 rows and is refused rolls back alone") {
    BareShop shop;
    run_sql(shop.store, R"sql(
        INSERT INTO event (kind, subject, subject_id, body, actor, at)
        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        SELECT 'test.row', 'test', i, '{}', 'system', 0 FROM n
    )sql");
    CHECK_THROWS_AS(shop.write([](storage::Transaction& tx) {
        tx.run(R"(UPDATE event SET body = '{"changed":true}')");
        throw std::runtime_error("changed my mind");
    }),
                    std::runtime_error);
    CHECK(count_of(shop.store.read(), R"(SELECT count(*) FROM event WHERE body = '{"changed":true}')") == 0);
    shop.write([](storage::Transaction& tx) { tx.run("UPDATE event SET actor = 'guest' WHERE sequence = 1"); });
}

TEST_CASE("R1: 20,000 products are imported, and again with other prices, while others are answered", "[large]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1'000'000});
    Beside beside(shop, mug);
    for (const int cents : {50, 75}) {
        const auto reply =
            shop.send("POST", "/admin/inventory/import", csv(20'000, cents), "text/csv", shop.staff(), {});
        INFO(reply.text.substr(0, 300));
        REQUIRE(reply.status == 201);
        CHECK(reply.body[cents == 50 ? "added" : "updated"] == 20'000);
    }
    beside.stop();
    CHECK(beside.placed() > 0);
    CHECK(beside.good() > 0);
    CHECK(count_of(shop.store().read(), "SELECT count(*) FROM product WHERE price = 1275") == 20'000);
}

TEST_CASE("R1: an admin who looks after 20,000 orders is deactivated, while others are answered", "[large]") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1'000'000});
    const auto order = shop.order({{mug, 1}}).body["id"].get<std::int64_t>();
    run_sql(shop.store(), copies(shop.store(), "orders", order, 20'000));
    const auto sam = count_of(shop.store().read(), "SELECT id FROM admin_user WHERE username = 'sam'");
    const auto owner = count_of(shop.store().read(), "SELECT id FROM admin_user WHERE username = 'owner'");
    run_sql(shop.store(),
            fmt::format("UPDATE orders SET managed_by = {0}; UPDATE orders SET contact_sealed = NULL, "
                        "address_sealed = NULL, staff_note_sealed = NULL WHERE id > {1}",  // of its row alone
                        sam, order));
    Beside beside(shop, mug);
    const auto reply =
        shop.put(fmt::format("/admin/users/{}", sam), {{"active", false}, {"hand_over_to", owner}}, shop.owner());
    beside.stop();
    INFO(reply.text);
    CHECK(reply.status == 200);
    CHECK(beside.good() > 0);
    CHECK(count_of(shop.store().read(), fmt::format("SELECT count(*) FROM orders WHERE managed_by = {}", sam)) == 0);
    CHECK(count_of(shop.store().read(), "SELECT count(*) FROM event WHERE kind = 'order.reassigned'") >= 20'000);
}

TEST_CASE("R1: 100,000 expired keys are removed in slices, with other mutations in between") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1'000'000});
    shop.drain();
    run_sql(shop.store(), R"sql(
        INSERT INTO idempotency_key (key_hash, request_hash, status, answer_sealed, created_at)
        WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        SELECT randomblob(32), randomblob(32), 201, randomblob(300), 0 FROM n
    )sql");
    const auto before = shop.store().writer().figures().commits;
    shop.advance(hours(2));
    Beside beside(shop, mug);
    shop.drain();
    beside.stop();
    CHECK(count_of(shop.store().read(), "SELECT count(*) FROM idempotency_key WHERE created_at = 0") == 0);
    CHECK(shop.store().writer().figures().commits - before >= 200);
    CHECK(beside.placed() > 0);
}

TEST_CASE("R1: a migration that rewrites a table of 200,000 rows works") {
    const TemporaryFolder folder;
    storage::Store::Options options;
    options.make_new = [](storage::Transaction& tx) { settings::write(tx, "currency", "EUR", {}); };
    {
        storage::Store store(folder.path(), options);
        run_sql(store, R"sql(
            INSERT INTO event (kind, subject, subject_id, body, actor, at)
            WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            SELECT 'test.row', 'test', i, '{}', 'system', 0 FROM n
        )sql");
    }
    const storage::Migration step{.from = storage::kSchemaVersion,
                                  .sql = R"(UPDATE event SET body = '{"version":3}' WHERE kind = 'test.row')"};
    options.schema = {.version = storage::kSchemaVersion + 1, .migrations = {&step, 1}};
    storage::Store store(folder.path(), options);
    CHECK(count_of(store.read(), R"(SELECT count(*) FROM event WHERE body = '{"version":3}')") == 200'000);
}

// Long downloads of orders, and what else is read meanwhile.

#include "app/exports.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "accounts/customer.h"
#include "storage/settings.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Who;

namespace {

constexpr std::int64_t kFirst = 1001;
constexpr std::int64_t kLast = 1400;
constexpr std::size_t kDownloads = budget::kReaders + 2;

constexpr auto kAddProduct = R"sql(
    INSERT INTO product (sku, sku_key, name, name_key, description, price, created_at, updated_at)
    VALUES ('MUG', 'mug', 'Mug', 'mug', '', 100, 0, 0)
)sql";
constexpr auto kAddOrders = R"sql(
    WITH RECURSIVE n (id) AS (SELECT ?1 UNION ALL SELECT id + 1 FROM n WHERE id < ?2)
    INSERT INTO orders (id, customer_id, status, subtotal, discount, shipping, tax, tax_included, total, tax_rate_ppm,
                        managed_by, access_token_hash, placed_at, updated_at)
    SELECT n.id, (SELECT max(id) FROM customer), 'pending', 100, 0, 0, 0, 0, 100, 0, (SELECT max(id) FROM admin_user),
           CAST(n.id AS BLOB), 0, 0 FROM n
)sql";
/// Some 50 KB of each order: together more than what the system takes of a download that nobody reads.
constexpr auto kAddItems = R"sql(
    INSERT INTO order_item (order_id, product_id, sku, name, unit_price, tax, quantity)
    SELECT id, (SELECT max(id) FROM product), 'MUG', hex(zeroblob(25000)), 100, 0, 1 FROM orders WHERE id BETWEEN ?1 AND ?2
)sql";

void add_orders(storage::Transaction& tx, std::int64_t from, std::int64_t to) {
    tx.run(kAddOrders, from, to);
    tx.run(kAddItems, from, to);
}

/// A server whose downloads are as many as the test likes, and a shop with so many orders that one takes a while.
struct Downloads {
    std::atomic<std::size_t> sending = 0;  ///< that are giving a piece to their clients, who do not take it
    Desk desk{[this](api::RouteTable& routes) { add_routes(routes); }, config()};

    Downloads() {
        const auto who = accounts::prepare(desk.store->vault(),
                                           accounts::Contact{.name = "Ada", .email = "ada@example.com", .phone = ""},
                                           BareShop::berlin());
        desk.store->writer().run([&](storage::Transaction& tx) {
            settings::write(tx, "currency", "EUR", {});
            accounts::add_first_owner(tx, {});
            accounts::find_or_add_guest(tx, who, {});
            tx.run(kAddProduct);
            add_orders(tx, kFirst, kLast);
        });
    }

    static api::Config config() {
        api::Config config;
        config.exports = {.all = kDownloads, .each = kDownloads};
        config.deadlines.write = wire::Milliseconds{600'000};  // none of them ends before the test does
        return config;
    }

    void add_routes(api::RouteTable& routes) {
        routes.add({.method = "GET", .path = "/download", .who = Who::viewer, .summary = "Test", .tag = "Test"},
                   [this](api::Request& in) {
                       api::Answer answer{.content_type = "text/csv"};
                       answer.stream = [this, &store = in.store()](const api::Send& send) {
                           app::export_orders(store, std::nullopt, [&](std::string_view piece) {
                               ++sending;
                               const bool wanted = send(piece);
                               --sending;
                               return wanted;
                           });
                       };
                       return answer;
                   });
        routes.add({.method = "GET", .path = "/read", .who = Who::anyone, .summary = "Test", .tag = "Test"},
                   [](api::Request& in) {
                       return api::ok({{"orders", in.read().value<int>("SELECT count(*) FROM orders").value()}});
                   });
        routes.add({.method = "GET", .path = "/holding", .who = Who::viewer, .summary = "Test", .tag = "Test"},
                   [](api::Request& in) {
                       api::Answer answer{.content_type = "text/csv"};
                       answer.stream = [&store = in.store()](const api::Send& send) {
                           const auto reader = store.read();
                           send("one\r\n");
                       };
                       return answer;
                   });
    }

    /// Begins downloads, and waits until none of them goes on.
    std::vector<std::unique_ptr<Wire>> begin(std::size_t count) {
        std::vector<std::unique_ptr<Wire>> clients;
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(std::make_unique<Wire>(desk.port()));
            clients.back()->send("GET /download HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer viewer\r\n\r\n");
        }
        const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        for (int looks = 0; looks < 20 && std::chrono::steady_clock::now() < until;) {
            looks = sending == count ? looks + 1 : 0;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        CHECK(sending == count);
        return clients;
    }
};

std::vector<std::int64_t> orders_in(const std::string& csv) {
    std::vector<std::int64_t> found;
    for (auto at = csv.find("\n#"); at != std::string::npos; at = csv.find("\n#", at + 1)) {
        found.push_back(std::stoll(csv.substr(at + 2, 10)));
    }
    return found;
}

}  // namespace

TEST_CASE("more downloads than there are readers, all of them stuck, keep nobody from reading", "[concurrency]") {
    Downloads shop;
    const auto stuck = shop.begin(kDownloads);
    CHECK(shop.desk.get("/read", "Authorization: Bearer viewer\r\n").status == 200);
    CHECK(shop.desk.get("/read").status == 200);  // nor strangers, for whom two readers more have to be free
}

TEST_CASE("an order that comes during a download is in it once, and so is one that is changed", "[concurrency]") {
    Downloads shop;
    const auto clients = shop.begin(1);
    shop.desk.store->writer().run([&](storage::Transaction& tx) {
        add_orders(tx, kLast + 1, kLast + 1);
        tx.run("UPDATE orders SET status = 'cancelled' WHERE id IN (?1, ?2)", kFirst, kLast);
    });
    const auto reply = clients.front()->reply();
    CHECK(reply.status == 200);
    std::vector<std::int64_t> all;
    for (auto id = kFirst; id <= kLast + 1; ++id) {
        all.push_back(id);
    }
    CHECK(orders_in(reply.content) == all);
    CHECK(reply.content.find(fmt::format("\n#{},,pending,", kFirst)) != std::string::npos);  // it had gone out before
    CHECK(reply.content.find(fmt::format("\n#{},,voided,", kLast)) != std::string::npos);
}

TEST_CASE("a stream that holds a reader while it sends breaks off") {
    Downloads shop;
    Wire wire(shop.desk.port());
    wire.send("GET /holding HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer viewer\r\n\r\n");
    const auto reply = wire.reply();
    CHECK(reply.status == 200);
    CHECK(reply.content.empty());
    CHECK(wire.at_end());  // without the last chunk, which a client of HTTP/1.1 takes for a failure
    CHECK(shop.desk.get("/read").status == 200);
}

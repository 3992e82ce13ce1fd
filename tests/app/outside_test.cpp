// What hangs outside: gateways, the mail server, webhooks; and what it must not hold up here.

#include <SQLiteCpp/SQLiteCpp.h>
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <list>
#include <thread>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/open_shop.h"
#include "base/apart.h"
#include "base/waiting_places.h"
#include "notify/webhook.h"
#include "payments/support.h"
#include "storage/settings.h"
#include "support/in_time.h"
#include "support/program.h"
#include "support/shop.h"
#include "support/silent_server.h"

using namespace orderd;
using namespace orderd::tests;
using std::chrono::steady_clock;

namespace {

constexpr auto kGood = "4242424242424242";
constexpr auto kSlow = "4000000000008005";
constexpr auto kHangsMs = "60000";  ///< the longest that may be set

const std::int64_t kSoonMs = allowed_ms(5'000);

Json card(const std::string& number) {
    return {{"type", "card"}, {"number", number}, {"exp_month", 12}, {"exp_year", 2030}, {"cvc", "737"}};
}

/// Calls that are under way while a test goes on; waited for at its end.
class Meanwhile {
public:
    ~Meanwhile() { wait(); }
    void wait() {
        for (auto& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }
    void run(std::function<void()> call) { threads_.emplace_back(std::move(call)); }

private:
    std::vector<std::thread> threads_;
};

/// A shop in a folder, whose settings are written before anything serves it.
struct Prepared {
    explicit Prepared(const std::function<void(storage::Transaction& tx, Time now)>& settings = {}) {
        const auto csv = folder.path() / "products.csv";
        std::ofstream(csv) << "Handle,Title,Body (HTML),Published,Variant SKU,Variant Inventory Qty,Variant Price\n"
                           << "mug,Mug,A mug,true,MUG,1000000,12.50\n";
        REQUIRE(run_orderd({"import", csv.string(), "--data", folder.path().string()}).exit_code == 0);
        if (settings) {
            const SystemClock clock;
            const auto store = app::open_shop(folder.path(), clock, false);
            store->writer().run([&](storage::Transaction& tx) { settings(tx, clock.now()); });
        }
    }

    std::string text(const std::string& sql) const {
        SQLite::Database database((folder.path() / "shop.db").string(), SQLite::OPEN_READONLY, 60'000);
        SQLite::Statement statement(database, sql);
        return statement.executeStep() ? statement.getColumn(0).getString() : "";
    }

    TemporaryFolder folder;
};

/// A customer of a shop that may end meanwhile.
struct Customer {
    explicit Customer(int port) : client("127.0.0.1", port) { client.set_read_timeout(600); }
    explicit Customer(const Served& served) : Customer(served.port()) {}

    Placed place() {
        const auto answer = client.Post("/orders", Shop::order_body({{1, 1}}).dump(), "application/json");
        REQUIRE(answer);
        REQUIRE(answer->status == 201);
        const auto body = Json::parse(answer->body);
        return {body["id"].get<std::int64_t>(), body["access_token"].get<std::string>()};
    }
    int pay(const Placed& order, const Json& method) {
        const auto answer = client.Post("/payments", httplib::Headers{{"Authorization", "Bearer " + order.token}},
                                        Json{{"order_id", order.id}, {"method", method}}.dump(), "application/json");
        return answer ? answer->status : 0;
    }
    std::string status_of(const Placed& order) {
        const auto answer =
            client.Get("/orders/" + std::to_string(order.id), {{"Authorization", "Bearer " + order.token}});
        return answer ? Json::parse(answer->body)["status"].get<std::string>() : "";
    }

    httplib::Client client;
};

}  // namespace

TEST_CASE("R2: a good card is paid at once beside a hanging webhook, a hanging mail server and hanging charges",
          "[concurrency]") {
    const SilentServer silent;
    Shop shop([&](app::Config& config) {
        config.sandbox_payments = true;
        config.sandbox_slowness_ms = 600'000;
        config.payment_wait_ms = 8'000;
        config.private_webhooks = true;
        config.job_workers = 2;
        config.rate_per_minute = 0;
    });
    REQUIRE(shop.post("/admin/webhooks", {{"url", silent.url()}, {"events", {"*"}}}, shop.owner()).status == 201);
    REQUIRE(shop.put("/admin/settings",
                     {{"mail",
                       {{"host", "127.0.0.1"},
                        {"port", silent.port()},
                        {"security", "none"},
                        {"from_address", "shop@example.com"}}}},
                     shop.owner())
                .status == 200);
    const auto mug = shop.product({.on_hand = 1000});
    for (int i = 0; i < 6; ++i) {
        place(shop, mug);
    }
    REQUIRE(comes_true([&] { return silent.connections() >= 2; }));
    constexpr int kHanging = 12;
    std::atomic<int> accepted = 0;
    Meanwhile meanwhile;
    for (int i = 0; i < kHanging; ++i) {
        meanwhile.run([&, order = place(shop, mug)] { accepted += pay(shop, order, card(kSlow)).status == 202; });
    }
    meanwhile.wait();
    CHECK(accepted == kHanging);
    const auto charging = [&] {
        return shop.store().read().value<int>(
                   "SELECT count(*) FROM job WHERE kind = 'payment.charge' AND status = 'running'") >= kHanging;
    };
    REQUIRE(comes_true(charging));
    Placed order{};
    int status = 0;
    for (int tries = 0; tries < 5 && status != 201; ++tries) {  // a machine that stalls is late with one, not with each
        order = place(shop, mug);
        status = pay(shop, order, card(kGood)).status;
    }
    CHECK(status == 201);
    CHECK(charging());  // it waited for none of them
    CHECK(status_of(shop, order) == "paid");
}

TEST_CASE("X11: requests that wait for a slow gateway leave threads to the others", "[concurrency]") {
    constexpr int kPayments = 280;
    Shop shop([&](app::Config& config) {
        config.sandbox_payments = true;
        config.sandbox_slowness_ms = 600'000;
        config.payment_wait_ms = 600'000;
        config.job_workers = 2;
        config.rate_per_minute = 0;
    });
    const auto mug = shop.product({.on_hand = 1000});
    std::vector<Placed> orders;
    for (int i = 0; i < kPayments; ++i) {
        orders.push_back(place(shop, mug));
    }
    std::atomic<int> answered = 0;
    std::atomic<int> otherwise = 0;
    Meanwhile meanwhile;
    for (const auto& order : orders) {
        meanwhile.run([&, port = shop.port()] {
            // 503: strangers had all the threads that they may have, at the moment in which all of these came.
            const auto status = Customer(port).pay(order, card(kSlow));
            otherwise += status == 202 || status == 503 ? 0 : 1;
            ++answered;
        });
    }
    // Those that find no place are answered long before the others' time is over.
    CHECK(comes_true([&] { return answered >= kPayments / 2; }));
    CHECK(shop.get("/products").status == 200);
    CHECK(answered < kPayments);  // the others still wait
    CHECK(otherwise == 0);
    shop.app().drain();  // which lets them go
}

TEST_CASE("X11: strangers leave waiting places to staff, and all of them leave half of the threads") {
    WaitingPlaces places(256);
    const Caller stranger;
    Caller staff;
    staff.role = Role::staff;
    std::list<WaitingPlaces::Place> taken;
    const auto take = [&](const Caller& caller) {
        auto place = places.take(caller);
        const bool got = place.has_value();
        if (got) {
            taken.push_back(std::move(*place));
        }
        return got;
    };
    for (int i = 0; i < 96; ++i) {
        CHECK(take(stranger));
    }
    CHECK_FALSE(take(stranger));
    for (int i = 0; i < 32; ++i) {
        CHECK(take(staff));
    }
    CHECK_FALSE(take(staff));
    taken.erase(taken.begin());
    CHECK(take(stranger));
    taken.clear();
    CHECK(places.taken() == 0);
    WaitingPlaces few(1);  // however few threads there are, someone may wait
    CHECK(few.take(stranger).has_value());
}

TEST_CASE("R3: after kill -9 during a charge the order is paid as soon as the shop is served again, twice too",
          "[crash]") {
    const bool is_soon = is_in_time(kSoonMs, [] {
        Prepared shop;
        Placed order{};
        for (int kill = 0; kill < 2; ++kill) {
            Served served(shop.folder.path(),
                          {"--sandbox-payments", "--sandbox-slowness-ms", kHangsMs, "--payment-wait-ms", "0"});
            Customer customer(served);
            if (kill == 0) {
                order = customer.place();
                CHECK(customer.pay(order, card(kSlow)) == 202);
            }
            const auto under_way = [&] {
                return shop.text("SELECT status || attempts FROM job WHERE kind = 'payment.charge'") ==
                       "running" + std::to_string(kill + 1);
            };
            REQUIRE(comes_true(under_way));
            served.kill();
        }
        Served served(shop.folder.path(), {"--sandbox-payments", "--sandbox-slowness-ms", "0"});
        const auto begun = steady_clock::now();
        Customer customer(served);
        CHECK(comes_true([&] { return customer.status_of(order) == "paid"; }));
        return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begun).count();
    });
    CHECK(is_soon);
}

TEST_CASE("R3: a command beside the server takes no job from it") {
    constexpr std::int64_t kBeforeItIsCharged = 50'000;
    const bool is_soon = is_in_time(kBeforeItIsCharged, [] {
        Prepared shop;
        const auto data = shop.folder.path().string();
        Served served(shop.folder.path(),
                      {"--sandbox-payments", "--sandbox-slowness-ms", kHangsMs, "--payment-wait-ms", "0"});
        Customer customer(served);
        const auto begun = steady_clock::now();
        CHECK(customer.pay(customer.place(), card(kSlow)) == 202);
        const auto under_way = [&] {
            return shop.text("SELECT status || attempts FROM job WHERE kind = 'payment.charge'") == "running1";
        };
        REQUIRE(comes_true(under_way));
        CHECK(run_orderd({"import", (shop.folder.path() / "products.csv").string(), "--data", data}).exit_code == 0);
        CHECK(run_orderd({"check", "--data", data}).exit_code == 0);
        const bool still = under_way();
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begun).count();
        CHECK((still || took >= kBeforeItIsCharged));
        return took;
    });
    CHECK(is_soon);
}

TEST_CASE("R11: SIGTERM during a charge that hangs ends the server within 5 seconds, and the order is paid later",
          "[crash]") {
    Prepared shop;
    std::vector<Placed> orders;
    const bool is_soon = is_in_time(kSoonMs, [&] {
        Served served(shop.folder.path(),
                      {"--sandbox-payments", "--sandbox-slowness-ms", kHangsMs, "--payment-wait-ms", kHangsMs});
        Customer customer(served);
        orders.push_back(customer.place());
        std::atomic<int> answered = 0;
        Meanwhile meanwhile;
        meanwhile.run([&] { answered = Customer(served).pay(orders.back(), card(kSlow)); });
        const auto under_way = [&] {
            return shop.text(
                       "SELECT CAST(count(*) AS TEXT) FROM job WHERE kind = 'payment.charge' AND status = 'running'") ==
                   std::to_string(orders.size());
        };
        REQUIRE(comes_true(under_way));
        const auto [code, took] = served.terminate();
        CHECK(code == 0);
        meanwhile.wait();
        return answered == 202 ? took : kSoonMs;  // who waited was answered as well
    });
    CHECK(is_soon);
    CHECK(shop.text("SELECT group_concat(DISTINCT status) FROM job WHERE kind = 'payment.charge'") == "ready");
    Served served(shop.folder.path(), {"--sandbox-payments", "--sandbox-slowness-ms", "0"});
    Customer customer(served);
    for (const auto& order : orders) {
        CHECK(comes_true([&] { return customer.status_of(order) == "paid"; }));
    }
}

TEST_CASE("R11: SIGTERM while a gateway, a webhook, and the mail server hang ends the server within 5 seconds",
          "[crash]") {
    const std::string scheme = GENERATE("http", "https");  // https: the handshake hangs
    const bool is_soon = is_in_time(kSoonMs, [&] {
        const SilentServer gateway;
        const SilentServer receiver;
        const SilentServer mail;
        Prepared shop([&](storage::Transaction& tx, Time now) {
            settings::write(tx, "stripe_publishable_key", "pk_test_shown", now);
            settings::write(tx, "mail",
                            {{"host", "127.0.0.1"},
                             {"port", mail.port()},
                             {"security", scheme == "https" ? "tls" : "none"},
                             {"from_address", "shop@example.com"}},
                            now);
            notify::add_webhook(tx, {.url = receiver.url(scheme), .description = "", .kinds = {"*"}}, Actor::system(),
                                now);
        });
        const auto key = shop.folder.path() / "stripe.key";
        std::ofstream(key) << "sk_test_51OrderdTestsUseThisOneAlone";
        Served served(shop.folder.path(),
                      {"--stripe-url", gateway.url(scheme), "--stripe-key-file", key.string(), "--stripe-timeout-ms",
                       kHangsMs, "--smtp-timeout-ms", kHangsMs, "--private-webhooks", "--payment-wait-ms", "0"});
        Customer customer(served);
        CHECK(customer.pay(customer.place(), {{"type", "card"}, {"token", "pm_card_visa"}}) == 202);
        REQUIRE(comes_true(
            [&] { return gateway.connections() > 0 && receiver.connections() > 0 && mail.connections() > 0; }));
        const auto [code, took] = served.terminate();
        CHECK(code == 0);
        CHECK(shop.text("SELECT group_concat(DISTINCT status) FROM job WHERE lane IN ('money', 'mail', 'webhooks')") ==
              "ready");
        CHECK(run_orderd({"check", "--data", shop.folder.path().string()}).exit_code == 0);
        return took;
    });
    CHECK(is_soon);
}

namespace {

/// Makes so many unpaid orders of the one that a shop has, whose time is over.
void fill_with_overdue(const Prepared& shop, int count) {
    const SystemClock clock;
    const auto store = app::open_shop(shop.folder.path(), clock, false);
    store->writer().run([&](storage::Transaction& tx) {
        const auto copied = [&](const std::string& table, const std::string& changes) {
            std::string columns;
            std::string values;
            tx.each(
                "SELECT name FROM pragma_table_info(?1)",
                [&](const storage::Row& row) {
                    const auto name = row.get<std::string>(0);
                    const auto change = changes.find(name + ":");
                    columns += (columns.empty() ? "" : ", ") + name;
                    values += (values.empty() ? "" : ", ") +
                              (change == std::string::npos
                                   ? name
                                   : changes.substr(change + name.size() + 1,
                                                    changes.find(';', change) - change - name.size() - 1));
                },
                table);
            tx.run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                   std::to_string(count - 1) + ") INSERT INTO " + table + " (" + columns + ") SELECT " + values +
                   " FROM " + table + ", n");
        };
        copied("orders", "id:id + i;access_token_hash:randomblob(32);contact_sealed:NULL;address_sealed:NULL;");
        copied("order_item", "id:id + i;order_id:order_id + i;");
        tx.run(
            "UPDATE product SET reserved = (SELECT sum(quantity) FROM order_item), "
            "last_order = (SELECT max(order_id) FROM order_item)");
        tx.run("UPDATE orders SET expires_at = ?1", clock.now() - seconds(1));
        tx.run("UPDATE job SET run_at = ?1 WHERE kind = 'order.expire'", clock.now() - seconds(1));
    });
}

}  // namespace

TEST_CASE("R11: SIGTERM while very many orders expire ends the server within 5 seconds; the rest expires later",
          "[crash]") {
    constexpr int kOrders = 60'000;
    const bool is_soon = is_in_time(kSoonMs, [] {
        Prepared shop;
        {
            Served served(shop.folder.path());
            Customer(served).place();
            served.terminate();
        }
        fill_with_overdue(shop, kOrders);
        const auto expired = [&] {
            return std::stoi(shop.text("SELECT CAST(count(*) AS TEXT) FROM orders WHERE status = 'expired'"));
        };
        Served served(shop.folder.path());
        REQUIRE(comes_true([&] { return expired() > 0; }));
        const auto [code, took] = served.terminate();
        CHECK(code == 0);
        CHECK(run_orderd({"check", "--data", shop.folder.path().string()}).exit_code == 0);
        const int by_then = expired();
        if (by_then == kOrders) {
            return kSoonMs;  // where this process stalled, all of them had the time
        }
        Served again(shop.folder.path());
        CHECK(comes_true([&] { return expired() > by_then; }));
        return std::max(took, again.terminate().second);
    });
    CHECK(is_soon);
}

TEST_CASE("R11: whoever waits for a call that hangs goes when the program ends, whatever it hangs in") {
    Apart apart;
    const auto release = std::make_shared<std::atomic<bool>>(false);
    std::thread ending([&] {
        while (Apart::running() == 0) {
            std::this_thread::yield();
        }
        apart.stop();
    });
    const auto result = apart.run([release] {
        while (!*release) {
            std::this_thread::yield();
        }
        return 1;
    });
    ending.join();
    CHECK_FALSE(result);
    CHECK(Apart::running() == 1);
    *release = true;
    CHECK(comes_true([] { return Apart::running() == 0; }));
    CHECK_FALSE(apart.run([] { return 1; }));

    Apart other;
    CHECK(other.run([] { return 1; }) == 1);
    CHECK_THROWS_AS(other.run([]() -> int { throw std::runtime_error("no"); }), std::runtime_error);
}

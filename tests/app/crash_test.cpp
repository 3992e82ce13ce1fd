#include <httplib.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "app/open_shop.h"
#include "base/budgets.h"
#include "paths.h"
#include "support/in_time.h"
#include "support/program.h"
#include "support/shop.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// Makes a shop with one product, through the command line alone.
void import_mugs(const std::filesystem::path& folder, int stock) {
    const auto csv = folder / "products.csv";
    {
        std::ofstream file(csv);
        file << "Handle,Title,Body (HTML),Published,Variant SKU,Variant Inventory Qty,Variant Price\n"
             << "mug,Mug,A mug,true,MUG," << stock << ",12.50\n";
    }
    REQUIRE(run_orderd({"import", csv.string(), "--data", folder.string()}).exit_code == 0);
}

/// Customers who order one mug after the other until they are told to stop.
class Customers {
public:
    /// `on_accepted` is called on their threads.
    Customers(int count, int port, const std::function<void(const httplib::Response&)>& on_accepted) {
        for (int i = 0; i < count; ++i) {
            threads_.emplace_back([this, port, on_accepted] {
                httplib::Client client("127.0.0.1", port);
                client.set_keep_alive(true);
                const auto body = Shop::order_body({{1, 1}}).dump();
                while (!stop_) {
                    const auto answer = client.Post("/orders", body, "application/json");
                    if (answer && answer->status == 201) {
                        on_accepted(*answer);
                    }
                }
            });
        }
    }
    ~Customers() { stop(); }

    void stop() {
        stop_ = true;
        for (auto& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }

private:
    std::atomic<bool> stop_ = false;
    std::vector<std::thread> threads_;
};

struct Acknowledged {
    std::int64_t id;
    std::string token;
};

}  // namespace

TEST_CASE("kill -9 under load, again and again: every acknowledged order is there", "[crash]") {
    const int rounds = std::string_view(tests::kSanitizers).empty() ? 50 : 5;
    const TemporaryFolder folder;
    import_mugs(folder.path(), 1'000'000);
    std::vector<Acknowledged> acknowledged;
    std::mutex mutex;

    for (int round = 0; round < rounds; ++round) {
        Served served(folder.path());
        std::atomic<int> placed = 0;
        Customers customers(8, served.port(), [&](const httplib::Response& answer) {
            const auto order = Json::parse(answer.body);
            const std::lock_guard lock(mutex);
            acknowledged.push_back({order["id"], order["access_token"]});
            ++placed;
        });
        // The kill comes at another point of the load each time, counted in orders, not in time.
        while (placed < 3 + round % 17) {
            std::this_thread::yield();
        }
        served.kill();
        customers.stop();
    }

    Served served(folder.path());
    httplib::Client client("127.0.0.1", served.port());
    client.set_keep_alive(true);
    std::set<std::int64_t> numbers;
    for (const auto& order : acknowledged) {
        const auto answer =
            client.Get("/orders/" + std::to_string(order.id), {{"Authorization", "Bearer " + order.token}});
        REQUIRE(answer);
        INFO("order " << order.id);
        CHECK(answer->status == 200);
        CHECK(numbers.insert(order.id).second);
    }
    CHECK(static_cast<int>(acknowledged.size()) >= 3 * rounds);
    served.terminate();
    const auto check = run_orderd({"check", "--data", folder.path().string()});
    INFO(check.out);
    CHECK(check.exit_code == 0);
}

TEST_CASE("64 clients order a product with 1,000 in stock 3,000 times: exactly 1,000 are accepted",
          "[crash][concurrency]") {
    const TemporaryFolder folder;
    import_mugs(folder.path(), 1000);
    Served served(folder.path());
    std::atomic<int> left = 3000;
    std::atomic<int> accepted = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> other = 0;
    std::vector<std::thread> customers;
    for (int i = 0; i < 64; ++i) {
        customers.emplace_back([&] {
            httplib::Client client("127.0.0.1", served.port());
            client.set_keep_alive(true);
            client.set_read_timeout(300);
            const auto body = Shop::order_body({{1, 1}}).dump();
            while (left.fetch_sub(1) > 0) {
                auto answer = client.Post("/orders", body, "application/json");
                for (int tries = 0; tries < 20 && answer && answer->status == 503; ++tries) {
                    answer = client.Post("/orders", body, "application/json");  // the machine stalled: nothing was done
                }
                ++(answer && answer->status == 201 ? accepted : answer && answer->status == 409 ? refused : other);
            }
        });
    }
    for (auto& customer : customers) {
        customer.join();
    }
    CHECK(accepted == 1000);
    CHECK(refused == 2000);
    CHECK(other == 0);
    const auto check = run_orderd({"check", "--data", folder.path().string()});
    INFO(check.out);
    CHECK(check.exit_code == 0);
}

TEST_CASE("SIGTERM under load: what was acknowledged is there, and the exit is clean and soon", "[crash]") {
    const TemporaryFolder folder;
    import_mugs(folder.path(), 1'000'000);
    std::atomic<int> placed = 0;
    const bool is_soon = is_in_time(allowed_ms(10'000), [&] {  // a bound on "within seconds", not a measurement
        Served served(folder.path());
        const int before = placed;
        Customers customers(16, served.port(), [&](const httplib::Response&) { ++placed; });
        while (placed < before + 50) {
            std::this_thread::yield();
        }
        const auto [code, took] = served.terminate();
        customers.stop();
        CHECK(code == 0);
        return took;
    });
    CHECK(is_soon);
    const auto check = run_orderd({"check", "--data", folder.path().string()});
    CHECK(check.exit_code == 0);
    const auto store = app::open_shop(folder.path(), SystemClock(), false);
    CHECK(store->read().value<int>("SELECT count(*) FROM orders").value() >= placed);
}

TEST_CASE("an import that is killed midway is gone on with by the same file, and nothing is counted twice", "[crash]") {
    constexpr int kRows = 6'000;
    const TemporaryFolder folder;
    const auto data = folder.path().string();
    import_mugs(folder.path(), 5);
    const auto csv = folder.path() / "many.csv";
    {
        std::ofstream file(csv);
        file << "Handle,Title,Body (HTML),Published,Variant SKU,Variant Inventory Qty,Variant Price\n";
        for (int i = 0; i < kRows; ++i) {
            file << "p" << i << ",Product " << i << ",Text,true,SKU-" << i << ",1,1.00\n";
        }
    }
    const auto count = [&](const std::string& what) {
        const auto store = app::open_shop(folder.path(), SystemClock(), false);
        return store->read().value<int>("SELECT count(*) FROM " + what).value();
    };
    REQUIRE(kill_orderd_at({"import", csv.string(), "--data", data}, "Importing"));
    const int stored = count("product") - 1;
    CHECK(stored < kRows);
    CHECK(stored % static_cast<int>(budget::kImportSlice) == 0);
    CHECK(run_orderd({"check", "--data", data}).exit_code == 0);

    REQUIRE(run_orderd({"import", csv.string(), "--data", data}).exit_code == 0);
    CHECK(count("product") == kRows + 1);
    CHECK(count("inventory_movement WHERE reason = 'received'") == kRows + 1);
    CHECK(run_orderd({"check", "--data", data}).exit_code == 0);
    CHECK(run_orderd({"import", "--undo", stored > 0 ? "3" : "2", "--data", data}).exit_code == 0);
    CHECK(count("product") == stored + 1);
    if (stored > 0) {
        CHECK(run_orderd({"import", "--undo", "2", "--data", data}).exit_code == 0);
    }
    CHECK(count("product") == 1);
}

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <latch>
#include <optional>
#include <stdexcept>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "storage/events.h"
#include "storage/held.h"
#include "storage/settings.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kPut = "INSERT INTO setting (name, value, updated_at) VALUES (?1, ?2, 0)";

std::int64_t settings_named(storage::Store& store, std::string_view pattern) {
    return store.read().value<std::int64_t>("SELECT count(*) FROM setting WHERE name LIKE ?1", pattern).value();
}

}  // namespace

TEST_CASE("mutations that wait are committed together, and one that throws rolls back alone", "[concurrency]") {
    BareShop shop;
    const auto before = shop.store.writer().figures();
    std::atomic<int> failed = 0;
    {
        Held held(shop.store);
        std::vector<std::thread> callers;
        for (int i = 0; i < 10; ++i) {
            callers.emplace_back([&, i] {
                try {
                    shop.write([&](storage::Transaction& tx) {
                        tx.run(kPut, "batch" + std::to_string(i), "1");
                        if (i % 3 == 0) {
                            throw std::runtime_error("changed my mind");
                        }
                    });
                } catch (const std::runtime_error&) {
                    ++failed;
                }
            });
        }
        wait_until_waiting(shop.store, 10);
        held.release();
        for (auto& caller : callers) {
            caller.join();
        }
    }
    CHECK(failed == 4);
    CHECK(settings_named(shop.store, "batch%") == 6);
    CHECK(shop.store.writer().figures().commits == before.commits + 1);
}

TEST_CASE("a transaction that could not be rolled back is not in the way of the next one") {
    BareShop shop;
    // As a ROLLBACK leaves it that had no memory to run with.
    shop.store.writer().outside_transaction([](storage::Connection& connection) {
        connection.execute("BEGIN IMMEDIATE");
        connection.lease("INSERT INTO setting (name, value, updated_at) VALUES ('left', '1', 0)").step();
    });
    CHECK_NOTHROW(shop.write([](storage::Transaction& tx) { tx.run(kPut, "next", "1"); }));
    CHECK(settings_named(shop.store, "next") == 1);
    CHECK(settings_named(shop.store, "left") == 0);
}

TEST_CASE("the writer's queue has a bound: one more is told that it is busy", "[concurrency]") {
    BareShop maker;
    const TemporaryFolder folder;
    storage::Store::Options options;
    options.limits.queue = 2;
    options.make_new = [](storage::Transaction& tx) { settings::write(tx, "currency", "EUR", {}); };
    storage::Store store(folder.path(), std::move(options));
    std::vector<std::thread> callers;
    {
        Held held(store);
        for (int i = 0; i < 2; ++i) {
            callers.emplace_back([&, i] {
                store.writer().run([&](storage::Transaction& tx) { tx.run(kPut, "q" + std::to_string(i), "1"); });
            });
        }
        wait_until_waiting(store, 2);
        CHECK_THROWS_AS(store.writer().run([](storage::Transaction&) {}), storage::Busy);
        held.release();
    }
    for (auto& caller : callers) {
        caller.join();
    }
    CHECK(settings_named(store, "q_") == 2);
}

TEST_CASE("a commit that fails answers every caller of it with an error, and none of it is there", "[concurrency]") {
    BareShop shop;
    // No room: the database may not grow by a page.
    shop.store.writer().outside_transaction([](storage::Connection& connection) {
        std::int64_t pages = 0;
        {
            auto lease = connection.lease("PRAGMA page_count");
            REQUIRE(lease.step());
            pages = storage::Row(lease.get()).get<std::int64_t>(0);
        }
        connection.lease("PRAGMA max_page_count = " + std::to_string(pages)).step();
    });
    const std::string large(200'000, 'x');
    std::atomic<int> failed = 0;
    {
        Held held(shop.store);
        std::vector<std::thread> callers;
        for (int i = 0; i < 4; ++i) {
            callers.emplace_back([&, i] {
                try {
                    shop.write([&](storage::Transaction& tx) {
                        tx.run(kPut, "full" + std::to_string(i), i == 2 ? '"' + large + '"' : "1");
                    });
                } catch (const std::exception&) {
                    ++failed;
                }
            });
        }
        wait_until_waiting(shop.store, 4);
        held.release();
        for (auto& caller : callers) {
            caller.join();
        }
    }
    CHECK(failed == 4);
    CHECK(settings_named(shop.store, "full%") == 0);

    // It recovers by itself once there is room.
    shop.store.writer().outside_transaction(
        [](storage::Connection& connection) { connection.lease("PRAGMA max_page_count = 1000000").step(); });
    shop.write([&](storage::Transaction& tx) { tx.run(kPut, "full", '"' + large + '"'); });
    CHECK(settings_named(shop.store, "full") == 1);
}

TEST_CASE("a reader sees one moment, whatever is written meanwhile") {
    BareShop shop;
    const auto reader = shop.store.read();
    CHECK(reader.value<int>("SELECT count(*) FROM setting WHERE name = 'later'") == 0);
    const auto later = std::async(std::launch::async, [&] {
        shop.write([](storage::Transaction& tx) { tx.run(kPut, "later", "1"); });
        return shop.store.read().value<int>("SELECT count(*) FROM setting WHERE name = 'later'").value();
    });
    CHECK(later.wait_for(std::chrono::seconds(60)) == std::future_status::ready);
    CHECK(reader.value<int>("SELECT count(*) FROM setting WHERE name = 'later'") == 0);
    CHECK(shop.store.read_apart().value<int>("SELECT count(*) FROM setting WHERE name = 'later'") == 1);
}

TEST_CASE("a thread that holds a reader waits for no other, and not for the writer") {
    BareShop shop;
    {
        const auto reader = shop.store.read();
        CHECK_THROWS_AS(shop.store.read(), std::logic_error);
        CHECK_THROWS_AS(shop.write([](storage::Transaction&) {}), std::logic_error);
        settings::Currency currency(shop.store);
        CHECK(currency.code() == settings::currency(reader));
    }
    CHECK_NOTHROW(shop.store.read());
    CHECK_THROWS_AS(shop.write([&](storage::Transaction&) { shop.store.read(); }), std::logic_error);
}

TEST_CASE("what would make the writer wait for itself throws in every build, and nothing of it is stored") {
    BareShop shop;
    auto& writer = shop.store.writer();
    const auto waits_for = [&](const std::function<void()>& itself) {
        CHECK_THROWS_AS(shop.write([&](storage::Transaction& tx) {
            tx.run(kPut, "outer", "1");
            itself();
        }),
                        std::logic_error);
        CHECK_THROWS_AS(writer.outside_transaction([&](storage::Connection&) { itself(); }), std::logic_error);
    };
    waits_for([&] { writer.run([](storage::Transaction& tx) { tx.run(kPut, "inner", "1"); }); });
    waits_for([&] { writer.outside_transaction([](storage::Connection&) {}); });
    waits_for([&] { writer.stop(); });
    waits_for([&] { shop.store.read(); });
    CHECK(settings_named(shop.store, "outer") == 0);
    CHECK(settings_named(shop.store, "inner") == 0);
    // The writer goes on as if nothing had been asked.
    shop.write([](storage::Transaction& tx) { tx.run(kPut, "outer", "1"); });
    CHECK(settings_named(shop.store, "outer") == 1);
}

TEST_CASE("a store without a reader is refused: whoever reads would wait without end") {
    BareShop shop;
    storage::Store::Options none;
    none.readers = 0;
    CHECK_THROWS_AS(storage::Store(shop.folder.path(), none), std::logic_error);
    none.readers = 1;
    CHECK_NOTHROW(storage::Store(shop.folder.path(), none).read());
}

TEST_CASE("readers cannot write") {
    BareShop shop;
    storage::Connection reader(shop.store.files().database, storage::Connection::Mode::read_only);
    CHECK_THROWS_AS(reader.lease("DELETE FROM setting").step(), SQLite::Exception);
}

TEST_CASE("the event sequence has no gap, also after a rollback", "[concurrency]") {
    BareShop shop;
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&, i] {
            for (int turn = 0; turn < 10; ++turn) {
                try {
                    shop.write([&](storage::Transaction& tx) {
                        events::record(tx, "test.done", {"setting", 0}, Json::object(), Actor::system(),
                                       shop.clock.now());
                        if ((i + turn) % 4 == 0) {
                            throw std::runtime_error("not after all");
                        }
                    });
                } catch (const std::runtime_error&) {
                    continue;
                }
            }
        });
    }
    for (auto& caller : callers) {
        caller.join();
    }
    const auto reader = shop.store.read();
    CHECK(reader.value<int>("SELECT count(*) FROM event WHERE kind = 'test.done'") == 60);
    CHECK(reader.value<int>("SELECT max(sequence) - count(*) FROM event") == 0);
}

TEST_CASE("a long log is copied beside the writer, and begins anew while mutations go on", "[concurrency]") {
    const TemporaryFolder folder;
    storage::Store::Options options;
    options.limits.log_pages = 200;
    options.make_new = [](storage::Transaction& tx) { settings::write(tx, "currency", "EUR", {}); };
    std::optional<storage::Store> store(std::in_place, folder.path(), options);
    const auto log_bytes = [&] {
        return static_cast<std::int64_t>(std::filesystem::file_size(store->files().database.string() + "-wal"));
    };
    constexpr std::int64_t kFrame = 4096 + 24;  // and its header in the log
    const std::string value = '"' + std::string(20'000, 'x') + '"';
    const auto write = [&](int from, int count) {
        for (int i = from; i < from + count; ++i) {
            store->writer().run([&](storage::Transaction& tx) { tx.run(kPut, fmt::format("long {}", i), value); });
        }
    };

    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&, i] { write(i * 1000, 700); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(settings_named(*store, "long %") == 2100);
    const auto written = 2100 * 5 * kFrame;
    CHECK(log_bytes() < 9 * options.limits.log_pages * kFrame);  // as far as the writer lets it grow, and a batch
    CHECK(log_bytes() < written / 4);

    // A reader of an old snapshot needs the log: it grows, and is no longer than before once the reader is gone.
    {
        const auto old = store->read();
        CHECK(old.value<std::int64_t>("SELECT count(*) FROM setting WHERE name LIKE 'long %'") == 2100);
        std::thread([&] { write(10'000, 600); }).join();
        CHECK(old.value<std::int64_t>("SELECT count(*) FROM setting WHERE name LIKE 'long %'") == 2100);
    }
    const auto grown = log_bytes();
    CHECK(grown > 600 * 5 * kFrame);
    write(20'000, 1000);
    CHECK(log_bytes() < grown + 2 * options.limits.log_pages * kFrame);  // 5,000 pages were written
    store.reset();
    CHECK(settings_named(store.emplace(folder.path(), options), "long %") == 3700);
}

namespace {

/// Asks for its own mutations while the first one waits: of each it keeps how it ended.
struct Meanwhile final : Others {
    bool go_on() override {
        if (asked_for) {
            return false;
        }
        asked_for = true;
        store->writer().run([](storage::Transaction& tx) { tx.run(kPut, "second", "2"); });
        try {
            store->writer().run([](storage::Transaction&) { throw std::runtime_error("changed my mind"); });
        } catch (const std::runtime_error&) {
            refused = true;
        }
        return true;
    }

    storage::Store* store = nullptr;
    bool asked_for = false;
    bool refused = false;
};

}  // namespace

TEST_CASE("without a thread, a mutation runs on its caller's, with those that come meanwhile") {
    const TemporaryFolder folder;
    Meanwhile others;
    storage::Store store(folder.path(), {.make_new = [](storage::Transaction&) {}, .limits = {.others = &others}});
    others.store = &store;
    const auto before = store.writer().figures();
    const auto caller = std::this_thread::get_id();
    store.writer().run([&](storage::Transaction& tx) {
        CHECK(std::this_thread::get_id() == caller);
        CHECK(store.writer().runs_here());
        tx.run(kPut, "first", "1");
        CHECK_THROWS_AS(store.writer().run([](storage::Transaction&) {}), std::logic_error);
    });
    CHECK(others.refused);
    CHECK_FALSE(store.writer().runs_here());
    CHECK(settings_named(store, "first") + settings_named(store, "second") == 2);
    const auto after = store.writer().figures();
    CHECK(after.mutations - before.mutations == 3);
    CHECK(after.commits - before.commits == 2);  // the first two together, the one that threw alone
}

// What becomes of a shop whose disk fails, or whose files are taken away.

#include <fcntl.h>
#include <fmt/format.h>
#include <httplib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "storage/backup.h"
#include "storage/key_file.h"
#include "storage/opening.h"
#include "support/faulty_disk.h"
#include "support/program.h"
#include "support/said.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

using std::chrono::steady_clock;

/// Asks /readyz until it has the status, for a minute at most.
Reply ready_becomes(Shop& shop, int status) {
    const auto end = steady_clock::now() + std::chrono::seconds(60);
    auto reply = shop.get("/readyz");
    while (reply.status != status && steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        reply = shop.get("/readyz");
    }
    return reply;
}

std::int64_t orders_in(const storage::View& view) {
    return view.value<std::int64_t>("SELECT count(*) FROM orders").value();
}

Json trouble_shown(Shop& shop) { return shop.get("/admin/stats", shop.viewer()).body["storage_trouble"]; }

}  // namespace

TEST_CASE("R4: a shop whose log is removed takes no more orders, says so, and keeps what it took") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    std::filesystem::remove(shop.store().files().log());

    SECTION("at the next order") {
        const auto refused = shop.order({{mug, 1}});
        CHECK(refused.status == 503);
        CHECK(refused.code() == "storage_lost");
    }
    SECTION("without one, within a second") { CHECK(ready_becomes(shop, 503).status == 503); }
    const auto not_ready = ready_becomes(shop, 503);
    CHECK(not_ready.code() == "not_ready");
    CHECK(not_ready.body["detail"].get<std::string>().find("shop.db-wal was removed") != std::string::npos);
    CHECK(trouble_shown(shop)["kind"] == "files_gone");
    CHECK(shop.order({{mug, 1}}).code() == "storage_lost");
    CHECK(shop.get("/healthz").status == 200);

    shop.restart();
    CHECK(shop.get("/readyz").status == 200);
    CHECK(orders_in(shop.store().read()) == 1);
    CHECK(shop.order({{mug, 1}}).status == 201);
    shop.check_invariants();
}

TEST_CASE("R4: a shop whose folder, database or lock is taken away takes no more orders") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    const auto& files = shop.store().files();
    SECTION("folder removed") { std::filesystem::remove_all(files.folder); }
    SECTION("folder moved") {
        const TemporaryFolder elsewhere;
        std::filesystem::rename(files.folder, elsewhere.path() / "shop");
        CHECK(shop.order({{mug, 1}}).code() == "storage_lost");
    }
    SECTION("database removed") { std::filesystem::remove(files.database); }
    SECTION("lock removed") { std::filesystem::remove(files.lock); }
    SECTION("database replaced") {
        const auto copy = files.folder / "copy.db";
        std::filesystem::copy_file(files.database, copy);
        std::filesystem::rename(copy, files.database);
    }
    CHECK(shop.order({{mug, 1}}).code() == "storage_lost");
    CHECK(ready_becomes(shop, 503).status == 503);
}

TEST_CASE("R4: what someone put in the place of a shop's log is left alone at the end") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    const auto log = shop.store().files().log();
    std::filesystem::remove(log);
    std::ofstream(log) << "another's";
    CHECK(shop.order({{mug, 1}}).code() == "storage_lost");
    shop.app().drain();
    CHECK(std::filesystem::file_size(log) == 9);
    std::filesystem::remove(log);
}

TEST_CASE("R5: what SQLite found no room for is a full disk, though it has some by then") {
    const auto error = storage::explained("shop.db", SQLite::Exception("database or disk is full", SQLITE_FULL));
    CHECK(error.trouble() == storage::Trouble::no_space);
    CHECK(std::string(error.what()).find("no room left for shop.db") != std::string::npos);
}

TEST_CASE("R8: a commit whose sync fails is answered as unknown, and the same key learns what became of it") {
    Shop shop;
    FaultyDisk disk(shop.folder());
    const auto mug = shop.product({.on_hand = 100});
    const Headers key{{"Idempotency-Key", "order-1"}};
    disk.fail_syncs();
    const auto unknown = shop.order({{mug, 1}}, key);
    CHECK(unknown.status == 500);
    CHECK(unknown.code() == "outcome_unknown");
    CHECK(unknown.body["detail"].get<std::string>().find("same Idempotency-Key") != std::string::npos);

    // A crash now: the order may be there, as the answer said.
    const TemporaryFolder crashed;
    for (const auto* file : {"shop.db", "shop.db-wal", "shop.key"}) {
        std::filesystem::copy_file(shop.folder() / file, crashed.path() / file);
    }
    {
        storage::Store after(crashed.path(), {});
        CHECK(orders_in(after.read()) == 1);
    }

    // Nothing is taken while the disk does not say that it keeps it, and that is certain.
    const auto refused = shop.order({{mug, 1}}, {{"Idempotency-Key", "order-2"}});
    CHECK(refused.status == 503);
    CHECK(refused.code() == "storage_failed");
    CHECK(ready_becomes(shop, 503).status == 503);
    CHECK(orders_in(shop.store().read()) == 0);

    disk.mend();
    CHECK(ready_becomes(shop, 200).status == 200);
    const auto done = shop.order({{mug, 1}}, key);
    CHECK(done.status == 201);
    const auto again = shop.order({{mug, 1}}, key);
    CHECK(again.status == 201);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(again.body["id"] == done.body["id"]);
    CHECK(orders_in(shop.store().read()) == 1);
    shop.check_invariants();
}

TEST_CASE("R8: once the disk is well again, a crash brings nothing back of what was refused") {
    Shop shop;
    FaultyDisk disk(shop.folder());
    const auto mug = shop.product({.on_hand = 100});
    disk.fail_syncs();
    REQUIRE(shop.order({{mug, 1}}).code() == "outcome_unknown");
    disk.mend();
    REQUIRE(ready_becomes(shop, 200).status == 200);
    const TemporaryFolder crashed;
    for (const auto* file : {"shop.db", "shop.db-wal", "shop.key"}) {
        std::filesystem::copy_file(shop.folder() / file, crashed.path() / file);
    }
    storage::Store after(crashed.path(), {});
    CHECK(orders_in(after.read()) == 0);
}

TEST_CASE("a file whose folder cannot be synced is refused, and is not left there") {
    Shop shop;
    const auto target = shop.folder() / "shop-backup.db";
    const auto key = shop.folder() / "shop.key.copy";
    const auto& files = shop.store().files();
    const auto last_sync_fails = [&](const auto& make, const std::filesystem::path& made) {
        FaultyDisk disk(shop.folder());
        disk.fail({.error = EIO, .calls = only({Call::sync}), .at = 0});
        make();
        const auto syncs = disk.seen();
        std::filesystem::remove(made);
        disk.fail({.error = EIO, .calls = only({Call::sync}), .at = syncs});
        CHECK_THROWS_WITH(make(), Catch::Matchers::ContainsSubstring(made.string()));
        CHECK(disk.struck() == 1);
        CHECK_FALSE(std::filesystem::exists(made));
    };
    last_sync_fails([&] { storage::backup(files.database, target); }, target);
    last_sync_fails([&] { storage::save_key_file(key, storage::read_key_file(files.key)); }, key);
    FaultyDisk full(shop.folder());
    full.fail({.error = 0, .calls = only({Call::write}), .at = 1});
    CHECK_THROWS(storage::save_key_file(key, storage::read_key_file(files.key)));
    CHECK_FALSE(std::filesystem::exists(key));  // a half of a key would be in the way of the next try
}

TEST_CASE("a request of several commits never says that nothing was changed once one of them is stored") {
    int in_part = 0;
    for (int write = 1; write <= 8; ++write) {
        INFO("the write that fails: " << write);
        Shop shop;
        const auto placed = shop.order({{shop.product({}), 1}});
        const Json wanted{{"order_id", placed.body["id"]}, {"method", {{"type", "bank_transfer"}}}};
        const auto payment = shop.post("/payments", wanted, placed.body["access_token"].get<std::string>());
        REQUIRE(payment.status == 201);
        const auto path = fmt::format("/payments/{}/capture", payment.body["id"].get<std::int64_t>());
        const Headers key{{"Idempotency-Key", "received"}};
        FaultyDisk disk(shop.folder());
        disk.fail({.error = ENOSPC, .calls = only({Call::write}), .at = write});
        const auto reply = shop.post(path, Json::object(), shop.staff(), key);
        disk.mend();
        const auto captured =
            shop.store().read().value<std::int64_t>("SELECT count(*) FROM payment WHERE captured > 0").value();
        if (reply.code() == "outcome_unknown") {
            in_part += captured == 1 ? 1 : 0;
        } else {
            CHECK(captured == (reply.status == 200 ? 1 : 0));
        }
        CHECK(shop.post(path, Json::object(), shop.staff(), key).status == 200);
    }
    CHECK(in_part > 0);
}

TEST_CASE("R9: a disk that takes no write makes the shop not ready, with the reason, until it takes them again") {
    struct Case {
        int error;
        int status;
        std::string code;
        std::string kind;
        std::string text;
    };
    for (const auto& it : std::vector<Case>{{ENOSPC, 507, "out_of_space", "no_space", "no space left"},
                                            {EDQUOT, 507, "out_of_space", "no_space", "no space left"},
                                            {EROFS, 503, "read_only", "read_only", "is read-only"},
                                            {EIO, 500, "outcome_unknown", "failed", "disk fails"}}) {
        INFO(it.code);
        Shop shop;
        FaultyDisk disk(shop.folder());
        const auto mug = shop.product({.on_hand = 100});
        REQUIRE(shop.get("/readyz").status == 200);
        CHECK(trouble_shown(shop).is_null());
        disk.fail_writes(it.error);
        const auto refused = shop.order({{mug, 1}});
        CHECK(refused.status == it.status);
        CHECK(refused.code() == it.code);
        const auto not_ready = shop.get("/readyz");
        CHECK(not_ready.status == 503);
        CHECK(not_ready.body["detail"].get<std::string>().find(it.text) != std::string::npos);
        CHECK(trouble_shown(shop)["kind"] == it.kind);
        CHECK(shop.get("/products").status == 200);
        disk.mend();
        CHECK(ready_becomes(shop, 200).status == 200);
        CHECK(trouble_shown(shop).is_null());
        CHECK(shop.order({{mug, 1}}).status == 201);
        shop.check_invariants();
    }
}

TEST_CASE("R9: a failure that repeats is logged once a second at most") {
    Shop shop([](app::Config& config) { config.job_workers = 2; });
    FaultyDisk disk(shop.folder());
    const auto mug = shop.product({.on_hand = 100});
    Said said;
    const auto began = steady_clock::now();
    disk.fail_writes(EIO);
    for (int i = 0; i < 100; ++i) {
        CHECK(shop.order({{mug, 1}}).status >= 500);
    }
    const auto lines = said.end();
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - began).count();
    disk.mend();
    CAPTURE(lines, took);
    CHECK(lines.size() >= 1);
    CHECK(static_cast<std::int64_t>(lines.size()) <= 5 * (took + 1));  // so many kinds of lines, each once a second
}

TEST_CASE("R9: an idle server that is asked whether it is ready tries to write") {
    const TemporaryFolder folder;
    Served served(folder.path());
    httplib::Client client("127.0.0.1", served.port());
    const auto ready = [&](int wanted) {
        const auto end = steady_clock::now() + std::chrono::seconds(60);
        int status = 0;
        while (status != wanted && steady_clock::now() < end) {
            const auto answer = client.Get("/readyz");
            status = answer ? answer->status : 0;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return status;
    };
    CHECK(ready(200) == 200);
    rlimit before{};
    REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, nullptr, &before) == 0);
    const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
    REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, &none, nullptr) == 0);
    CHECK(ready(503) == 503);
    REQUIRE(::prlimit(served.pid(), RLIMIT_FSIZE, &before, nullptr) == 0);
    CHECK(ready(200) == 200);
    CHECK(served.terminate().first == 0);
}

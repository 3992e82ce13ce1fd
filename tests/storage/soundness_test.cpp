// A database whose pages are not what was written is found out.

#include "storage/soundness.h"

#include <fmt/format.h>
#include <httplib.h>

#include <fstream>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "support/faulty_disk.h"
#include "support/program.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;
using storage::Depth;

namespace {

constexpr std::int64_t kBytesOfPage = 4096;

/// Writes noise over a part of a page, as a disk does that fails.
void damage(const std::filesystem::path& database, std::int64_t page, std::mt19937& random) {
    std::string noise(256, '\0');
    for (auto& c : noise) {
        c = static_cast<char>(random());
    }
    std::fstream file(database, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * kBytesOfPage);  // where a page says what it holds
    file.write(noise.data(), static_cast<std::streamsize>(noise.size()));
}

std::int64_t pages_of(const std::filesystem::path& database) {
    return static_cast<std::int64_t>(std::filesystem::file_size(database)) / kBytesOfPage;
}

/// The page on which a table begins.
std::int64_t root_of(const storage::View& view, std::string_view table) {
    return view.value<std::int64_t>("SELECT rootpage FROM sqlite_schema WHERE name = ?1", table).value();
}

/// A closed shop with some orders, and an owner.
void fill(const std::filesystem::path& folder) {
    const auto csv = folder / "products.csv";
    {
        std::ofstream file(csv);
        file << "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\n";
        for (int i = 0; i < 300; ++i) {
            file << fmt::format("p{0},Product {0},SKU-{0},500,12.50\n", i);
        }
    }
    REQUIRE(run_orderd({"import", csv.string(), "--data", folder.string()}).exit_code == 0);
    Served served(folder);
    httplib::Client client("127.0.0.1", served.port());
    for (int i = 1; i <= 50; ++i) {
        const auto placed = client.Post("/orders", Shop::order_body({{i, 1}}).dump(), "application/json");
        REQUIRE(placed);
        REQUIRE(placed->status == 201);
    }
    REQUIRE(served.terminate().first == 0);
}

bool doctor_finds_it_sound(const std::filesystem::path& folder) {
    return run_orderd({"doctor", "--data", folder.string()}).out.find("ok   database") != std::string::npos;
}

}  // namespace

TEST_CASE("R10: doctor says of no damaged database that it is ok") {
    const TemporaryFolder folder;
    fill(folder.path());
    const auto database = folder.path() / "shop.db";
    const auto whole = folder.path() / "whole";
    std::filesystem::copy_file(database, whole);
    REQUIRE(doctor_finds_it_sound(folder.path()));
    CHECK_FALSE(storage::first_fault(database, Depth::quick));
    CHECK_FALSE(storage::first_fault(database, Depth::thorough));

    std::mt19937 random(20261128);
    const auto pages = pages_of(database);
    for (int i = 0; i < 60; ++i) {
        std::filesystem::copy_file(whole, database, std::filesystem::copy_options::overwrite_existing);
        const auto page = 1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(pages));
        CAPTURE(page, pages, i);
        damage(database, page, random);
        const auto fault = storage::first_fault(database, Depth::thorough);
        CHECK(fault);
        if (i % 10 == 0) {
            CHECK_FALSE(doctor_finds_it_sound(folder.path()));
        }
    }
}

TEST_CASE("R10: the daily check finds damage, and the shop takes no more orders and says why") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    REQUIRE(shop.order({{mug, 1}}).status == 201);
    const auto page = root_of(shop.store().read(), "audit_entry");
    shop.restart();  // closed once, all is in the database's own file
    shop.drain();
    CHECK(shop.get("/readyz").status == 200);
    CHECK(shop.order({{mug, 1}}).status == 201);

    std::mt19937 random(1);
    damage(shop.folder() / "shop.db", page, random);
    shop.advance(hours(25));
    CHECK_THROWS_AS(shop.drain(), storage::NotStored);  // nothing is stored from there on, of jobs neither
    const auto not_ready = shop.get("/readyz");
    CHECK(not_ready.status == 503);
    CHECK(not_ready.body["detail"].get<std::string>().find("orderd restore") != std::string::npos);
    const auto refused = shop.order({{mug, 1}});
    CHECK(refused.status == 503);
    CHECK(refused.code() == "database_damaged");
    CHECK(shop.get("/products").status == 200);
}

TEST_CASE("R10: a check ends when it is asked to") {
    Shop shop;
    shop.store().writer().outside_transaction([](storage::Connection& connection) {
        connection.execute(R"sql(
            INSERT INTO event (kind, subject, subject_id, body, actor, at)
            WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
            SELECT 'test.row', 'test', i, '{}', 'system', 0 FROM n
        )sql");
    });
    int asked = 0;
    const auto stop = [&] { return ++asked >= 2; };
    CHECK_FALSE(storage::first_fault(shop.store().files().database, Depth::quick, stop));
    CHECK(asked == 2);
}

TEST_CASE("a page that the disk refuses to read is no damage: the shop goes on once it is read") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 100});
    shop.restart();
    shop.drain();
    int refused = 0;
    for (int read = 1; read <= 60; read += 4) {
        INFO("the read that fails: " << read);
        FaultyDisk disk(shop.folder() / "shop.db");
        disk.fail({.error = EIO, .calls = only({Call::read}), .at = read});
        try {
            const auto fault = storage::first_fault(shop.folder() / "shop.db", Depth::quick);
            CHECK_FALSE(fault);
        } catch (const SQLite::Exception& error) {
            CHECK((error.getErrorCode() & 0xff) == SQLITE_IOERR);
            ++refused;
        }
        disk.mend();
        CHECK_FALSE(shop.store().health().refuses());
    }
    CHECK(refused > 0);
    shop.restart();  // nothing is in the writer's cache
    FaultyDisk disk(shop.folder() / "shop.db");
    disk.fail({.error = EIO, .calls = only({Call::read}), .at = 1, .and_after = true});
    CHECK(shop.order({{mug, 1}}).code() == "storage_failed");
    disk.mend();
    CHECK(shop.order({{mug, 1}}).status == 201);
}

// Connection's cache of prepared statements.

#include "storage/connection.h"

#include <fmt/format.h>

#include <memory>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kNested = "SELECT 7 WHERE ?1 > 0";
constexpr auto kMost = storage::Connection::kMostCached;

struct OneConnection {
    TemporaryFolder folder = {};
    storage::Connection connection{folder.path() / "some.db", storage::Connection::Mode::create};

    /// Takes and gives back so many different statements.
    void lease_others(std::size_t count, std::size_t from = 0) {
        for (std::size_t i = from; i < from + count; ++i) {
            CHECK(connection.lease(fmt::format("SELECT {}", i)).step());
        }
    }
};

/// Runs kNested inside itself so many times, and takes `others` different statements while all but the innermost of
/// them are still leased. @returns how many of them had their row
int nest(OneConnection& one, int depth, std::size_t others) {
    auto lease = one.connection.lease(kNested);
    lease.bind(1, depth);
    int rows = 0;
    if (depth > 0) {
        rows += nest(one, depth - 1, others);
        one.lease_others(others, static_cast<std::size_t>(depth) * 100'000);
    }
    rows += lease.step() ? 1 : 0;
    return rows;
}

}  // namespace

TEST_CASE("leases of the same SQL inside each other outlive what the cache forgets: below, at and above its bound") {
    for (const auto others : {kMost / 2, kMost - 2, kMost - 1, kMost, kMost + 1, 10 * kMost}) {
        CAPTURE(others);
        OneConnection one;
        CHECK(nest(one, 3, others) == 3);  // the innermost asks for a row that is not there
        CHECK(one.connection.cached() <= kMost);
        CHECK(nest(one, 3, 0) == 3);
    }
}

TEST_CASE("an outer lease goes on after the inner one came back and the cache was full") {
    OneConnection one;
    constexpr auto kRows = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3";
    auto outer = one.connection.lease(kRows);
    CHECK(outer.step());
    CHECK(one.connection.lease(kRows).step());
    one.lease_others(2 * kMost);
    CHECK(outer.step());
    CHECK(outer.step());
    CHECK_FALSE(outer.step());
}

TEST_CASE("the cache holds more than its bound only while more are in use") {
    OneConnection one;
    {
        std::vector<std::unique_ptr<storage::Lease>> held;
        for (std::size_t i = 0; i < kMost + 10; ++i) {
            held.emplace_back(new storage::Lease(one.connection.lease(fmt::format("SELECT {}", i))));
            CHECK(held.back()->step());
        }
        CHECK(one.connection.cached() == kMost + 10);
    }
    one.lease_others(1, 1'000'000);
    CHECK(one.connection.cached() == 1);
}

TEST_CASE("SQL that cannot be prepared leaves nothing in the cache") {
    OneConnection one;
    const auto before = one.connection.cached();
    CHECK_THROWS_AS(one.connection.lease("SELECT nonsense"), SQLite::Exception);
    CHECK(one.connection.cached() == before);
}

// Every allocation of SQLite's, failing: no crash, no wrong answer, and a shop that works afterwards.

#include <sqlite3.h>

#include <atomic>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

#include "faults/campaign.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

sqlite3_mem_methods system_memory;
std::atomic<bool> allocations_count = false;
std::atomic<std::int64_t> allocations_seen = 0;
std::atomic<std::int64_t> allocations_struck = 0;
std::int64_t failing_allocation = 0;  // set before the others look
bool later_ones_fail = false;

bool allocation_fails() {
    if (!allocations_count) {
        return false;
    }
    const auto here = ++allocations_seen;
    const bool fails =
        failing_allocation > 0 && (here == failing_allocation || (later_ones_fail && here > failing_allocation));
    allocations_struck += fails ? 1 : 0;
    return fails;
}

void* allocate(int size) { return allocation_fails() ? nullptr : system_memory.xMalloc(size); }
void* allocate_again(void* memory, int size) {
    return allocation_fails() ? nullptr : system_memory.xRealloc(memory, size);
}

/// Before SQLite is used in this process, for as long as it lives.
void put_in_place() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
    auto ours = system_memory;
    ours.xMalloc = allocate;
    ours.xRealloc = allocate_again;
    // Without lookaside, each of a connection's small allocations is one that can fail.
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK) {
        throw std::runtime_error("SQLite does not take the allocator");
    }
}

class Allocations final : public AimedFaults {
public:
    Allocations() { put_in_place(); }

    void aim(std::int64_t at, bool and_after) override {
        failing_allocation = at;
        later_ones_fail = and_after;
    }
    void begin(const std::filesystem::path&) override { allocations_count = true; }
    void end() override { allocations_count = false; }
    std::int64_t seen() const override { return allocations_seen; }
    std::int64_t struck() const override { return allocations_struck; }
};

constexpr std::size_t kAllocationTries = 20;  // where only a sample is tried

void try_allocations(const std::string& action) {
    try_every_fault(action_named(action), {{"no_memory", [] { return std::make_unique<Allocations>(); }}},
                    kAllocationTries);
}

}  // namespace

TEST_CASE("every failing allocation: a new shop is whole, or not there", "[faults]") { try_allocations("make"); }
TEST_CASE("every failing allocation: opening", "[faults]") { try_allocations("open"); }
TEST_CASE("every failing allocation: migrating from schema 1", "[faults]") { try_allocations("migrate-1"); }
TEST_CASE("every failing allocation: placing an order", "[faults]") { try_allocations("place"); }
TEST_CASE("every failing allocation: taking an order by telephone", "[faults]") { try_allocations("telephone"); }
TEST_CASE("every failing allocation: editing a paid order", "[faults]") { try_allocations("edit"); }
TEST_CASE("every failing allocation: a short pick", "[faults]") { try_allocations("short"); }
TEST_CASE("every failing allocation: tagging an order", "[faults]") { try_allocations("tag"); }
TEST_CASE("every failing allocation: a comment", "[faults]") { try_allocations("comment"); }
TEST_CASE("every failing allocation: choosing notices", "[faults]") { try_allocations("notices"); }
TEST_CASE("every failing allocation: saving the shop's terms", "[faults]") { try_allocations("terms"); }
TEST_CASE("every failing allocation: saving the shop's own words", "[faults]") { try_allocations("words"); }
TEST_CASE("every failing allocation: making an account", "[faults]") { try_allocations("account"); }
TEST_CASE("every failing allocation: receiving a transfer", "[faults]") { try_allocations("pay"); }
TEST_CASE("every failing allocation: a payment with its invoice", "[faults]") { try_allocations("invoice"); }
TEST_CASE("every failing allocation: charging a card", "[faults]") { try_allocations("charge"); }
TEST_CASE("every failing allocation: shipping", "[faults]") { try_allocations("ship"); }
TEST_CASE("every failing allocation: importing", "[faults]") { try_allocations("import"); }
TEST_CASE("every failing allocation: a checkpoint", "[faults]") { try_allocations("checkpoint"); }
TEST_CASE("every failing allocation: a backup", "[faults]") { try_allocations("backup"); }
TEST_CASE("every failing allocation: a restore", "[faults]") { try_allocations("restore"); }

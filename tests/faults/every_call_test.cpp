// Every fault at every call that a shop makes to its disk.

#include <cerrno>
#include <optional>

#include <catch2/catch_test_macros.hpp>

#include "faults/campaign.h"
#include "support/faulty_disk.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

class DiskFaults final : public AimedFaults {
public:
    DiskFaults(int error, unsigned calls) : fault_{.error = error, .calls = calls} {}

    void aim(std::int64_t at, bool and_after) override {
        fault_.at = at;
        fault_.and_after = and_after;
    }
    void begin(const std::filesystem::path& shop_folder) override {
        disk_.emplace(shop_folder / "shop");  // not the simulated gateway's
        disk_->fail(fault_);
    }
    void end() override { disk_->mend(); }
    std::int64_t seen() const override { return disk_->seen(); }
    std::int64_t struck() const override { return disk_->struck(); }

private:
    FaultyDisk::Fault fault_;
    std::optional<FaultyDisk> disk_;
};

FaultKind kind(std::string name, int error, unsigned calls) {
    return {std::move(name), [error, calls] { return std::make_unique<DiskFaults>(error, calls); }};
}

std::vector<FaultKind> disk_faults() {
    return {
        kind("io_error", EIO, kEveryCall),
        kind("no_space", ENOSPC, only({Call::create, Call::write, Call::truncate, Call::sync, Call::map, Call::name})),
        kind("short_write", 0, only({Call::write}))};
}

constexpr std::size_t kDiskTries = 16;  // of each kind, where only a sample is tried

void try_on_disk(const std::string& action) { try_every_fault(action_named(action), disk_faults(), kDiskTries); }

}  // namespace

TEST_CASE("every fault of the disk at every call: a new shop is whole, or not there", "[faults]") {
    try_on_disk("make");
}
TEST_CASE("every fault of the disk at every call: opening", "[faults]") { try_on_disk("open"); }
TEST_CASE("every fault of the disk at every call: migrating from schema 1", "[faults]") { try_on_disk("migrate-1"); }
TEST_CASE("every fault of the disk at every call: migrating from schema 2", "[faults]") { try_on_disk("migrate-2"); }
TEST_CASE("every fault of the disk at every call: migrating from schema 3", "[faults]") { try_on_disk("migrate-3"); }
TEST_CASE("every fault of the disk at every call: placing an order", "[faults]") { try_on_disk("place"); }
TEST_CASE("every fault of the disk at every call: taking an order by telephone", "[faults]") {
    try_on_disk("telephone");
}
TEST_CASE("every fault of the disk at every call: editing a paid order", "[faults]") { try_on_disk("edit"); }
TEST_CASE("every fault of the disk at every call: a short pick", "[faults]") { try_on_disk("short"); }
TEST_CASE("every fault of the disk at every call: tagging an order", "[faults]") { try_on_disk("tag"); }
TEST_CASE("every fault of the disk at every call: a comment", "[faults]") { try_on_disk("comment"); }
TEST_CASE("every fault of the disk at every call: choosing notices", "[faults]") { try_on_disk("notices"); }
TEST_CASE("every fault of the disk at every call: saving the shop's terms", "[faults]") { try_on_disk("terms"); }
TEST_CASE("every fault of the disk at every call: saving the shop's own words", "[faults]") { try_on_disk("words"); }
TEST_CASE("every fault of the disk at every call: making an account", "[faults]") { try_on_disk("account"); }
TEST_CASE("every fault of the disk at every call: receiving a transfer", "[faults]") { try_on_disk("pay"); }
TEST_CASE("every fault of the disk at every call: a payment with its invoice", "[faults]") { try_on_disk("invoice"); }
TEST_CASE("every fault of the disk at every call: charging a card", "[faults]") { try_on_disk("charge"); }
TEST_CASE("every fault of the disk at every call: shipping", "[faults]") { try_on_disk("ship"); }
TEST_CASE("every fault of the disk at every call: importing", "[faults]") { try_on_disk("import"); }
TEST_CASE("every fault of the disk at every call: adding a picture", "[faults]") { try_on_disk("picture"); }
TEST_CASE("every fault of the disk at every call: a checkpoint", "[faults]") { try_on_disk("checkpoint"); }
TEST_CASE("every fault of the disk at every call: the last checkpoint", "[faults]") { try_on_disk("stop"); }
TEST_CASE("every fault of the disk at every call: a backup", "[faults]") { try_on_disk("backup"); }
TEST_CASE("every fault of the disk at every call: a restore", "[faults]") { try_on_disk("restore"); }

// The audit log: nothing in it is changed, taken out, added or cut off unseen.

#include "storage/audit.h"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "accounts/bare_shop.h"
#include "storage/events.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A shop with some entries of its log.
struct Logged : BareShop {
    Logged() { add(5); }

    void add(int entries) {
        for (int i = 0; i < entries; ++i) {
            write([&](storage::Transaction& tx) {
                audit::record(tx, "test.step", {"setting", i}, nullptr, {{"step", i}}, Actor::command_line(),
                              clock.now());
            });
        }
    }

    void run(const std::string& sql) {
        write([&](storage::Transaction& tx) { tx.run(sql); });
    }

    std::int64_t last() { return count("SELECT coalesce(max(id), 0) FROM audit_entry"); }
    std::string fault() { return audit::fault(store.read()); }
};

}  // namespace

TEST_CASE("the audit chain tells when an entry was changed, or taken out") {
    Logged shop;
    CHECK(shop.fault().empty());
    const auto last = shop.last();

    SECTION("changed") {
        shop.run(fmt::format("UPDATE audit_entry SET after = '{{\"step\":7}}' WHERE id = {}", last - 2));
        CHECK(shop.fault() == fmt::format("the audit chain breaks at entry {}", last - 2));
    }
    SECTION("taken out") {
        shop.run(fmt::format("DELETE FROM audit_entry WHERE id = {}", last - 2));
        CHECK(shop.fault() == fmt::format("the audit chain breaks at entry {}", last - 1));
    }
}

TEST_CASE("X12: an audit log whose end was cut off, or that was emptied, is seen, also after it went on") {
    Logged shop;
    const auto last = shop.last();
    const auto cut = GENERATE(1, 3, 1000);
    shop.run(fmt::format("DELETE FROM audit_entry WHERE id > {}", last - cut));
    CHECK(shop.fault().find("the audit log ends with entry") == 0);
    shop.add(1);
    CHECK(shop.fault().find("the audit chain breaks at entry") == 0);
    shop.add(cut);  // as many as were there
    CHECK_FALSE(shop.fault().empty());
}

TEST_CASE("X12: without the shop's key nobody writes an audit log that verifies") {
    Logged shop;
    SECTION("an entry added as schema 1 hashed it, and the seal moved on") {
        shop.run("UPDATE audit_anchor SET unkeyed = entries");
        CHECK(shop.fault() == "the seal at the end of the audit log was not made with this shop's key");
    }
    SECTION("the seal taken off") {
        shop.run("DELETE FROM audit_anchor");
        CHECK(shop.fault() == "the audit log has no seal at its end");
        shop.add(1);
        CHECK_FALSE(shop.fault().empty());
    }
    SECTION("the log and its seal emptied") {
        shop.run("DELETE FROM audit_entry");
        shop.run("UPDATE audit_anchor SET entries = 0, hash = zeroblob(32)");
        CHECK_FALSE(shop.fault().empty());
    }
}

TEST_CASE("X12: a log of schema 1, whose hashes are not keyed, is sealed as it is found and goes on keyed") {
    Logged shop;
    // What schema 1 wrote cannot be made here any more: as if these were such entries, they are sealed as they are.
    shop.write([](storage::Transaction& tx) {
        tx.run("DELETE FROM audit_entry");
        audit::anchor_as_found(tx);
    });
    CHECK(shop.fault().empty());
    shop.add(2);
    CHECK(shop.fault().empty());
    shop.run("DELETE FROM audit_entry WHERE id = 2");
    CHECK_FALSE(shop.fault().empty());
}

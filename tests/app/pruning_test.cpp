// What is removed with age, and what never is: terms, the two logs, readers that are behind, crashes, backups.

#include "app/pruning.h"

#include <fmt/format.h>
#include <httplib.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "accounts/bare_shop.h"
#include "app/check.h"
#include "app/search_index.h"
#include "notify/readers.h"
#include "storage/audit.h"
#include "storage/backup.h"
#include "storage/event_log.h"
#include "storage/events.h"
#include "storage/settings.h"
#include "storage/size.h"
#include "support/doomed.h"
#include "support/shop.h"
#include "support/silent_server.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

constexpr auto kFirstEvent = "SELECT min(sequence) FROM event";
constexpr auto kLastEvent = "SELECT max(sequence) FROM event";

std::int64_t value_of(storage::Store& store, std::string_view sql) {
    return store.read().value<std::int64_t>(sql).value();
}

/// A shop without a server, with events and audit entries of long ago, whose clock has gone on for long.
struct Aged : BareShop {
    void add(int events, int entries) {
        write([&](storage::Transaction& tx) {
            for (int i = 0; i < events; ++i) {
                events::record(tx, "test.step", {"setting", i}, Json::object(), Actor::system(), clock.now());
            }
            for (int i = 0; i < entries; ++i) {
                audit::record(tx, "test.step", {"setting", i}, nullptr, {{"step", i}}, Actor::command_line(),
                              clock.now());
            }
        });
    }

    void set_terms(const Json& terms) {
        write([&](storage::Transaction& tx) { settings::write(tx, app::kLogTerms, terms, clock.now()); });
    }

    /// The clock is moved by so much, day by day in its last weeks.
    void grow_older(Duration by) {
        clock.move({by.ms - days(14).ms});
        for (int day = 0; day < 14; ++day) {
            write([&](storage::Transaction& tx) { storage::note_size(tx, clock.now()); });
            clock.move(days(1));
        }
        read_log();
    }

    /// As a served shop does at once, for its search index.
    void read_log() {
        write([](storage::Transaction& tx) { notify::read_on_from_now(tx, app::search_reader().name); });
    }

    void prune() {
        read_log();
        app::prune(store, clock, {});
    }

    void check_invariants() {
        for (const auto& finding : app::check(store.read())) {
            for (const auto& fault : finding.faults) {
                FAIL_CHECK(finding.name << ": " << fault);
            }
        }
    }

    std::int64_t events_kept() { return count("SELECT count(*) FROM event"); }
    std::int64_t entries_kept() { return count("SELECT count(*) FROM audit_entry"); }
};

Json log_terms(const Json& events_days, const Json& audit_days) {
    return {{"events_days", events_days}, {"audit_days", audit_days}};
}

/// A server's shop that goes on for so long, by the week, with an order each.
void go_on_for(Shop& shop, std::int64_t product, int weeks) {
    for (int week = 0; week < weeks; ++week) {
        shop.advance(days(7));
        REQUIRE(shop.order({{product, 1}}).status == 201);
        shop.drain();
    }
    shop.sign_in_again();
}

}  // namespace

TEST_CASE("a year of events: those older than the shop's term are gone, and the log is gapless from the oldest kept") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1000});
    const auto first_order = shop.order({{mug, 1}}).body["id"].get<std::int64_t>();
    REQUIRE(shop.put("/admin/settings", {{"log_terms", log_terms(180, 365)}}, shop.owner()).status == 200);
    go_on_for(shop, mug, 60);
    shop.check_invariants();

    const auto oldest = value_of(shop.store(), kFirstEvent);
    const auto newest = value_of(shop.store(), kLastEvent);
    CHECK(oldest > 1);
    CHECK(value_of(shop.store(), "SELECT count(*) FROM event") == newest - oldest + 1);
    CHECK(shop.store().read().value<Time>("SELECT min(at) FROM event") >= shop.clock().now() - days(180));
    CHECK(shop.store().read().value<Time>("SELECT min(at) FROM event") < shop.clock().now() - days(170));
    CHECK(value_of(shop.store(), "SELECT min(id) FROM audit_entry") > 1);

    // The order is there, without its history.
    const auto order = shop.get(fmt::format("/admin/orders/{}", first_order), shop.owner());
    CHECK(order.status == 200);
    CHECK(shop.get(fmt::format("/admin/events?subject=order&subject_id={}", first_order), shop.owner())
              .body["data"]
              .empty());

    const auto ask = [&](const std::string& query) { return shop.get("/admin/events?" + query, shop.viewer()); };
    const auto told = ask("after=0");
    CHECK(told.status == 410);
    CHECK(told.code() == "events_pruned");
    CHECK(told.body["first_sequence"] == oldest);
    CHECK(told.body["last_sequence"] == newest);
    CHECK(ask(fmt::format("after={}", oldest - 2)).code() == "events_pruned");
    CHECK(ask(fmt::format("after={}", oldest - 1)).body["data"].at(0)["sequence"] == oldest);
    CHECK(ask("limit=1").body["data"].at(0)["sequence"] == oldest);
    const auto log = told.body["log"].get<std::string>();
    CHECK(ask(fmt::format("after=1&log={}", log)).code() == "events_pruned");
    CHECK(ask(fmt::format("after={}&log={}", oldest, log)).status == 200);
    CHECK(ask("after=1&log=nonsense").code() == "another_log");

    // A page that was shown leads on, until what follows it is gone.
    const auto page = ask("limit=1").body["next_cursor"].get<std::string>();
    CHECK(ask("limit=1&cursor=" + page).body["data"].at(0)["sequence"] == oldest + 1);
    go_on_for(shop, mug, 4);
    CHECK(ask("limit=1&cursor=" + page).code() == "events_pruned");
    shop.check_invariants();
}

TEST_CASE("without a term no event is removed, and audit entries after three years") {
    Aged shop;
    shop.add(30, 30);
    const auto events = shop.events_kept();
    const auto entries = shop.entries_kept();
    shop.grow_older(days(3 * 365 - 1));
    shop.prune();
    CHECK(shop.entries_kept() == entries);
    shop.grow_older(days(15));
    shop.prune();
    CHECK(shop.events_kept() == events);
    CHECK(shop.entries_kept() == 1);  // the newest, on which the next one hangs
    shop.check_invariants();
    shop.set_terms(log_terms(180, nullptr));
    shop.add(0, 5);
    shop.grow_older(days(4000));
    shop.prune();
    CHECK(shop.events_kept() == 1);
    CHECK(shop.entries_kept() == 6);
    shop.check_invariants();
    shop.add(1, 1);  // numbers go on
    CHECK(shop.count(kLastEvent) == events + 1);
    CHECK(shop.count("SELECT max(id) FROM audit_entry") == entries + 6);
    shop.check_invariants();
}

TEST_CASE("an event and an audit entry of exactly the term stay, and those a millisecond older go") {
    Aged shop;
    shop.set_terms(log_terms(180, 365));
    shop.grow_older(days(1000));
    const auto event = [&](Duration age) {
        return shop.write([&](storage::Transaction& tx) {
            return events::record(tx, "test.step", {"setting", 0}, Json::object(), Actor::system(),
                                  shop.clock.now() - age);
        });
    };
    const auto entry = [&](Duration age) {
        shop.write([&](storage::Transaction& tx) {
            audit::record(tx, "test.step", {"setting", 0}, nullptr, nullptr, Actor::system(), shop.clock.now() - age);
        });
        return shop.count("SELECT max(id) FROM audit_entry");
    };
    event({days(180).ms + 1});
    const auto event_at = event(days(180));
    event({days(180).ms - 1});
    entry({days(365).ms + 1});
    const auto entry_at = entry(days(365));
    entry({days(365).ms - 1});
    shop.prune();
    CHECK(shop.count(kFirstEvent) == event_at);
    CHECK(shop.count("SELECT min(id) FROM audit_entry") == entry_at);
    shop.check_invariants();
}

TEST_CASE("a log is cut at its beginning alone, whatever clocks wrote into it") {
    Aged shop;
    shop.set_terms(log_terms(180, 365));
    shop.grow_older(days(1000));
    const auto now = shop.clock.now();
    const auto event = [&](Time at) {
        return shop.write([&](storage::Transaction& tx) {
            return events::record(tx, "test.step", {"setting", 0}, Json::object(), Actor::system(), at);
        });
    };
    SECTION("one of the future goes with the older ones after it") {
        event(now + days(4000));
        event(now - days(200));
        const auto first = event(now - days(100));
        shop.prune();
        CHECK(shop.count(kFirstEvent) == first);
    }
    SECTION("one of the past stays behind a younger one") {
        const auto first = event(now - days(100));
        event(Time{0});
        event(now);
        shop.prune();
        CHECK(shop.count(kFirstEvent) == first);
    }
    SECTION("one of the future stays before a younger one") {
        const auto first = event(now + days(4000));
        event(now - days(100));
        shop.prune();
        CHECK(shop.count(kFirstEvent) <= first);
    }
    shop.check_invariants();
}

TEST_CASE("a clock that leapt removes nothing of the logs for a week") {
    Aged shop;
    shop.set_terms(log_terms(180, 365));
    shop.add(20, 20);
    const auto events = shop.events_kept();
    shop.grow_older(days(30));
    shop.clock.move(days(3650));
    for (int day = 0; day < 7; ++day) {
        shop.prune();
        CHECK(shop.events_kept() == events);
        shop.clock.move(days(1));
    }
    shop.prune();
    CHECK(shop.events_kept() == 1);
    CHECK(shop.entries_kept() == 1);
    shop.check_invariants();
}

TEST_CASE("nothing is removed that a listening webhook was not told of, or is still to be sent") {
    const SilentServer nobody;
    Shop shop([](app::Config& config) { config.private_webhooks = true; });
    const auto mug = shop.product({.on_hand = 1000});
    REQUIRE(shop.put("/admin/settings", {{"log_terms", log_terms(180, nullptr)}}, shop.owner()).status == 200);
    const auto hook =
        shop.post("/admin/webhooks", {{"url", nobody.url() + "/hook"}, {"events", {"order.placed"}}}, shop.owner());
    REQUIRE(hook.status == 201);
    shop.drain();
    const auto mark = value_of(shop.store(), "SELECT sequence FROM log_reader WHERE name = 'webhooks'");
    for (int day = 0; day < 400; day += 5) {  // its reader reads nothing, as where it cannot
        shop.order({{mug, 1}});
        shop.advance(days(5));
        app::prune(shop.store(), shop.clock(), {});
    }
    CHECK(value_of(shop.store(), kFirstEvent) <= mark + 1);
    CHECK(notify::acted_upon(shop.store().read(), notify::log_readers()) == mark);
    shop.check_invariants();

    // Read, and not sent: the deliveries keep their events, as long as they are kept themselves.
    while (shop.drain() > 0) {
    }
    shop.sign_in_again();
    const auto first_delivery = value_of(shop.store(), "SELECT min(event_sequence) FROM webhook_delivery");
    app::prune(shop.store(), shop.clock(), {});
    CHECK(value_of(shop.store(), kFirstEvent) <= first_delivery);
    shop.check_invariants();

    // Nobody listens any more: nothing waits.
    REQUIRE(shop.remove(fmt::format("/admin/webhooks/{}", hook.body["id"].get<int>()), shop.owner()).status == 204);
    app::prune(shop.store(), shop.clock(), {});
    CHECK(value_of(shop.store(), kFirstEvent) > mark + 1);
    shop.check_invariants();
}

TEST_CASE("a live stream that asks from before the oldest event starts over") {
    Shop shop;
    const auto mug = shop.product({.on_hand = 1000});
    REQUIRE(shop.put("/admin/settings", {{"log_terms", log_terms(180, 365)}}, shop.owner()).status == 200);
    go_on_for(shop, mug, 40);
    const auto removed = events::removed_until(shop.store().read());
    REQUIRE(removed > 0);
    const auto log = events::current_log(shop.store().read());
    const auto first_of = [&](std::int64_t after) {
        httplib::Client client("127.0.0.1", shop.port());
        std::string heard;
        client.Get(
            "/admin/events/stream",
            {{"Authorization", "Bearer " + shop.viewer()}, {"Last-Event-ID", fmt::format("{}-{}", log.name, after)}},
            [&](const char* data, std::size_t size) {
                heard.append(data, size);
                return heard.find("data: ") == std::string::npos;
            });
        return heard;
    };
    CHECK(first_of(removed - 1).find("event: reset") != std::string::npos);
    CHECK(first_of(removed - 1).find(fmt::format("id: {}-{}", log.name, log.last)) != std::string::npos);
    const auto kept = first_of(removed);
    CHECK(kept.find("event: reset") == std::string::npos);
    CHECK(kept.find(fmt::format("id: {}-{}", log.name, removed + 1)) != std::string::npos);
}

TEST_CASE("pruning that is killed anywhere leaves a shop that checks, and goes on", "[crash]") {
    constexpr int kEvents = 1'700;
    constexpr int kEntries = 1'200;
    for (const int commits : {1, 2, 4, 5, 7}) {
        INFO("killed after " << commits << " commits");
        const TemporaryFolder folder;
        ManualClock clock;
        {
            Aged shop;
            shop.set_terms(log_terms(180, 365));
            shop.add(kEvents, kEntries);
            shop.grow_older(days(800));
            shop.add(3, 3);
            shop.store.stop();
            std::filesystem::copy(shop.folder.path(), folder.path(), std::filesystem::copy_options::recursive);
            clock.move(shop.clock.now() - clock.now());
        }
        REQUIRE(Doomed([&](const auto&) {
                    storage::Store store(folder.path(), {});
                    int left = commits;
                    store.on_commit([&](unsigned) {
                        if (--left == 0) {
                            ::kill(::getpid(), SIGKILL);
                        }
                    });
                    app::prune(store, clock, {});
                }).was_killed());
        storage::Store store(folder.path(), {});
        const auto check = [&] {
            for (const auto& finding : app::check(store.read())) {
                for (const auto& fault : finding.faults) {
                    FAIL_CHECK(finding.name << ": " << fault);
                }
            }
        };
        check();
        app::prune(store, clock, {});
        check();
        CHECK(value_of(store, "SELECT count(*) FROM event") == 3);
        CHECK(value_of(store, "SELECT count(*) FROM audit_entry") == 3);
    }
}

TEST_CASE("a backup from before a pruning is restored whole, and pruned again in time") {
    const TemporaryFolder aside;
    Shop shop;
    const auto mug = shop.product({.on_hand = 1000});
    go_on_for(shop, mug, 40);
    const auto before = events::current_log(shop.store().read());
    const auto copy = aside.path() / "copy.db";
    storage::backup(storage::Files(shop.folder()).database, copy);
    REQUIRE(shop.put("/admin/settings", {{"log_terms", log_terms(180, 365)}}, shop.owner()).status == 200);
    go_on_for(shop, mug, 2);
    REQUIRE(value_of(shop.store(), kFirstEvent) > 1);
    const auto pruned_log = events::current_log(shop.store().read());

    shop.restore(copy);
    shop.sign_in_again();
    shop.check_invariants();
    CHECK(value_of(shop.store(), kFirstEvent) == 1);
    const auto ask = [&](const std::string& query) { return shop.get("/admin/events?" + query, shop.viewer()); };
    CHECK(ask("after=0").status == 200);
    CHECK(ask(fmt::format("after={}&log={}", before.last, before.name)).status == 200);
    CHECK(ask(fmt::format("after={}&log={}", pruned_log.last, pruned_log.name)).code() == "another_log");

    REQUIRE(shop.put("/admin/settings", {{"log_terms", log_terms(180, 365)}}, shop.owner()).status == 200);
    go_on_for(shop, mug, 2);
    CHECK(value_of(shop.store(), kFirstEvent) > 1);
    CHECK(ask("after=0").code() == "events_pruned");
    shop.check_invariants();
}

TEST_CASE("`orderd check` sees events that are missing from a log that was pruned") {
    Aged shop;
    shop.set_terms(log_terms(180, 365));
    shop.add(50, 0);
    shop.grow_older(days(300));
    shop.add(10, 0);
    shop.prune();
    shop.check_invariants();
    const auto faults = [&] {
        std::string all;
        for (const auto& finding : app::check(shop.store.read())) {
            for (const auto& fault : finding.faults) {
                all += finding.name + ": " + fault + "\n";
            }
        }
        return all;
    };
    const auto sql = GENERATE(as<std::string>(), "DELETE FROM event WHERE sequence = (SELECT min(sequence) FROM event)",
                              "DELETE FROM event WHERE sequence = (SELECT min(sequence) + 3 FROM event)",
                              "DELETE FROM event", "DELETE FROM event_start",
                              "UPDATE event_start SET after = after - 1", "UPDATE event_start SET after = after + 1");
    INFO(sql);
    shop.write([&](storage::Transaction& tx) { tx.run(sql); });
    CHECK(faults().find("logs: the event sequence") == 0);
}

TEST_CASE("the rest of a pruned audit log verifies from the hash of the last removed entry") {
    Aged shop;
    shop.set_terms(log_terms(nullptr, 365));
    shop.add(0, 40);
    const auto old = shop.count("SELECT max(id) FROM audit_entry");
    shop.grow_older(days(400));
    shop.add(0, 10);
    const auto fault = [&] { return audit::fault(shop.store.read()); };
    SECTION("removed, changed, or cut off further") {
        shop.prune();
        CHECK(shop.count("SELECT min(id) FROM audit_entry") == old + 1);
        CHECK(fault().empty());
        shop.add(0, 2);
        CHECK(fault().empty());
        const auto sql = GENERATE_COPY(as<std::string>(), fmt::format("DELETE FROM audit_entry WHERE id = {}", old + 1),
                                       fmt::format("UPDATE audit_entry SET after = '' WHERE id = {}", old + 1),
                                       fmt::format("DELETE FROM audit_entry WHERE id = {}", old + 5),
                                       fmt::format("DELETE FROM audit_entry WHERE id > {}", old + 8),
                                       std::string("UPDATE audit_anchor SET removed = 0, removed_hash = zeroblob(32)"),
                                       fmt::format("UPDATE audit_anchor SET removed = {}, "
                                                   "removed_hash = (SELECT hash FROM audit_entry WHERE id = {})",
                                                   old + 1, old + 1));
        INFO(sql);
        shop.write([&](storage::Transaction& tx) { tx.run(sql); });
        CHECK_FALSE(fault().empty());
    }
    SECTION("an entry that was changed stays, with all after it") {
        shop.write([&](storage::Transaction& tx) { tx.run("UPDATE audit_entry SET actor_name = 'x' WHERE id = 20"); });
        const auto before = fault();
        CHECK_FALSE(before.empty());
        shop.prune();
        CHECK(shop.count("SELECT count(*) FROM audit_entry WHERE id = 20") == 1);
        CHECK(fault() == before);
    }
    SECTION("a log whose seal is another's is left alone") {
        shop.write([&](storage::Transaction& tx) { tx.run("UPDATE audit_anchor SET seal = zeroblob(32)"); });
        shop.prune();
        CHECK(shop.count("SELECT min(id) FROM audit_entry") == 1);
    }
}

TEST_CASE("what is pruned is removed in slices, and others' mutations go in between") {
    Aged shop;
    shop.set_terms(log_terms(180, 365));
    shop.add(2'600, 0);
    shop.grow_older(days(400));
    const auto before = shop.store.writer().figures().commits;
    int others = 0;
    std::atomic<bool> done = false;
    std::thread beside([&] {
        while (!done) {
            shop.write([](storage::Transaction&) {});
            ++others;
        }
    });
    shop.prune();
    const auto commits = shop.store.writer().figures().commits - before;
    done = true;
    beside.join();
    CHECK(commits > 6);
    CHECK(others > 0);
    CHECK(shop.events_kept() == 1);
}

TEST_CASE("a new database gives the pages of what was removed back to the disk, in slices") {
    Aged shop;
    shop.set_terms(log_terms(180, 365));
    shop.write([&](storage::Transaction& tx) {
        for (int i = 0; i < 12'000; ++i) {
            events::record(tx, "test.step", {"setting", i}, {{"text", std::string(3'000, 'x')}}, Actor::system(),
                           shop.clock.now());
        }
    });
    const auto before = storage::size_of(shop.store.read());
    shop.grow_older(days(400));
    shop.prune();
    const auto after = storage::size_of(shop.store.read());
    CHECK(after.file < before.file / 2);
    CHECK(after.used() < before.used() / 10);
    CHECK(after.free > 0);  // for the next rows
    shop.check_invariants();
}

TEST_CASE("terms of the logs are within bounds, and staff cannot set them") {
    Shop shop;
    const auto set = [&](const Json& events, const Json& audit, const std::string& who) {
        return shop.put("/admin/settings", {{"log_terms", log_terms(events, audit)}}, who).status;
    };
    CHECK(shop.get("/admin/settings", shop.viewer()).body["log_terms"] == log_terms(nullptr, 1095));
    CHECK(set(179, 1095, shop.owner()) == 422);
    CHECK(set(180, 364, shop.owner()) == 422);
    CHECK(set(0, 365, shop.owner()) == 422);
    CHECK(set(36'501, 365, shop.owner()) == 422);
    CHECK(set(180, 365, shop.staff()) == 403);
    CHECK(set(36'500, nullptr, shop.owner()) == 200);
    CHECK(set(180, 365, shop.owner()) == 200);
}

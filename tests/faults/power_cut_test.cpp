// The power fails, at any moment: what was acknowledged is there, and what was refused is not.

#include "support/power_cut.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <map>
#include <optional>

#include <catch2/catch_test_macros.hpp>

#include "app/open_shop.h"
#include "app/restoring.h"
#include "faults/campaign.h"
#include "storage/backup.h"
#include "support/in_child.h"
#include "support/kept_database.h"

using namespace orderd;
using namespace orderd::tests;
using std::filesystem::path;

namespace {

constexpr std::size_t kCuts = 60;  // where only a sample is looked at

/// A disk that keeps what is done to it, and how it was before.
struct Recorded {
    Recorded(const path& shop, std::int64_t sync_that_fails)
        : folder(shop), failing_sync(sync_that_fails), disk(shop / "shop") {
        copy_files(folder, before.path());
        disk.record();
    }

    /// From now on, one sync may fail.
    void arm() { disk.fail({.error = EIO, .calls = only({Call::sync}), .at = failing_sync}); }

    const path folder;
    const std::int64_t failing_sync;  ///< 0: none
    TemporaryFolder before;
    FaultyDisk disk;
};

/// Starts the recording of what is done in a folder.
using Began = std::function<Recorded&(const path& folder)>;

using Notes = std::vector<std::string>;

bool has(const Notes& notes, const std::string& note) {
    return std::find(notes.begin(), notes.end(), note) != notes.end();
}

/// What is done, and how the folder that a cut leaves is looked at.
struct Cut {
    std::string name;
    std::function<void(const path& folder)> prepare;
    /// Does it in an empty folder, or in one of its own; `began` is told first which.
    std::function<void(const path& prepared, const path& folder, const Began& began)> live;
    /// @param notes  that were made before the cut
    std::function<void(const path& left, const Notes& notes, Wrongs& wrongs)> look;
};

/// Looks at what each cut leaves, or at a sample. @returns {"changes", "cuts", "wrongs"} as JSON
std::string cut_everywhere(const Recorded& recorded, const Cut& cut, std::uint64_t seed, std::size_t most) {
    const auto changes = recorded.disk.recorded();
    std::mt19937_64 random(seed);
    PowerCut power(recorded.folder, recorded.before.path(), seed);
    Notes notes;
    std::size_t cuts = 0;
    Json wrongs = Json::array();
    for (std::size_t i = 0; i <= changes.size(); ++i) {
        const bool is_looked_at = most >= changes.size() || i == changes.size() || random() % changes.size() < most;
        if (is_looked_at) {
            ++cuts;
            const TemporaryFolder left;
            power.leave(left.path());
            Wrongs found;
            try {
                cut.look(left.path(), notes, found);
            } catch (const std::exception& error) {
                found.emplace_back(error.what());
            }
            for (const auto& wrong : found) {
                wrongs.push_back(fmt::format("before change {} of {}: {}", i + 1, changes.size(), wrong));
            }
        }
        if (i < changes.size()) {
            power.apply(changes[i]);
            if (changes[i].kind == DiskChange::Kind::note) {
                notes.push_back(changes[i].bytes);
            }
        }
    }
    return Json{{"changes", changes.size()}, {"cuts", cuts}, {"wrongs", wrongs}}.dump(-1, ' ', false,
                                                                                      Json::error_handler_t::replace);
}

/// @param failing_sync  the sync that fails once; 0: none does
Ending cut_once(const Cut& cut, const path& prepared, std::uint64_t seed, std::int64_t failing_sync,
                std::int64_t& syncs) {
    const TemporaryFolder scratch;
    auto ending = in_child(
        [&] {
            ::setenv("TMPDIR", scratch.path().c_str(), 1);
            const TemporaryFolder empty;
            std::optional<Recorded> recorded;
            cut.live(prepared, empty.path(),
                     [&](const path& folder) -> Recorded& { return recorded.emplace(folder, failing_sync); });
            const auto seen = recorded->disk.seen();
            recorded->disk.mend();
            auto said = Json::parse(cut_everywhere(*recorded, cut, seed, sample_of(kCuts)));
            said["syncs"] = seen;
            return said.dump();
        },
        std::chrono::seconds(600));
    if (ending.trouble.empty()) {
        syncs = Json::parse(ending.said)["syncs"].get<std::int64_t>();
    }
    return ending;
}

void try_cuts(const Cut& cut) {
    const TemporaryFolder prepared;
    REQUIRE(in_child([&] {
                cut.prepare(prepared.path());
                return std::string();
            }).trouble == "");
    std::int64_t syncs = 0;
    std::int64_t cuts = 0;
    const auto look = [&](std::uint64_t seed, std::int64_t failing_sync) {
        INFO(fmt::format("{}: ORDERD_FAULTS_SEED={}, failing sync {} of {}", cut.name, seed, failing_sync, syncs));
        const auto ending = cut_once(cut, prepared.path(), seed, failing_sync, syncs);
        CHECK(ending.trouble == "");
        if (ending.trouble.empty()) {
            const auto said = Json::parse(ending.said);
            CHECK(said["wrongs"] == Json::array());
            CHECK(said["changes"].get<std::int64_t>() > 0);
            cuts += said["cuts"].get<std::int64_t>();
        }
    };
    look(campaign_seed(), 0);
    const auto all = syncs;
    const std::int64_t step = is_long_campaign() ? 1 : std::max<std::int64_t>(1, all / 3);
    for (std::int64_t at = 1; at <= all; at += step) {
        look(campaign_seed() + static_cast<std::uint64_t>(at), at);
    }
    std::cout << fmt::format("power cuts: {}: {} syncs, {} cuts (seed {})\n", cut.name, all, cuts, campaign_seed());
    CHECK(cuts > 0);
    CHECK(all > 0);
}

/// Orders of 1, 2, 3, … units, so that each is told from the others by that.
class Customer {
public:
    Customer(Shop& shop, Recorded& recorded, std::int64_t product)
        : shop_(shop), recorded_(recorded), product_(product) {}

    void order() {
        const auto quantity = ++orders_;
        recorded_.disk.note(fmt::format("asked {}", quantity));
        const auto reply = shop_.order({{product_, static_cast<Quantity>(quantity)}});
        if (reply.status == 201) {
            recorded_.disk.note(fmt::format("acknowledged {}", quantity));
        } else if (reply.code() != "outcome_unknown") {
            recorded_.disk.note(fmt::format("refused {}", quantity));
        }
    }

    static constexpr int kMost = 12;

private:
    Shop& shop_;
    Recorded& recorded_;
    const std::int64_t product_;
    int orders_ = 0;
};

void live_as_customer(const path& prepared, const path&, const Began& began) {
    Recorded* recorded = nullptr;
    Shop shop(prepared, [&](app::Config& config) { recorded = &began(config.data); });
    recorded->arm();
    Customer customer(shop, *recorded, 1);
    for (int i = 0; i < 4; ++i) {
        customer.order();
    }
    shop.store().clear_log();
    for (int i = 0; i < 3; ++i) {
        customer.order();
    }
    try {
        shop.restart();
    } catch (const storage::OpenError&) {  // the sync that fails once was one of opening
        shop.restart();
    }
    for (int i = 0; i < 3; ++i) {
        customer.order();
    }
}

void look_for_orders(const path& left, const Notes& notes, Wrongs& wrongs) {
    storage::Store store(left, {});
    const auto view = store.read();
    for (int quantity = 1; quantity <= Customer::kMost; ++quantity) {
        const auto found =
            view.value<std::int64_t>("SELECT count(*) FROM order_item WHERE quantity = ?1", quantity).value();
        const auto was = [&](const char* what) { return has(notes, fmt::format("{} {}", what, quantity)); };
        const std::int64_t least = was("acknowledged") ? 1 : 0;
        const std::int64_t most = was("asked") && !was("refused") ? 1 : 0;
        if (found < least || found > most) {
            wrongs.push_back(
                fmt::format("the order of {} units is there {} times, not {} to {}", quantity, found, least, most));
        }
    }
    check_shop(view, "after the cut", wrongs);
}

Cut ordering() {
    return {.name = "placing orders",
            .prepare =
                [](const path& folder) {
                    Shop shop;
                    shop.product({.on_hand = 1000});
                    shop.restart([&] { copy_files(shop.folder(), folder); });
                },
            .live = live_as_customer,
            .look = look_for_orders};
}

/// The shop of the folder holds so many orders, and every invariant.
void look_for_shop(const path& left, bool may_make, std::int64_t orders, Wrongs& wrongs) {
    const auto store = app::open_shop(left, ManualClock(), may_make);
    if (store->read().value<std::int64_t>("SELECT count(*) FROM orders") != orders) {
        wrongs.emplace_back("its orders are not there");
    }
    check_shop(store->read(), "after the cut", wrongs);
}

Cut making() {
    return {.name = "making a shop",
            .prepare = [](const path&) {},
            .live =
                [](const path&, const path& folder, const Began& began) {
                    auto& recorded = began(folder);
                    recorded.arm();
                    try {
                        const auto store = app::open_shop(folder, ManualClock(), true);
                        recorded.disk.note("made");
                    } catch (const storage::OpenError&) {  // a sync failed
                    }
                },
            .look = [](const path& left, const Notes& notes,
                       Wrongs& wrongs) { look_for_shop(left, !has(notes, "made"), 0, wrongs); }};
}

Cut migrating() {
    return {.name = "migrating",
            .prepare = [](const path&) {},
            .live =
                [](const path&, const path& folder, const Began& began) {
                    put_kept_database(1, storage::Files(folder));
                    began(folder).arm();
                    try {
                        app::open_shop(folder, ManualClock(), false);
                    } catch (const storage::OpenError&) {  // a sync failed
                    }
                },
            .look =
                [](const path& left, const Notes&, Wrongs& wrongs) {
                    static const auto orders = [] {
                        const TemporaryFolder folder;
                        const storage::Files files(folder.path());
                        put_kept_database(1, files);
                        return orders_in(files.database);
                    }();
                    look_for_shop(left, false, orders, wrongs);
                }};
}

void prepare_order(const path& folder) {
    Shop shop;
    shop.order({{shop.product({}), 1}});
    copy_files(shop.folder(), folder);
    std::filesystem::remove(folder / "shop.db-shm");
}

Cut backing_up() {
    return {.name = "a backup",
            .prepare = prepare_order,
            .live =
                [](const path& prepared, const path& folder, const Began& began) {
                    copy_files(prepared, folder);
                    auto& recorded = began(folder);
                    recorded.arm();
                    try {
                        storage::backup(folder / "shop.db", folder / "shop-backup.db");
                        recorded.disk.note("made");
                    } catch (const storage::OpenError&) {  // a sync failed
                    }
                },
            .look =
                [](const path& left, const Notes& notes, Wrongs& wrongs) {
                    look_for_shop(left, false, 1, wrongs);
                    const auto copy = left / "shop-backup.db";
                    if (!std::filesystem::exists(copy)) {
                        if (has(notes, "made")) {
                            wrongs.emplace_back("the backup is gone");
                        }
                        return;
                    }
                    const TemporaryFolder elsewhere;
                    std::filesystem::copy_file(left / "shop.key", elsewhere.path() / "shop.key");
                    app::restore_shop(copy, storage::Files(elsewhere.path()), {}, ManualClock());
                    look_for_shop(elsewhere.path(), false, 1, wrongs);
                }};
}

Cut restoring() {
    return {.name = "a restore",
            .prepare =
                [](const path& folder) {
                    Shop shop;
                    shop.order({{shop.product({}), 1}});
                    storage::backup(shop.folder() / "shop.db", folder / "shop-backup.db");
                    std::filesystem::copy_file(shop.folder() / "shop.key", folder / "shop.key");
                },
            .live =
                [](const path& prepared, const path& folder, const Began& began) {
                    copy_files(prepared, folder);
                    auto& recorded = began(folder);
                    recorded.arm();
                    try {
                        app::restore_shop(folder / "shop-backup.db", storage::Files(folder), {}, ManualClock());
                        recorded.disk.note("restored");
                    } catch (const storage::OpenError&) {  // a sync failed
                    }
                },
            .look =
                [](const path& left, const Notes& notes, Wrongs& wrongs) {
                    const storage::Files files(left);
                    if (!std::filesystem::exists(files.database)) {
                        if (has(notes, "restored")) {
                            wrongs.emplace_back("the restored shop is gone");
                        }
                        app::restore_shop(left / "shop-backup.db", files, {}, ManualClock());
                    }
                    look_for_shop(left, false, 1, wrongs);
                }};
}

}  // namespace

TEST_CASE("power cuts: an order that was acknowledged is there, and one that was refused is not", "[faults]") {
    try_cuts(ordering());
}
TEST_CASE("power cuts: a shop that was made is there, and one that was not can be made", "[faults]") {
    try_cuts(making());
}
TEST_CASE("power cuts: a migration is done, or not begun", "[faults]") { try_cuts(migrating()); }
TEST_CASE("power cuts: a backup is whole, or not there", "[faults]") { try_cuts(backing_up()); }
TEST_CASE("power cuts: a restored shop is whole, or not there", "[faults]") { try_cuts(restoring()); }

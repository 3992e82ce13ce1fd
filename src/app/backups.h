#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>

#include "app/thinning.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// The result of restoring a backup in a place where nothing depends on it.
struct Drill {
    std::chrono::milliseconds took{};
    std::vector<std::string> faults;  ///< violated invariants; empty: all hold
};

/// Refuses to start if the disk would become full. @throws storage::OpenError saying how much space is
/// needed, and how much is free
void require_room(const std::filesystem::path& folder, std::uintmax_t bytes);

/// Checks whether this user can create files in a folder, or the folder itself if it does not exist. @returns
/// the reason why not, as a text for people; empty if it is possible
std::string hindrance_to_writing(const std::filesystem::path& folder);

/// Copies a shop's database, after checking for free space, and checks every invariant in the copy. Safe
/// beside a running server. A copy that fails the check is deleted.
///
/// @throws storage::OpenError
void checked_backup(const storage::Files& files, const std::filesystem::path& target);

/// Restores a backup into a scratch folder under `place`, with the shop's key, migrates it if it is older,
/// and checks every invariant. The scratch folder is removed.
///
/// @throws storage::OpenError
Drill drill(const storage::Files& files, const std::filesystem::path& backup, const std::filesystem::path& place);

/// The same with a backup that is made now, in `place`.
Drill drill_now(const storage::Files& files, const std::filesystem::path& place);

/// The backups that a server makes automatically, in one folder: shop-20261124T103000Z.db. It keeps fewer of them the
/// older they are, and ignores other files in the folder.
class Backups {
public:
    struct Options {
        std::filesystem::path folder;  ///< empty: no backups are made
        Duration every = hours(24);
        Thinning keep = {};
    };

    explicit Backups(Options options) : options_(std::move(options)) {}

    bool are_made() const { return !options_.folder.empty(); }

    /// When the newest backup was made, by its name; names after `until` are ignored, since the clock was
    /// ahead then.
    std::optional<Time> newest(Time until = kEver) const;

    /// When the newest backup, made at that time, is so old that a later one must have failed: after twice
    /// the interval.
    Time late_at(Time newest) const { return newest + options_.every + options_.every; }

    /// Makes a backup if the newest is as old as `every`. Once the new one is checked, removes those that `keep` does not
    /// ask for. @throws storage::OpenError
    void make_due(const storage::Files& files, Time now) const;

private:
    static constexpr Time kEver{std::numeric_limits<std::int64_t>::max()};

    const Options options_;
};

}  // namespace orderd::app

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// What a database was found to hold when it was restored where nothing else depends on it.
struct Drill {
    std::chrono::milliseconds took{};
    std::vector<std::string> faults;  ///< of the invariants; empty: all hold
};

/// Refuses what would fill the disk half-way. @throws storage::OpenError saying how much is wanted, and how much is
/// free
void require_room(const std::filesystem::path& folder, std::uintmax_t bytes);

/// Whether this user can make files in a folder, and the folder itself if it is not there yet. @returns why not, for
/// a person; empty: nothing is in the way
std::string hindrance_to_writing(const std::filesystem::path& folder);

/// Copies a shop's database, with room made sure of first, and holds every invariant against the copy. Beside a server,
/// too. A copy that fails is not kept.
///
/// @throws storage::OpenError
void checked_backup(const storage::Files& files, const std::filesystem::path& target);

/// Restores a backup into a scratch folder under `place`, under the shop's key, migrates it where it is older, and
/// holds every invariant against it. The scratch folder goes again.
///
/// @throws storage::OpenError
Drill drill(const storage::Files& files, const std::filesystem::path& backup, const std::filesystem::path& place);

/// The same with a backup that is made for it, there.
Drill drill_now(const storage::Files& files, const std::filesystem::path& place);

/// The backups that a server makes automatically, in one folder: shop-20261124T103000Z.db, the newest few of them.
/// Other files in the folder are left alone.
class Backups {
public:
    struct Options {
        std::filesystem::path folder;  ///< empty: none are made
        Duration every = hours(24);
        int keep = 14;
    };

    explicit Backups(Options options) : options_(std::move(options)) {}

    bool are_made() const { return !options_.folder.empty(); }

    /// When the newest of them was made, by its name; those of after `until` were named by a clock that was ahead.
    std::optional<Time> newest(Time until = kEver) const;

    /// When the newest, of that time, is so old that one after it failed: after twice the time between two.
    Time late_at(Time newest) const { return newest + options_.every + options_.every; }

    /// Makes one where the newest is as old as `every`, and removes those beyond `keep`, oldest first, once the new one
    /// is checked. @throws storage::OpenError
    void make_due(const storage::Files& files, Time now) const;

private:
    static constexpr Time kEver{std::numeric_limits<std::int64_t>::max()};

    const Options options_;
};

}  // namespace orderd::app

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/time.h"
#include "storage/size.h"

namespace orderd::app {

/// How much room the shop has on its disk, and for how long.
struct Room {
    storage::Size size;
    std::optional<std::int64_t> growth_of_week;  ///< bytes; nullopt: not known yet
    std::int64_t disk_free = 0;                  ///< bytes
    std::optional<Time> full_at;                 ///< at that rate; nullopt: not in the next ten years

    bool is_short(Time now) const;  ///< so soon that somebody should act
};

/// When the room is used up at a rate. Other files on the disk, such as backups, are not counted on.
std::optional<Time> full_at(std::int64_t free_bytes, std::optional<std::int64_t> growth_of_week, Time now);

/// `folder`: the database's, whose disk is looked at.
Room room_of(const storage::View& view, const std::filesystem::path& folder, Time now);

}  // namespace orderd::app

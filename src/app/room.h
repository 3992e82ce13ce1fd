#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/time.h"
#include "storage/size.h"

namespace orderd::app {

/// How much space the shop has on its disk, and for how long.
struct Room {
    storage::Size size = {};
    std::optional<std::int64_t> growth_of_week = {};  ///< bytes; nullopt: not known yet
    std::int64_t disk_free = 0;                       ///< bytes
    std::optional<Time> full_at = {};                 ///< at that rate; nullopt: not in the next ten years

    bool is_short(Time now) const;  ///< the disk is full so soon that somebody should act
};

/// When the space is used up at this rate. Growth of other files, such as backups, is not included.
std::optional<Time> full_at(std::int64_t free_bytes, std::optional<std::int64_t> growth_of_week, Time now);

/// @param folder  of the database
Room room_of(const storage::View& view, const std::filesystem::path& folder, Time now);

}  // namespace orderd::app

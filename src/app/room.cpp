#include "app/room.h"

namespace orderd::app {

namespace {

constexpr Duration kSoon = days(60);  ///< to order a disk, or to move to another machine
constexpr Duration kFar = days(3650);

}  // namespace

bool Room::is_short(Time now) const { return full_at && *full_at < now + kSoon; }

std::optional<Time> full_at(std::int64_t free_bytes, std::optional<std::int64_t> growth_of_week, Time now) {
    if (!growth_of_week || *growth_of_week <= 0) {
        return std::nullopt;
    }
    const auto weeks = static_cast<double>(free_bytes) / static_cast<double>(*growth_of_week);
    const auto left = weeks * static_cast<double>(days(7).ms);
    return left < static_cast<double>(kFar.ms) ? std::optional(now + Duration{static_cast<std::int64_t>(left)})
                                               : std::nullopt;
}

Room room_of(const storage::View& view, const std::filesystem::path& folder, Time now) {
    Room room{.size = storage::size_of(view), .growth_of_week = storage::growth_of_week(view, now), .full_at = {}};
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error) {
        room.disk_free = static_cast<std::int64_t>(space.available);
        room.full_at = full_at(room.disk_free + room.size.free, room.growth_of_week, now);
    }
    return room;
}

}  // namespace orderd::app

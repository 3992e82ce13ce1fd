#include "storage/shop_zone.h"

#include <fmt/format.h>

#include "storage/settings.h"

namespace orderd::settings {

std::shared_ptr<const TimeZone> time_zone(const storage::View& view) {
    const auto name = time_zone_json(view);
    auto zone = name.is_string() ? find_time_zone(name.get_ref<const std::string&>()) : nullptr;
    // A zone that was known when it was set may be unknown on another machine: the checklist asks for it again.
    return zone ? std::move(zone) : std::shared_ptr<const TimeZone>(std::shared_ptr<void>(), &TimeZone::utc());
}

std::optional<Time> moment(const storage::View& view, std::string_view text, std::int64_t days_later) {
    const auto day = parse_day(text);
    return day ? std::optional(time_zone(view)->start_of(*day + days_later)) : parse_time(text);
}

Json time_zone_json(const storage::View& view) { return read(view, kTimeZone).value_or(nullptr); }

std::string time_zone_fault(std::string_view name) {
    return find_time_zone(name) ? ""
                                : fmt::format(
                                      "\"{}\" is not a time zone that is known here; it is a name of the IANA's "
                                      "database, such as Europe/Berlin",
                                      name);
}

}  // namespace orderd::settings

#include "base/plain_time.h"

#include <fmt/format.h>

#include <cstdlib>

namespace orderd {

namespace {

/// What clocks show, as if it were UTC.
std::string clock_text(Time t, const TimeZone::Period& period, std::size_t characters) {
    auto text = rfc3339(t + period.ahead).substr(0, characters);
    text[10] = ' ';
    return text;
}

}  // namespace

std::string plain_time(Time t, const TimeZone& zone) {
    const auto period = zone.at(t);
    const bool is_number = period.letters.starts_with('+') || period.letters.starts_with('-');
    return fmt::format("{} {}{}", clock_text(t, period, 16), is_number ? "UTC" : "", period.letters);
}

std::string plain_date(Time t, const TimeZone& zone) { return to_text(zone.day_of(t)); }

std::string sheet_time(Time t, const TimeZone& zone) {
    const auto period = zone.at(t);
    const auto ahead = std::abs(period.ahead.ms) / minutes(1).ms;
    return fmt::format("{} {}{:02}{:02}", clock_text(t, period, 19), period.ahead.ms < 0 ? '-' : '+', ahead / 60,
                       ahead % 60);
}

}  // namespace orderd

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/zone_rule.h"

namespace orderd {

/// A day of the calendar, in no time zone: how many days after 1970-01-01.
struct Day {
    std::int64_t number = 0;

    auto operator<=>(const Day&) const = default;
};

constexpr Day operator+(Day day, std::int64_t n) { return {day.number + n}; }
constexpr Day operator-(Day day, std::int64_t n) { return {day.number - n}; }

/// "2026-11-24".
std::string to_text(Day day);

/// Reads "2026-11-24". Nullopt for anything else, such as a time with its day. Years 1970 to 9999.
std::optional<Day> parse_day(std::string_view text);

/// The bytes are not a time zone's file, or not a sound one. The text says what is wrong.
class BadTimeZone : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// How clocks stand in one place, at any time: a zone of the IANA's database. Immutable, thread-safe.
class TimeZone {
public:
    // Bounds of a file. The largest of the database has 3.9 KB, 236 changes, 17 kinds of time and 50 letters.
    static constexpr std::size_t kMostBytes = std::size_t{64} * 1024;
    static constexpr std::size_t kMostChanges = 4'000;
    static constexpr std::size_t kMostClocks = 256;   ///< kinds of time: a byte names one
    static constexpr std::size_t kMostLetters = 512;  ///< bytes of what the kinds are called

    static const TimeZone& utc();

    /// Reads a TZif file (RFC 8536) of version 2 or later: its table of changes, and its rule for later years. Files
    /// without the 64-bit table are refused, and those that count leap seconds: times here do not.
    ///
    /// @throws BadTimeZone
    static TimeZone parse(std::string name, std::string_view tzif);

    const std::string& name() const { return name_; }  ///< "Europe/Berlin"

    /// A span in which clocks do not change. All of time is covered, without gaps.
    struct Period {
        Time begin;
        Time end;                  ///< the first moment after it
        Duration ahead;            ///< of UTC; negative in the west
        std::string_view letters;  ///< "CET", or "+03"; lives as long as the zone
    };

    /// The period that a moment is in.
    Period at(Time moment) const;

    /// The periods of a span, oldest first; the first and the last are cut to it. Empty if `to` is not after `from`.
    std::vector<Period> periods(Time from, Time to) const;

    /// The day that calendars show at a moment.
    Day day_of(Time moment) const;

    /// The first moment of a day. That is not always midnight: in some places clocks change then. The day lasts until
    /// the first moment of the next one, which is 23 or 25 hours later when clocks change.
    Time start_of(Day day) const;

private:
    struct Change {
        Time at;
        ZoneClock clock;
    };

    TimeZone(std::string name, ZoneClock first) : name_(std::move(name)), first_(std::move(first)) {}
    Period by_rule(Time moment) const;

    std::string name_;
    ZoneClock first_;               ///< before all changes
    std::vector<Change> changes_;   ///< oldest first
    std::optional<ZoneRule> rule_;  ///< after the last change
};

/// The zone with this name of the IANA's database ("America/New_York"): from the system's files, else from the data
/// in the executable. Zones that were found are kept. Thread-safe.
///
/// @returns nullptr if there is none
std::shared_ptr<const TimeZone> find_time_zone(std::string_view name);

/// The same, from the files of a folder, else from the executable; nothing is kept.
std::shared_ptr<const TimeZone> read_time_zone(std::string_view name, const std::filesystem::path& folder);

}  // namespace orderd

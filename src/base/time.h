#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orderd {

/// A moment: milliseconds since 1970-01-01T00:00:00Z, as stored in the database.
struct Time {
    std::int64_t ms = 0;

    auto operator<=>(const Time&) const = default;
};

/// A span of time, in milliseconds.
struct Duration {
    std::int64_t ms = 0;

    auto operator<=>(const Duration&) const = default;
};

constexpr Duration seconds(std::int64_t n) { return {n * 1000}; }
constexpr Duration minutes(std::int64_t n) { return {n * 60'000}; }
constexpr Duration hours(std::int64_t n) { return {n * 3'600'000}; }
constexpr Duration days(std::int64_t n) { return {n * 86'400'000}; }

constexpr Time operator+(Time t, Duration d) { return {t.ms + d.ms}; }
constexpr Time operator-(Time t, Duration d) { return {t.ms - d.ms}; }
constexpr Duration operator-(Time a, Time b) { return {a.ms - b.ms}; }

/// "2026-11-24T05:46:03.000Z" (RFC 3339, UTC, milliseconds).
std::string rfc3339(Time t);

/// Reads an RFC 3339 time with any offset, or a date alone (its first moment, UTC). Years 1970 to 9999.
std::optional<Time> parse_time(std::string_view text);

/// Where the time comes from. Thread-safe. Tests substitute a clock that they move.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override;
};

}  // namespace orderd

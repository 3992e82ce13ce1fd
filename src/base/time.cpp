#include "base/time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace orderd {

namespace {

/// Reads exactly `digits` digits at the front of `text` and removes them.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    int value = 0;
    if (text.size() < digits) {
        return std::nullopt;
    }
    const auto* end = text.data() + digits;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
    }
    std::from_chars(text.data(), end, value);
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> take_fraction_ms(std::string_view& text) {
    std::int64_t ms = 0;
    std::int64_t unit = 100;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        ms += unit * (text[digits] - '0');
        unit /= 10;
        ++digits;
    }
    text.remove_prefix(digits);
    return digits == 0 ? std::nullopt : std::optional(ms);
}

/// The offset from UTC in minutes: "Z", "+02:00", "-05:30".
std::optional<std::int64_t> take_offset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) {
        return 0;
    }
    const bool east = take(text, '+');
    if (!east && !take(text, '-')) {
        return std::nullopt;
    }
    const auto hour = take_number(text, 2);
    const bool colon = take(text, ':');
    const auto minute = take_number(text, 2);
    if (!hour || !minute || !colon || *hour > 23 || *minute > 59) {
        return std::nullopt;
    }
    return (east ? 1 : -1) * (*hour * 60 + *minute);
}

std::optional<std::int64_t> take_day_ms(std::string_view& text) {
    const auto year = take_number(text, 4);
    const bool dash = take(text, '-');
    const auto month = take_number(text, 2);
    const bool dash2 = take(text, '-');
    const auto day = take_number(text, 2);
    if (!year || !month || !day || !dash || !dash2 || *year < 1970) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch().count() * std::int64_t{86'400'000};
}

}  // namespace

std::string rfc3339(Time t) {
    using namespace std::chrono;
    const sys_time<milliseconds> moment{milliseconds(t.ms)};
    const auto day = floor<std::chrono::days>(moment);
    const year_month_day date(day);
    const hh_mm_ss clock(moment - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<Time> parse_time(std::string_view text) {
    const auto day = take_day_ms(text);
    if (!day) {
        return std::nullopt;
    }
    if (text.empty()) {
        return Time{*day};
    }
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) {
        return std::nullopt;
    }
    const auto hour = take_number(text, 2);
    const bool colon = take(text, ':');
    const auto minute = take_number(text, 2);
    const bool colon2 = take(text, ':');
    const auto second = take_number(text, 2);
    if (!hour || !minute || !second || !colon || !colon2 || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    std::int64_t fraction = 0;
    if (take(text, '.')) {
        const auto read = take_fraction_ms(text);
        if (!read) {
            return std::nullopt;
        }
        fraction = *read;
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) {
        return std::nullopt;
    }
    const auto moment = *day + ((*hour * 60 + *minute - *offset) * 60 + *second) * std::int64_t{1000} + fraction;
    return moment < 0 ? std::nullopt : std::optional(Time{moment});
}

Time SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace orderd

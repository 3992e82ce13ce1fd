#include "base/zone_rule.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace orderd {

namespace {

constexpr int kMostOffsetHours = 24;
constexpr int kMostRuleHours = 167;  // RFC 8536, section 3.3.1
constexpr std::size_t kFewestLetters = 3;
constexpr std::size_t kMostLetters = 16;

bool take_character(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_digits(std::string_view& text, int most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9') {
        value = value * 10 + (text[digits] - '0');
        ++digits;
    }
    text.remove_prefix(digits);
    return digits == 0 || value > most ? std::nullopt : std::optional(value);
}

/// "[+-]hh[:mm[:ss]]".
std::optional<Duration> take_clock(std::string_view& text, int most_hours) {
    const bool negative = take_character(text, '-');
    if (!negative) {
        take_character(text, '+');
    }
    const auto hour = take_digits(text, most_hours);
    std::optional<int> minute = 0;
    std::optional<int> second = 0;
    if (take_character(text, ':')) {
        minute = take_digits(text, 59);
        if (take_character(text, ':')) {
            second = take_digits(text, 59);
        }
    }
    if (!hour || !minute || !second) {
        return std::nullopt;
    }
    const auto clock = hours(*hour).ms + minutes(*minute).ms + seconds(*second).ms;
    return Duration{negative ? -clock : clock};
}

/// Letters alone, or anything of letters, digits, + and - between < and >.
std::optional<std::string> take_letters(std::string_view& text) {
    const bool quoted = take_character(text, '<');
    const auto end = std::find_if(text.begin(), text.end(), [&](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !letter && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
    });
    std::string letters(text.begin(), end);
    text.remove_prefix(letters.size());
    const bool closed = !quoted || take_character(text, '>');
    return closed && letters.size() >= kFewestLetters && letters.size() <= kMostLetters
               ? std::optional(std::move(letters))
               : std::nullopt;
}

std::optional<ZoneClock> take_standard(std::string_view& text) {
    auto letters = take_letters(text);
    const auto behind = letters ? take_clock(text, kMostOffsetHours) : std::nullopt;  // POSIX counts to the west
    if (!behind) {
        return std::nullopt;
    }
    return ZoneClock{.ahead = {-behind->ms}, .letters = std::move(*letters)};
}

std::optional<ZoneClock> take_summer(std::string_view& text, Duration standard) {
    auto letters = take_letters(text);
    if (!letters || text.empty()) {
        return std::nullopt;
    }
    if (text.front() == ',') {
        return ZoneClock{.ahead = {standard.ms + hours(1).ms}, .letters = std::move(*letters)};
    }
    const auto behind = take_clock(text, kMostOffsetHours);
    return behind ? std::optional(ZoneClock{.ahead = {-behind->ms}, .letters = std::move(*letters)}) : std::nullopt;
}

int year_of(Time moment) {
    using namespace std::chrono;
    const auto day = floor<std::chrono::days>(sys_time<milliseconds>(milliseconds(moment.ms)));
    return static_cast<int>(year_month_day(day).year());
}

std::int64_t number_of(std::chrono::sys_days day) { return day.time_since_epoch().count(); }

}  // namespace

std::optional<ZoneRule::Date> ZoneRule::take_date(std::string_view& text) {
    Date date{.clock = hours(2)};
    if (!take_character(text, ',')) {
        return std::nullopt;
    }
    if (take_character(text, 'M')) {
        const auto month = take_digits(text, 12);
        const bool dot = take_character(text, '.');
        const auto week = take_digits(text, 5);
        const bool second_dot = take_character(text, '.');
        const auto day = take_digits(text, 6);
        if (!month || !week || !day || !dot || !second_dot || *month < 1 || *week < 1) {
            return std::nullopt;
        }
        date.month = *month;
        date.week = *week;
        date.day = *day;
    } else {
        date.kind = take_character(text, 'J') ? Date::Kind::julian : Date::Kind::day_of_year;
        const auto day = take_digits(text, 365);
        if (!day || (date.kind == Date::Kind::julian && *day < 1)) {
            return std::nullopt;
        }
        date.day = *day;
    }
    if (take_character(text, '/')) {
        const auto clock = take_clock(text, kMostRuleHours);
        if (!clock) {
            return std::nullopt;
        }
        date.clock = *clock;
    }
    return date;
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
    ZoneRule rule;
    auto standard = take_standard(text);
    if (!standard) {
        return std::nullopt;
    }
    rule.standard_ = std::move(*standard);
    if (text.empty()) {
        return rule;
    }
    rule.summer_ = take_summer(text, rule.standard_.ahead);
    const auto begins = rule.summer_ ? take_date(text) : std::nullopt;
    const auto ends = begins ? take_date(text) : std::nullopt;
    if (!ends || !text.empty()) {
        return std::nullopt;
    }
    rule.begins_ = *begins;
    rule.ends_ = *ends;
    return rule;
}

Time ZoneRule::moment_of(const Date& date, int year, Duration ahead) {
    using namespace std::chrono;
    const std::chrono::year the_year(year);
    std::int64_t day = 0;
    switch (date.kind) {
        case Date::Kind::month_week_day: {
            const std::chrono::month month(static_cast<unsigned>(date.month));
            const std::chrono::weekday weekday(static_cast<unsigned>(date.day));
            day = date.week == 5 ? number_of(sys_days(the_year / month / weekday[last]))
                                 : number_of(sys_days(the_year / month / weekday[static_cast<unsigned>(date.week)]));
            break;
        }
        case Date::Kind::day_of_year: day = number_of(sys_days(the_year / January / 1)) + date.day; break;
        case Date::Kind::julian: {
            constexpr int kLastOfFebruary = 59;
            const bool after_leap_day = the_year.is_leap() && date.day > kLastOfFebruary;
            day = number_of(sys_days(the_year / January / 1)) + date.day - 1 + (after_leap_day ? 1 : 0);
            break;
        }
    }
    return {orderd::days(day).ms + date.clock.ms - ahead.ms};
}

std::vector<ZoneRule::Change> ZoneRule::changes_around(Time moment) const {
    std::vector<Change> changes;
    if (!summer_) {
        return changes;
    }
    const auto year = year_of(moment);
    for (int each = year - 2; each <= year + 2; ++each) {
        std::array of_year{Change{moment_of(begins_, each, standard_.ahead), &*summer_},
                           Change{moment_of(ends_, each, summer_->ahead), &standard_}};
        if (of_year[1].at < of_year[0].at) {  // in the south, summer ends before it begins
            std::swap(of_year[0], of_year[1]);
        }
        changes.insert(changes.end(), of_year.begin(), of_year.end());
    }
    // Where summer lasts all year, it ends at the moment at which it begins again: the later one holds.
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });
    return changes;
}

}  // namespace orderd

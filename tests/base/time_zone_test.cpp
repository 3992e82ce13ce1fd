// Time zones, as the IANA's database has them: where days begin, and what a file of one may be.

#include "base/time_zone.h"

#include <array>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/plain_time.h"

using namespace orderd;

namespace {

constexpr auto kNoFolder = "/nowhere/zoneinfo";

TimeZone zone_of(std::string_view name) {
    const auto zone = read_time_zone(name, kNoFolder);
    INFO(name);
    REQUIRE(zone != nullptr);
    return *zone;
}

Time moment(std::string_view text) { return parse_time(text).value(); }

std::string start(const TimeZone& zone, std::string_view day) { return rfc3339(zone.start_of(parse_day(day).value())); }

std::int64_t hours_of(const TimeZone& zone, std::string_view day) {
    const auto which = parse_day(day).value();
    return (zone.start_of(which + 1) - zone.start_of(which)).ms / hours(1).ms;
}

std::string number_of_bytes(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = bytes; i > 0; --i) {
        text += static_cast<char>(value >> (8 * (i - 1)) & 0xffU);
    }
    return text;
}

/// A time zone's file that a test makes.
struct ZoneFile {
    struct Kind {
        std::int32_t ahead = 3600;  ///< seconds
        int summer = 0;
        int letters = 0;
    };

    char version = '2';
    std::size_t old_changes = 0;  ///< of the table for older readers, which nobody looks at
    std::size_t old_leaps = 0;
    std::size_t old_letters = 0;
    std::size_t leaps = 0;
    std::vector<std::int64_t> times = {};  ///< seconds
    std::vector<int> kinds_of_times = {};
    std::vector<Kind> kinds = {Kind{}};
    std::string letters = std::string("CET\0", 4);
    std::string rule = "CET-1CEST,M3.5.0,M10.5.0/3";

    std::string bytes() const {
        auto text = header(old_leaps, old_changes, 0, old_letters) +
                    std::string(old_changes * 5 + old_leaps * 8 + old_letters, 'x') +
                    header(leaps, times.size(), kinds.size(), letters.size());
        for (const auto time : times) {
            text += number_of_bytes(static_cast<std::uint64_t>(time), 8);
        }
        for (const auto kind : kinds_of_times) {
            text += static_cast<char>(kind);
        }
        for (const auto& kind : kinds) {
            text += number_of_bytes(static_cast<std::uint32_t>(kind.ahead), 4);
            text += static_cast<char>(kind.summer);
            text += static_cast<char>(kind.letters);
        }
        return text + letters + std::string(leaps * 12, 'x') + '\n' + rule + '\n';
    }

    /// Changes once an hour.
    void change(std::size_t count) {
        times.clear();
        for (std::size_t i = 0; i < count; ++i) {
            times.push_back(static_cast<std::int64_t>(i) * 3600);
        }
        kinds_of_times.assign(count, 0);
    }

private:
    std::string header(std::size_t leap_seconds, std::size_t changes, std::size_t clocks,
                       std::size_t characters) const {
        std::string text = "TZif";
        text += version;
        text += std::string(15, '\0');
        for (const auto count : {std::size_t{0}, std::size_t{0}, leap_seconds, changes, clocks, characters}) {
            text += number_of_bytes(count, 4);
        }
        return text;
    }
};

/// What is wrong with a file; empty if nothing is.
std::string zone_fault(const std::string& bytes) {
    try {
        TimeZone::parse("Test/Zone", bytes);
        return "";
    } catch (const BadTimeZone& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("M9: a day begins when it does in its place, and is 23 or 25 hours long when clocks change") {
    const auto berlin = zone_of("Europe/Berlin");
    CHECK(start(berlin, "2026-10-01") == "2026-09-30T22:00:00.000Z");
    CHECK(start(berlin, "2026-11-26") == "2026-11-25T23:00:00.000Z");
    CHECK(hours_of(berlin, "2026-03-29") == 23);
    CHECK(hours_of(berlin, "2026-03-30") == 24);
    CHECK(hours_of(berlin, "2026-10-25") == 25);
    const auto new_york = zone_of("America/New_York");
    CHECK(start(new_york, "2026-03-09") == "2026-03-09T04:00:00.000Z");
    CHECK(hours_of(new_york, "2026-03-08") == 23);
    CHECK(hours_of(new_york, "2026-11-01") == 25);
    CHECK(start(zone_of("Asia/Kolkata"), "2026-01-01") == "2025-12-31T18:30:00.000Z");
    CHECK(start(zone_of("Asia/Calcutta"), "2026-01-01") == "2025-12-31T18:30:00.000Z");  // as some browsers call it
    CHECK(start(TimeZone::utc(), "2026-01-01") == "2026-01-01T00:00:00.000Z");
}

TEST_CASE("M9: a day without a midnight, with two of them, or that never was, has its first moment") {
    const auto cairo = zone_of("Africa/Cairo");  // clocks go from 24:00 to 01:00
    const auto first = cairo.start_of(parse_day("2026-04-24").value());
    CHECK(rfc3339(first) == "2026-04-23T22:00:00.000Z");
    CHECK(plain_time(first, cairo) == "2026-04-24 01:00 EEST");
    CHECK(hours_of(cairo, "2026-04-24") == 23);
    const auto havana = zone_of("America/Havana");  // clocks go from 01:00 back to 00:00
    CHECK(start(havana, "2026-11-01") == "2026-11-01T04:00:00.000Z");
    CHECK(hours_of(havana, "2026-11-01") == 25);
    const auto apia = zone_of("Pacific/Apia");  // went over the date line
    CHECK(hours_of(apia, "2011-12-30") == 0);
    CHECK(to_text(apia.day_of(moment("2011-12-30T09:59:59Z"))) == "2011-12-29");
    CHECK(to_text(apia.day_of(moment("2011-12-30T10:00:00Z"))) == "2011-12-31");
}

TEST_CASE("M9: every moment of many years is in the day that begins before it and ends after it") {
    for (const auto* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin",
                             "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"}) {
        const auto zone = zone_of(name);
        INFO(name);
        const auto end = moment("2045-01-01T00:00:00Z");
        for (auto at = moment("1995-01-01T00:00:00Z"); at < end; at = at + hours(37)) {
            const auto day = zone.day_of(at);
            if (!(zone.start_of(day) <= at && at < zone.start_of(day + 1))) {
                FAIL(rfc3339(at) << " is not in " << to_text(day));
            }
        }
        const auto periods = zone.periods(moment("1995-01-01"), end);
        for (std::size_t i = 1; i < periods.size(); ++i) {
            CHECK(periods[i].begin == periods[i - 1].end);
        }
        CHECK(periods.front().begin == moment("1995-01-01"));
        CHECK(periods.back().end == end);
    }
}

TEST_CASE("M9: the rule of a zone goes on for good, and the system's files say what the executable's own do") {
    const auto berlin = zone_of("Europe/Berlin");
    CHECK(plain_time(moment("2400-07-01T12:00:00Z"), berlin) == "2400-07-01 14:00 CEST");
    CHECK(plain_time(moment("2400-12-01T12:00:00Z"), berlin) == "2400-12-01 13:00 CET");
    CHECK(plain_time(moment("2026-07-01T12:00:00Z"), zone_of("Europe/Dublin")) == "2026-07-01 13:00 IST");
    CHECK(plain_time(moment("2026-01-01T12:00:00Z"), zone_of("America/Sao_Paulo")) == "2026-01-01 09:00 UTC-03");
    CHECK(sheet_time(moment("2026-11-25T23:40:01Z"), berlin) == "2026-11-26 00:40:01 +0100");
    CHECK(sheet_time(moment("2026-11-25T23:40:01Z"), zone_of("America/St_Johns")) == "2026-11-25 20:10:01 -0330");
    for (const auto* name : {"Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Tokyo", "Etc/GMT+5"}) {
        const auto of_system = find_time_zone(name);
        REQUIRE(of_system != nullptr);
        const auto own = zone_of(name);
        for (auto at = moment("1970-01-01"); at < moment("2040-01-01"); at = at + days(11)) {
            if (of_system->at(at).ahead != own.at(at).ahead) {
                FAIL(name << " differs at " << rfc3339(at));
            }
        }
    }
}

TEST_CASE("M9: what is not a zone's name leads to no file") {
    for (const auto* name :
         {"", "Europe", "Europe/", "Europe/Berlim", "europe/berlin", "/etc/passwd", "../../../etc/passwd",
          "Europe/../Europe/Berlin", "posix/Europe/Berlin", "right/Europe/Berlin", "posixrules", "localtime", "Factory",
          "zone.tab", "CET\n", "CET-1CEST"}) {
        INFO(name);
        CHECK(find_time_zone(name) == nullptr);
    }
    CHECK(find_time_zone(std::string(100'000, 'x')) == nullptr);
    CHECK(find_time_zone("UTC") != nullptr);
}

TEST_CASE("a time zone's file that is cut, or makes no sense, is refused") {
    ZoneFile good;
    good.change(3);
    const auto whole = good.bytes();
    CHECK(zone_fault(whole).empty());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(size);
        CHECK_FALSE(zone_fault(whole.substr(0, size)).empty());
    }
    CHECK_FALSE(zone_fault(whole + "x").empty());
    const auto spoilt = [](const auto& spoil) {
        ZoneFile file;
        file.change(2);
        spoil(file);
        return zone_fault(file.bytes());
    };
    CHECK(spoilt([](ZoneFile& file) { file.version = '\0'; }).find("version 1") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.times = {7, 7}; }).find("order") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.kinds_of_times = {0, 1}; }).find("not there") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.kinds[0].ahead = 26 * 3600; }).find("no sense") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.kinds[0].ahead = -25 * 3600; }).find("no sense") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.kinds[0].summer = 2; }).find("no sense") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.kinds[0].letters = 4; }).find("no sense") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.letters = "CETX"; }).find("no end") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.kinds.clear(); }).find("no kind") != std::string::npos);
    CHECK(spoilt([](ZoneFile& file) { file.leaps = 1; }).find("leap seconds") != std::string::npos);
    for (const auto* rule :
         {"CET", "CET-1CEST", "C-1", "CET-25", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
          "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,366,0",
          "CET-1CEST,M3.5.0/168,M10.5.0", "<CET-1", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1 "}) {
        INFO(rule);
        CHECK(spoilt([&](ZoneFile& file) { file.rule = rule; }).find("rule") != std::string::npos);
    }
    for (const auto* rule : {"", "CET-1", "<+0330>-3:30", "EET-2EEST,M4.5.5/0,M10.5.4/24", "XXX3EDT4,0/0,J365/23",
                             "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"}) {
        INFO(rule);
        CHECK(spoilt([&](ZoneFile& file) { file.rule = rule; }).empty());
    }
}

TEST_CASE("a time zone's file has so many bytes, changes, kinds of time and letters, and not one more") {
    const auto changes = [](std::size_t count) {
        ZoneFile file;
        file.change(count);
        return zone_fault(file.bytes()).empty();
    };
    CHECK(changes(TimeZone::kMostChanges - 1));
    CHECK(changes(TimeZone::kMostChanges));
    CHECK_FALSE(changes(TimeZone::kMostChanges + 1));
    const auto kinds = [](std::size_t count) {
        ZoneFile file;
        file.kinds.assign(count, {});
        return zone_fault(file.bytes()).empty();
    };
    CHECK(kinds(TimeZone::kMostClocks - 1));
    CHECK(kinds(TimeZone::kMostClocks));
    CHECK_FALSE(kinds(TimeZone::kMostClocks + 1));
    const auto letters = [](std::size_t count) {
        ZoneFile file;
        file.letters.resize(count);
        return zone_fault(file.bytes()).empty();
    };
    CHECK(letters(TimeZone::kMostLetters - 1));
    CHECK(letters(TimeZone::kMostLetters));
    CHECK_FALSE(letters(TimeZone::kMostLetters + 1));
    const auto bytes = [](std::size_t count) {
        ZoneFile file;
        file.change(1500);
        file.old_leaps = 4000;
        const auto rest = count - file.bytes().size();
        file.old_changes = rest / 5;
        file.old_letters = rest % 5;
        REQUIRE(file.bytes().size() == count);
        return zone_fault(file.bytes()).empty();
    };
    CHECK(bytes(TimeZone::kMostBytes - 1));
    CHECK(bytes(TimeZone::kMostBytes));
    CHECK_FALSE(bytes(TimeZone::kMostBytes + 1));
    // Far above: counts that no file has so many bytes for.
    auto huge = ZoneFile().bytes();
    huge.replace(44 + 32, 4, "\xff\xff\xff\xff");
    CHECK(zone_fault(huge).find("4294967295 changes") != std::string::npos);
    CHECK_FALSE(zone_fault(std::string(100 * TimeZone::kMostBytes, 'x')).empty());
}

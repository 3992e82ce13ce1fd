// Which backups are kept: a pure function of their times.

#include "app/thinning.h"

#include <algorithm>
#include <set>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace orderd;
using app::Thinning;

namespace {

Time at(const char* text) { return parse_time(text).value(); }

/// What a server has after it made the backups of these times, one after the other.
class Folder {
public:
    explicit Folder(const Thinning& kept = {}) : kept_(kept) {}

    void make(Time now) {
        made_.insert(now);
        for (const auto time : app::superfluous({made_.begin(), made_.end()}, now, kept_)) {
            made_.erase(time);
        }
    }

    std::vector<std::string> days() const {
        std::vector<std::string> days;
        for (const auto time : made_) {
            days.push_back(rfc3339(time).substr(0, 10));
        }
        return days;
    }

private:
    Thinning kept_;
    std::set<Time> made_;
};

}  // namespace

TEST_CASE("backups are thinned by day, week and month over a year") {
    Folder folder;
    for (auto day = at("2025-01-01T02:00:00Z"); day < at("2026-01-15"); day = day + days(1)) {
        folder.make(day);
    }
    CHECK(folder.days() == std::vector<std::string>{"2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31",
                                                    "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30",
                                                    "2025-10-31", "2025-11-30", "2025-12-28", "2025-12-31",
                                                    "2026-01-04", "2026-01-08", "2026-01-09", "2026-01-10",
                                                    "2026-01-11", "2026-01-12", "2026-01-13", "2026-01-14"});
}

TEST_CASE("days, weeks and months without a backup take nothing from those that have one") {
    Folder folder({.newest = 1, .days = 3, .weeks = 3, .months = 3});
    for (const auto* day : {"2024-02-29", "2024-03-02", "2025-06-10", "2025-11-03", "2025-11-04", "2025-12-24"}) {
        folder.make(at(day));
    }
    CHECK(folder.days() == std::vector<std::string>{"2025-06-10", "2025-11-03", "2025-11-04", "2025-12-24"});
}

TEST_CASE("several backups of a day count by number, and the last of the day stays for it") {
    Folder folder({.newest = 2, .days = 2, .weeks = 0, .months = 0});
    for (int hour = 0; hour < 60; ++hour) {
        folder.make(at("2026-03-01") + hours(hour));
    }
    CHECK(folder.days() == std::vector<std::string>{"2026-03-02", "2026-03-03", "2026-03-03"});
}

TEST_CASE("a wrong clock takes no backup of the right time away") {
    const auto wrong = GENERATE(as<std::string>(), "2036-05-05", "1999-05-05");
    Folder folder({.newest = 2, .days = 2, .weeks = 1, .months = 1});
    folder.make(at("2026-05-01"));
    folder.make(at("2026-05-02"));
    folder.make(parse_time(wrong).value());
    const auto days = folder.days();
    CHECK(std::count(days.begin(), days.end(), "2026-05-02") == 1);
    CHECK(std::count(days.begin(), days.end(), wrong) == 1);
    folder.make(at("2026-05-03"));  // the clock is right again
    const auto later = folder.days();
    CHECK(std::count(later.begin(), later.end(), "2026-05-02") == 1);
    CHECK(std::count(later.begin(), later.end(), "2026-05-03") == 1);
}

TEST_CASE("the newest backup is always kept, and a later one is never looked at") {
    const auto now = at("2026-05-05");
    const std::vector<Time> made{now, now - days(1), now + days(400), now + days(1)};
    CHECK(app::superfluous(made, now, {.newest = 0, .days = 0, .weeks = 0, .months = 0}) ==
          std::vector<Time>{now - days(1)});
    CHECK(app::superfluous({}, now, {}).empty());
}

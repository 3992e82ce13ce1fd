#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace orderd {

/// How clocks stand: how far ahead of UTC, and the letters that say so.
struct ZoneClock {
    Duration ahead;
    std::string letters;  ///< "CET", or "+03" where a place has none
};

/// How a time zone goes on after the last change in its table: a rule in the form of POSIX's TZ, as it is at the
/// end of TZif files ("CET-1CEST,M3.5.0,M10.5.0/3"; RFC 8536, section 3.3).
class ZoneRule {
public:
    /// Nullopt if the text is no such rule. Summer time without its days is not one: POSIX leaves them open.
    static std::optional<ZoneRule> parse(std::string_view text);

    /// A moment from which a clock holds.
    struct Change {
        Time at;
        const ZoneClock* clock;
    };

    /// The changes around a moment, oldest first: at least a year of them before it and after it. Empty if clocks
    /// never change.
    std::vector<Change> changes_around(Time moment) const;

    const ZoneClock& standard() const { return standard_; }

private:
    /// A time of each year.
    struct Date {
        enum class Kind {
            month_week_day,  ///< Mm.w.d
            day_of_year,     ///< n: 0 to 365, 29 February counts
            julian,          ///< Jn: 1 to 365, 29 February is never counted
        };
        Kind kind = Kind::month_week_day;
        int month = 1;
        int week = 1;  ///< 5: the last one
        int day = 0;
        Duration clock;  ///< after midnight; may be negative or longer than a day
    };

    static std::optional<Date> take_date(std::string_view& text);
    static Time moment_of(const Date& date, int year, Duration ahead);

    ZoneClock standard_;
    std::optional<ZoneClock> summer_;
    Date begins_;
    Date ends_;
};

}  // namespace orderd

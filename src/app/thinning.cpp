#include "app/thinning.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <set>

namespace orderd::app {

namespace {

std::int64_t day_of_time(Time at) { return at.ms / days(1).ms; }

/// 1970-01-01 was a Thursday.
std::int64_t week_of(Time at) { return (day_of_time(at) + 3) / 7; }

std::int64_t month_of(Time at) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day_of_time(at)))};
    return std::int64_t{12} * static_cast<int>(date.year()) + static_cast<unsigned>(date.month());
}

/// Keeps the newest of each of the last `most` periods that have one. `newest_first`: their times.
void keep_last_of(std::set<Time>& kept, const std::vector<Time>& newest_first, int most,
                  std::int64_t (*period_of)(Time)) {
    std::optional<std::int64_t> last;
    int periods = 0;
    for (const auto at : newest_first) {
        const auto period = period_of(at);
        if (period == last) {
            continue;
        }
        if (++periods > most) {
            return;
        }
        last = period;
        kept.insert(at);
    }
}

}  // namespace

std::vector<Time> superfluous(std::vector<Time> made, Time now, const Thinning& kept) {
    std::erase_if(made, [&](Time at) { return at > now; });
    std::sort(made.begin(), made.end(), std::greater<>());
    const auto newest = std::min(made.size(), static_cast<std::size_t>(std::max(kept.newest, 1)));
    std::set<Time> stay(made.begin(), made.begin() + static_cast<std::ptrdiff_t>(newest));
    keep_last_of(stay, made, kept.days, day_of_time);
    keep_last_of(stay, made, kept.weeks, week_of);
    keep_last_of(stay, made, kept.months, month_of);
    std::vector<Time> go;
    std::copy_if(made.begin(), made.end(), std::back_inserter(go), [&](Time at) { return !stay.contains(at); });
    return go;
}

}  // namespace orderd::app

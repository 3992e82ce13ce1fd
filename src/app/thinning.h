#pragma once

#include <vector>

#include "base/time.h"

namespace orderd::app {

/// How many backups are kept: the newest ones, and the last one of so many days, weeks (from Monday) and months (UTC).
struct Thinning {
    int newest = 7;
    int days = 7;
    int weeks = 4;
    int months = 12;
};

/// Which of the backups made at these times to remove. Days, weeks and months without a backup do not count, so a shop
/// that was stopped loses none. Backups dated after `now` are from a clock that was ahead. They are not removed, and do
/// not count.
std::vector<Time> superfluous(std::vector<Time> made, Time now, const Thinning& kept);

}  // namespace orderd::app

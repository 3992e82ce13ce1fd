#pragma once

#include <vector>

#include "base/time.h"

namespace orderd::app {

/// How many backups are kept: the newest ones, and the last one of each of so many days, weeks (from Monday) and months
/// that have one. All are UTC's.
struct Thinning {
    int newest = 7;
    int days = 7;
    int weeks = 4;
    int months = 12;
};

/// Which of the backups of these times are kept for none of that. Days without a backup are not counted, so that a shop
/// that stood still loses none for it. Those of after `now` were named by a clock that was ahead: they are not removed,
/// and take no other's place.
std::vector<Time> superfluous(std::vector<Time> made, Time now, const Thinning& kept);

}  // namespace orderd::app

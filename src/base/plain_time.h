#pragma once

#include <string>

#include "base/time.h"
#include "base/time_zone.h"

namespace orderd {

/// "2026-11-24 06:46 CET", for people: the time and day of a place. The letters are "UTC+03" where a place has none.
std::string plain_time(Time t, const TimeZone& zone);

/// "2026-11-24": the day on which a place has this moment.
std::string plain_date(Time t, const TimeZone& zone);

/// "2026-11-24 06:46:03 +0100", as Shopify's exports write a time.
std::string sheet_time(Time t, const TimeZone& zone);

}  // namespace orderd

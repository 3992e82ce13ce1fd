#pragma once

#include <string>

#include "base/time.h"

namespace orderd {

/// "2026-11-24 05:46 UTC", for people.
std::string plain_time(Time t);

/// "2026-11-24".
std::string plain_date(Time t);

}  // namespace orderd

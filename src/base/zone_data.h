#pragma once

#include <string_view>

#include "base/embedded.h"

namespace orderd::embedded {

/// The TZif file of a time zone that is built into the executable, without its table for older readers; of size 0 if
/// there is no such zone.
Deflated time_zone(std::string_view name);

}  // namespace orderd::embedded

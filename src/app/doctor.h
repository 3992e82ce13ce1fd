#pragma once

#include <iosfwd>
#include <string>

#include "app/config.h"
#include "base/time.h"

namespace orderd::app {

/// `orderd doctor`: looks at what a shop stands on, and prints a line for each thing, with what to do about it where it
/// is not well. Changes nothing; safe beside a running server. It asks outside services whether they can be reached.
///
/// @returns whether nothing is broken (what is only unwise is said, and counts as well)
bool doctor(const Config& config, const Clock& clock, std::ostream& out);

}  // namespace orderd::app

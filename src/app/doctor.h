#pragma once

#include <iosfwd>
#include <string>

#include "app/config.h"
#include "base/time.h"

namespace orderd::app {

/// `orderd doctor`: checks everything that a shop depends on, and prints a line for each, with the remedy if
/// something is wrong. It changes nothing, and is safe beside a running server. It contacts outside services
/// to see whether they can be reached.
///
/// @returns whether nothing is broken and nothing is unwise
bool doctor(const Config& config, const Clock& clock, std::ostream& out);

}  // namespace orderd::app

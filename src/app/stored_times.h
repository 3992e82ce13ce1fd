#pragma once

#include <optional>

#include "base/time.h"
#include "storage/view.h"

namespace orderd::app {

/// The latest stored time of something that happened, if it is in the future: then the clock was ahead once.
/// Checks the orders and the newest events.
std::optional<Time> stored_ahead(const storage::View& view, Time now);

}  // namespace orderd::app

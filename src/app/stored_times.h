#pragma once

#include <optional>

#include "base/time.h"
#include "storage/view.h"

namespace orderd::app {

/// The latest time that the shop holds of something that happened, where it is still to come: the clock was ahead once.
/// Looks at the orders and at the newest events.
std::optional<Time> stored_ahead(const storage::View& view, Time now);

}  // namespace orderd::app

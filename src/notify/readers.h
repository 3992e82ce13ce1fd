#pragma once

#include <vector>

#include "notify/follower.h"

namespace orderd::notify {

/// All readers of the event log. Events that they have not read are not removed.
std::vector<LogReader> log_readers();

}  // namespace orderd::notify

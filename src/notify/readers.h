#pragma once

#include <vector>

#include "notify/follower.h"

namespace orderd::notify {

/// All who read the event log to send something of it: what they have not read is not removed.
std::vector<LogReader> log_readers();

}  // namespace orderd::notify

#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// An invariant, and the violations found.
struct Finding {
    std::string name;                  ///< "stock"
    std::string promise;               ///< "on_hand is the sum of the movements, …"
    std::vector<std::string> faults;   ///< at most 20 per rule; empty: it holds
    std::vector<std::string> notes{};  ///< what an older schema allowed, and staff can put right
};

/// Checks every invariant, in one snapshot of the whole shop. Safe beside a running server.
std::vector<Finding> check(const storage::View& view);

/// Recomputes the counters: on_hand from the movements, reserved from the open orders. Every change is in the
/// audit log.
///
/// @returns a line for each product that was changed
std::vector<std::string> repair(storage::Transaction& tx, Time now);

}  // namespace orderd::app

#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// One of the invariants that always hold, and what was found against it.
struct Finding {
    std::string name;                 ///< "stock"
    std::string promise;              ///< "on_hand is the sum of the movements, …"
    std::vector<std::string> faults;  ///< at most 20 for each rule; empty: it holds
};

/// Reads the whole shop at one moment and holds every invariant against it. Safe beside a running server.
std::vector<Finding> check(const storage::View& view);

/// Sets the counters again from the ledger that they sum up: on_hand from the movements, reserved from the open orders.
/// Everything that is changed is in the audit log.
///
/// @returns a line for each product that was changed
std::vector<std::string> repair(storage::Transaction& tx, Time now);

}  // namespace orderd::app

#pragma once

#include "storage/pruning.h"

namespace orderd::payments {

/// Removes a slice of the attempts that failed, of payments on which nothing is decided any more. Those that moved money,
/// or held it, stay as long as their payment: refunds name their charge, and `orderd check` counts them.
storage::Pruned remove_old_failures(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::payments

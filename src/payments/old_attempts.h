#pragma once

#include "storage/pruning.h"

namespace orderd::payments {

/// Removes a slice of the failed attempts of payments that are settled. Attempts that moved or held money are kept as long
/// as their payment: refunds name their charge, and `orderd check` counts them.
storage::Pruned remove_old_failures(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::payments

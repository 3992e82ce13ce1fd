#pragma once

#include <string>

#include "storage/writer.h"

namespace orderd::audit {

// Changes to the audit log are detected: each entry's hash covers the entry before it, and the end is sealed, so that
// nothing is changed, taken out, added or cut off unseen by who has the database alone. Both are keyed with a secret of
// the key file that outlives a rotation of the key.

/// Verifies the whole chain and its end, row by row. @returns what does not fit, for a person; empty: all fits
std::string fault(const storage::View& view);

/// Takes the log as it is found for whole, and seals its end: for a new shop, and for one of schema 1, whose hashes are
/// not keyed.
void anchor_as_found(storage::Transaction& tx);

}  // namespace orderd::audit

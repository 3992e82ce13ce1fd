#pragma once

#include <string>

#include "storage/pruning.h"

namespace orderd::audit {

// The audit log is tamper-evident: each entry's hash covers the entry before it, and the end is sealed.
// Someone who has only the database cannot change, remove, add or cut off entries unnoticed. Hashes and seal
// are keyed with a secret from the key file that does not change when the key is rotated.

/// Verifies the whole chain from the oldest kept entry to its end, row by row. @returns the first fault, for a person;
/// empty if there is none
std::string fault(const storage::View& view);

/// Removes a slice of the oldest entries, but never the newest one. The hash of the last removed entry is kept, sealed,
/// so that the rest still verifies. Each entry is verified first. If one was changed, nothing is removed, since it is
/// evidence.
///
/// @returns how many; 0: none are left
std::int64_t remove_oldest(storage::Transaction& tx, const storage::Slice& slice);

/// Accepts the log as it is, and seals its end: for a new shop, and for a shop of schema 1, whose hashes are not keyed.
void anchor_as_found(storage::Transaction& tx);

}  // namespace orderd::audit

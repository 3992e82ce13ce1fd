#pragma once

#include <filesystem>
#include <functional>

#include "storage/store.h"

namespace orderd::storage {

/// Copies the database of a shop while it may be in use, consistent as of one moment, checks the copy, and puts it in
/// place by renaming: a crash leaves no half of one. The key file is not in it.
///
/// @throws OpenError when the target exists, cannot be written, or the copy does not check
void backup(const std::filesystem::path& database, const std::filesystem::path& target);

/// The moments of a restore at which the process may die without a new shop being made in the old one's place.
enum class RestoreMoment { marked, checked, copied, migrated, begun_anew, placed };

struct RestoreOptions {
    /// Looks at the copy, at this version's schema, before anything is written to it. Throws if it is not valid.
    std::function<void(const View& view)> look = {};
    /// Makes it a shop that goes on, in one transaction.
    std::function<void(Transaction& tx)> begin_anew = {};
    /// For tests that end the process there.
    std::function<void(RestoreMoment moment)> at_moment = {};
};

/// Puts a backup in place of a shop that is not there: checked first, against the key that is in place, and then
/// renamed, so that a crash leaves no half of one. While it lasts, and after a crash in it, a mark stands in the
/// folder, with which no shop is opened or made there.
///
/// @throws OpenError also if a WAL of the shop that was there is left
void restore(const std::filesystem::path& source, const Files& files, const RestoreOptions& options);

/// Whether a restore into this folder was begun, and has not ended: under way, or killed.
bool is_half_restored(const Files& files);

}  // namespace orderd::storage

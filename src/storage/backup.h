#pragma once

#include <filesystem>
#include <functional>

#include "storage/store.h"

namespace orderd::storage {

/// Copies a shop's database, which may be in use, as a snapshot of one moment, checks the copy, and renames
/// it into place: a crash leaves no partial backup. The backup does not contain the key file.
///
/// @throws OpenError if the target exists or cannot be written, or if the copy fails its check
void backup(const std::filesystem::path& database, const std::filesystem::path& target);

/// The points of a restore. If the process dies at one of them, no new shop is made in place of the old one.
enum class RestoreMoment { marked, checked, copied, migrated, begun_anew, placed };

struct RestoreOptions {
    /// Checks the copy, already migrated to this version's schema, before anything else is written to it.
    /// Throws if it is not valid.
    std::function<void(const View& view)> look = {};
    /// Prepares the copy to continue as a shop, in one transaction.
    std::function<void(Transaction& tx)> begin_anew = {};
    /// For tests that end the process at a given point.
    std::function<void(RestoreMoment moment)> at_moment = {};
};

/// Restores a backup into a folder that has no database. The copy is first checked against the key in the
/// folder, then renamed, so that a crash leaves no partial shop. During the restore, and after a crash in it,
/// a mark file in the folder prevents that a shop is opened or made there.
///
/// @throws OpenError, also if a WAL of an earlier shop is left over
void restore(const std::filesystem::path& source, const Files& files, const RestoreOptions& options);

/// Whether a restore into this folder has begun but not finished: it is running, or was killed.
bool is_half_restored(const Files& files);

}  // namespace orderd::storage

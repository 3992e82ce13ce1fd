#pragma once

#include <filesystem>

#include "storage/store.h"

namespace orderd::storage {

/// Copies the database of a shop while it may be in use, consistent as of one moment, checks the copy, and puts it in
/// place by renaming: a crash leaves no half of one. The key file is not in it.
///
/// @throws OpenError when the target exists, cannot be written, or the copy does not check
void backup(const std::filesystem::path& database, const std::filesystem::path& target);

/// Puts a backup in the place of a shop that is not there: checked first, against the key that is in place, and then
/// renamed, so that a crash leaves no half of one.
///
/// @throws OpenError also where a WAL of the shop that was there is left
void restore(const std::filesystem::path& source, const Files& files);

}  // namespace orderd::storage

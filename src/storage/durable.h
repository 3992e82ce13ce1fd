#pragma once

#include <filesystem>

namespace orderd::storage {

/// Syncs a file or folder, and returns once its content is on the disk itself, not only in the disk's cache.
///
/// @returns whether that succeeded; errno says why not
bool sync_to_disk(int descriptor);

/// Syncs a folder's entries: files that were made or renamed there. Does nothing where the folder may not be opened, or
/// its file system syncs no folders.
///
/// @returns whether a power cut can no longer undo them; errno says why not
[[nodiscard]] bool sync_folder(const std::filesystem::path& folder);

}  // namespace orderd::storage

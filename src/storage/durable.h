#pragma once

#include <filesystem>

namespace orderd::storage {

/// Returns once what was written to a file, or into a folder, is on the disk, and not in its cache alone.
///
/// @returns whether it is; errno says why not
bool sync_to_disk(int descriptor);

/// The same for a folder's names: what was made or renamed there. It does nothing if folders cannot be opened.
void sync_folder(const std::filesystem::path& folder);

}  // namespace orderd::storage

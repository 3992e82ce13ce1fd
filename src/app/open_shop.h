#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// Opens the shop in a folder for a command, or makes one in an empty folder if `may_make`. A new shop gets
/// its currency and its first owner, who has no password yet. What follows from mutations (following.h) follows.
///
/// @param currency of a new shop (empty: EUR); an existing shop must have it too (empty: any)
/// @throws storage::OpenError
std::unique_ptr<storage::Store> open_shop(const std::filesystem::path& folder, const Clock& clock, bool may_make,
                                          bool server = false, const std::string& currency = {},
                                          const storage::Writer::Limits& limits = {});

}  // namespace orderd::app

#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

/// Opens the shop of a folder for a command, or makes it in an empty one where `may_make`. A shop that is made has its
/// currency and its first owner, who has no password yet.
///
/// @param currency  of a shop that is made (empty: EUR), and what one that is there must have (empty: any)
/// @throws storage::OpenError
std::unique_ptr<storage::Store> open_shop(const std::filesystem::path& folder, const Clock& clock, bool may_make,
                                          bool server = false, const std::string& currency = {},
                                          const storage::Writer::Limits& limits = {});

}  // namespace orderd::app

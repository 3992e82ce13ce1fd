#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace orderd::storage {

enum class Depth {
    quick,     ///< PRAGMA quick_check: every page, and every row against its table's rules
    thorough,  ///< PRAGMA integrity_check: also every index against its table; takes several times as long
};

/// Looks for damage in a database that may be in use, on its own connection. Takes about a second for 300 MB.
///
/// @param stop  called regularly; once it returns true, the check ends without a finding
/// @returns the first fault; nullopt if there is none
/// @throws SQLite::Exception if the database cannot be read for a reason other than damage
std::optional<std::string> first_fault(const std::filesystem::path& database, Depth depth,
                                       const std::function<bool()>& stop = {});

}  // namespace orderd::storage

#pragma once

#include <filesystem>
#include <iosfwd>

#include "base/time.h"

namespace orderd::app {

// The commands that look after a shop's files. Each prints what it did, and throws storage::OpenError or another
// std::exception with a text for a person where it could not.

/// `orderd check`: a line for each invariant. @returns whether all of them hold
bool check_command(const std::filesystem::path& data, bool repair, const Clock& clock, std::ostream& out);

/// `orderd backup FILE`: also while the shop is served.
void backup_command(const std::filesystem::path& data, const std::filesystem::path& target, std::ostream& out);

/// `orderd restore FILE`: into a folder without a shop. Verifies before it puts anything in place.
void restore_command(const std::filesystem::path& data, const std::filesystem::path& source, std::ostream& out);

/// `orderd migrate`.
void migrate_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out);

}  // namespace orderd::app

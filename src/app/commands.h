#pragma once

#include <filesystem>
#include <iosfwd>

#include "base/time.h"

namespace orderd::app {

// The commands that look after a shop's files. Each prints what it did, and throws storage::OpenError or another
// std::exception with a text for a person where it could not.

/// `orderd check`: a line for each invariant. @returns whether all of them hold
bool check_command(const std::filesystem::path& data, bool repair, const Clock& clock, std::ostream& out);

/// `orderd backup FILE`: also while the shop is served. Holds every invariant against the copy.
void backup_command(const std::filesystem::path& data, const std::filesystem::path& target, std::ostream& out);

/// `orderd restore FILE`: into a folder without a shop. Verifies before it puts anything in place.
void restore_command(const std::filesystem::path& data, const std::filesystem::path& source, std::ostream& out);

/// `orderd backup --drill [FILE]`: restores FILE, or a backup made now, into a scratch folder, and checks it.
/// @returns whether every invariant holds there
bool drill_command(const std::filesystem::path& data, const std::filesystem::path& backup, std::ostream& out);

/// `orderd migrate --rehearse`: the migration on a copy, in a scratch folder inside the shop's. @returns as
/// drill_command
bool rehearse_command(const std::filesystem::path& data, std::ostream& out);

/// `orderd migrate`.
void migrate_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out);

}  // namespace orderd::app

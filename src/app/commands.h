#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>

#include "app/restoring.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

// The commands that maintain a shop's files. Each prints what it did, and on failure throws
// storage::OpenError or another std::exception with a text for people.

/// Opens the shop in a folder, or makes one in an empty folder with this currency (empty: EUR), and prints
/// that. An existing shop must have that currency.
std::unique_ptr<storage::Store> open_or_make(const std::filesystem::path& data, const std::string& currency,
                                             const Clock& clock, std::ostream& out);

/// The line printed for a new shop, with what cannot be changed later.
std::string told_of_new_shop(const std::filesystem::path& data, const std::string& currency);

/// `orderd check`: a line for each invariant. @returns whether all of them hold
bool check_command(const std::filesystem::path& data, bool repair, const Clock& clock, std::ostream& out);

/// `orderd backup FILE`: safe while the shop is served. Checks every invariant in the copy.
void backup_command(const std::filesystem::path& data, const std::filesystem::path& target, std::ostream& out);

/// `orderd restore FILE`: restores into a folder without a shop. It verifies the backup before it puts
/// anything in place, and prints where numbering continues and who has full rights.
void restore_command(const std::filesystem::path& data, const std::filesystem::path& source, const RestoreWish& wish,
                     const Clock& clock, std::ostream& out);

/// `orderd backup --drill [FILE]`: restores FILE, or a backup made now, into a scratch folder, and checks it.
/// @returns whether every invariant holds there
bool drill_command(const std::filesystem::path& data, const std::filesystem::path& backup, std::ostream& out);

/// `orderd migrate --rehearse`: runs the migration on a copy, in a scratch folder inside the shop's. @returns
/// as drill_command
bool rehearse_command(const std::filesystem::path& data, std::ostream& out);

/// `orderd migrate`.
void migrate_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out);

/// `orderd compact`: rewrites the database without its free pages. From then on it can return free pages to the disk. Not
/// while the shop is served. After a crash the database is unchanged.
void compact_command(const std::filesystem::path& data, const Clock& clock, std::ostream& out);

}  // namespace orderd::app

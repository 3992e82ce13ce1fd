#pragma once

#include <filesystem>
#include <iosfwd>

#include "app/restoring.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::app {

// A whole shop as JSON Lines, for other programs and for a move to another key. One line says which shop, which schema, and
// the sequence of the newest event that is in it; then follows a line for each row: {"table", "row"}; the last line has
// their count, so that a file that was cut is known. Columns hold what they hold in the database (schema.sql), with these
// exceptions: *_sealed columns are opened; other bytes, and what was sealed and is no text, are {"base64"}. What can be made
// anew (search indexes) and what ends with a move (sessions, codes for passwords, answers kept for a day) is left out.
//
// Whoever has the file has the shop: customers in the clear, secrets of gateways and webhooks, and the secret that links in
// mails and the audit log hang on.

/// `orderd export --everything`: writes it, as of one moment, also while the shop is served. It is in the audit log.
///
/// @param file  empty: to `out`. Complete, or not there at all
/// @throws std::runtime_error if it cannot be written
void export_everything(storage::Store& store, const std::filesystem::path& file, const Clock& clock, std::ostream& out);

/// `orderd import --everything FILE`: makes a shop of it in a folder that has none, under a new key, and prints what
/// `orderd restore` prints. It is restored as a backup is: nothing is in place before every invariant was checked.
///
/// @throws storage::OpenError for a folder with a shop, a file of another schema, a line that cannot be read, a file that was cut
void import_everything(const std::filesystem::path& data, const std::filesystem::path& file, const RestoreWish& wish,
                       const Clock& clock, std::ostream& out);

}  // namespace orderd::app

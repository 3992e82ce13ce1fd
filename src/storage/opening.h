#pragma once

#include <functional>

#include "storage/store.h"

namespace orderd::storage {

// Opens and creates a shop's files: for Store, and for restoring a backup.

/// Translates an SQLite error into a text that says what a person can do about it.
OpenError explained(const std::filesystem::path& file, const SQLite::Exception& error);

/// Reads the key of the folder's shop, or creates one if there is no shop and `may_create` is set.
///
/// @throws OpenError
Vault open_vault(const Files& files, bool may_create);

/// Opens the writer's connection. Creates the database if there is none and `make_new` is set; migrates an older one.
///
/// @param keeps_old  whether an older database is copied before it is migrated
/// @throws OpenError
Connection open_database(const Files& files, const Vault& vault, const std::function<void(Transaction&)>& make_new,
                         bool keeps_old, const Schema& schema);

/// Whether `reader` can read the shop without a write to its disk: it has this schema already.
///
/// @throws OpenError for a database that is not this shop's
bool can_be_read(Connection& reader, const Vault& vault, const Files& files, const Schema& schema);

/// Seals the key check, which shows whether a key is this shop's, under the newest key.
void renew_key_check(Transaction& tx);

/// The first number that a pragma returns; 0 if it returns none.
std::int64_t pragma(Connection& connection, const char* name);

/// Migrates an older database to a schema, in one transaction: after a crash it is unchanged or complete.
/// Foreign keys are checked once, at the end, so that a migration may rebuild a table
/// (https://sqlite.org/lang_altertable.html, section 7).
///
/// @throws SQLite::Exception, std::runtime_error if a reference would dangle; the database is then unchanged
void migrate(Connection& connection, const Vault& vault, const Schema& to);

}  // namespace orderd::storage

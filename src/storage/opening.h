#pragma once

#include <functional>

#include "storage/store.h"

namespace orderd::storage {

// How a shop's files are opened and made: for Store, and for what puts a backup in a shop's place.

/// What SQLite said, as what a person can do about it.
OpenError explained(const std::filesystem::path& file, const SQLite::Exception& error);

/// The key of the folder's shop, or a new one if there is no shop and `may_create`.
///
/// @throws OpenError
Vault open_vault(const Files& files, bool may_create);

/// The writer's connection: made if there is no database and `make_new` is set, and brought to the schema.
///
/// @param keeps_old  whether an older database is copied before it is migrated
/// @throws OpenError
Connection open_database(const Files& files, const Vault& vault, const std::function<void(Transaction&)>& make_new,
                         bool keeps_old, const Schema& schema);

/// Whether a shop of this schema can be read through `reader`, without a write to its disk.
///
/// @throws OpenError for a database that is not this shop's
bool can_be_read(Connection& reader, const Vault& vault, const Files& files, const Schema& schema);

/// Seals the value that tells a shop's key from another's under the newest key.
void renew_key_check(Transaction& tx);

/// The first number that a pragma answers with; 0 if it answers with none.
std::int64_t pragma(Connection& connection, const char* name);

/// Brings an older database to a schema, in one transaction: after a crash it is as it was, or done. References are
/// checked against the tables once, at the end, so that a migration may rebuild a table
/// (https://sqlite.org/lang_altertable.html, section 7).
///
/// @throws SQLite::Exception, std::runtime_error when a reference would lead nowhere; the database is as it was
void migrate(Connection& connection, const Vault& vault, const Schema& to);

}  // namespace orderd::storage

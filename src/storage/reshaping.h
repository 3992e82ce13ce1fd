#pragma once

#include <string_view>

#include "storage/connection.h"

namespace orderd::storage {

/// Makes every table, index and trigger of a database match `schema_sql`, inside the caller's transaction and
/// with foreign keys off. A table whose SQL differs is rebuilt, and the columns that both versions have are
/// copied. A full-text index is filled again from its table; one without a table stays empty. Objects that are not in the schema are dropped.
/// So a migration only converts data; see kMigrations.
///
/// @throws SQLite::Exception if a row does not fit its new table
void reshape(Connection& connection, std::string_view schema_sql);

}  // namespace orderd::storage

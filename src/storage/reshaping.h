#pragma once

#include <string_view>

#include "storage/connection.h"

namespace orderd::storage {

/// Brings every table, index and trigger of a database to the words of `schema_sql`, inside the caller's transaction
/// and with foreign keys off. A table whose words differ is rebuilt, and the columns that both have are copied; a
/// full-text index is filled again from its table. What the schema does not have is dropped. A migration so says only
/// what happens to the data; see kMigrations.
///
/// @throws SQLite::Exception if a row does not fit its new table
void reshape(Connection& connection, std::string_view schema_sql);

}  // namespace orderd::storage

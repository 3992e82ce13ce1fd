#pragma once

#include "storage/store.h"

namespace orderd::tests {

/// Puts the database that is kept of a schema (tests/databases) into a folder, with its key: a shop that an orderd of
/// that time has left, with an order of Ada Lovelace's, and the owner ada.
void put_kept_database(int schema, const storage::Files& files);

}  // namespace orderd::tests

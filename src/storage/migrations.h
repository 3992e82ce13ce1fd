#pragma once

#include <filesystem>

#include "storage/connection.h"

namespace orderd::storage {

/// The schema that this executable knows: the user_version that schema.sql sets.
constexpr int kSchemaVersion = 1;

/// "orde": tells our databases from others (schema.sql sets it too).
constexpr std::int64_t kApplicationId = 0x6f726465;

/// Where opening an older shop first keeps a checked copy of its database, of schema `version`.
std::filesystem::path copy_before_migration(const std::filesystem::path& folder, int version);

/// Brings an older database to kSchemaVersion, in one transaction: after a crash it is as it was, or done.
void migrate(Connection& connection, int from);

}  // namespace orderd::storage

#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "storage/connection.h"

namespace orderd::storage {

/// The schema that this executable knows: the user_version that schema.sql sets.
constexpr int kSchemaVersion = 8;

/// "orde": identifies orderd's databases (schema.sql sets it too).
constexpr std::int64_t kApplicationId = 0x6f726465;

/// One step from a version of the schema to the next.
struct Migration {
    int from;  ///< the user_version that it starts from
    const char* sql;
};

/// A version of the schema, and the steps to it from every version that a released orderd has written, oldest first.
struct Schema {
    int version;
    std::span<const Migration> migrations;
    /// The complete schema in SQL. After the steps, the database is reshaped to it (storage/reshaping.h), so
    /// that a step only converts data. Null: the steps do everything.
    std::string_view (*whole)() = nullptr;
};

/// The schema that this executable knows. Only tests pass another one.
const Schema& current_schema();

/// Where a checked copy of a database of schema `version` is kept before it is migrated.
std::filesystem::path copy_before_migration(const std::filesystem::path& folder, int version);

}  // namespace orderd::storage

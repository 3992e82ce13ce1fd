#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "storage/connection.h"

namespace orderd::storage {

/// The schema that this executable knows: the user_version that schema.sql sets.
constexpr int kSchemaVersion = 3;

/// "orde": tells our databases from others (schema.sql sets it too).
constexpr std::int64_t kApplicationId = 0x6f726465;

/// The way from one version of the schema to the next.
struct Migration {
    int from;  ///< the user_version that it starts at
    const char* sql;
};

/// A version of the schema, and the way there from every one that a released orderd has written, oldest first.
struct Schema {
    int version;
    std::span<const Migration> migrations;
    /// The whole of it in SQL, which the database is brought to after the steps (storage/reshaping.h): a step says only
    /// what happens to the data. Null: the steps do all.
    std::string_view (*whole)() = nullptr;
};

/// What this executable knows. Another is handed in only by tests.
const Schema& current_schema();

/// Where opening an older shop first keeps a checked copy of its database, of schema `version`.
std::filesystem::path copy_before_migration(const std::filesystem::path& folder, int version);

}  // namespace orderd::storage

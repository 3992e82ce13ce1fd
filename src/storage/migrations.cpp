#include "storage/migrations.h"

#include <fmt/format.h>

#include <array>

namespace orderd::storage {

namespace {

struct Migration {
    int from;  ///< the user_version that it starts at; it leads to the next
    const char* sql;
};

/// One entry for each version that a released orderd has written, oldest first. None has been yet.
constexpr std::array<Migration, 0> kMigrations{};

}  // namespace

std::filesystem::path copy_before_migration(const std::filesystem::path& folder, int version) {
    return folder / fmt::format("shop-before-migration-from-{}.db", version);
}

void migrate(Connection& connection, int from) {
    if (from == kSchemaVersion) {
        return;
    }
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const auto& step : kMigrations) {
        if (step.from >= from) {
            connection.execute(step.sql);
        }
    }
    connection.execute(fmt::format("PRAGMA user_version = {}", kSchemaVersion));
    all.commit();
}

}  // namespace orderd::storage

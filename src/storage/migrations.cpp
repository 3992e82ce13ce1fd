#include "storage/migrations.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "storage/audit.h"
#include "storage/opening.h"

namespace orderd::storage {

namespace {

/// Version 2, in the order of schema.sql's parts.
constexpr auto kTo2 = R"sql(
    -- the shop itself
    CREATE TABLE event_log (
        id     INTEGER PRIMARY KEY,
        name   TEXT NOT NULL,
        after  INTEGER NOT NULL,
        at     INTEGER NOT NULL
    ) STRICT;
    INSERT INTO event_log (name, after, at) VALUES ('', 0, 0),
        (lower(hex(randomblob(8))), (SELECT coalesce(max(sequence), 0) FROM event), 0);
    CREATE TABLE number_floor (
        name   TEXT PRIMARY KEY,
        after  INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE audit_anchor (
        id       INTEGER PRIMARY KEY CHECK (id = 1),
        entries  INTEGER NOT NULL,
        unkeyed  INTEGER NOT NULL,
        hash     BLOB NOT NULL,
        seal     BLOB NOT NULL
    ) STRICT;
    ALTER TABLE idempotency_key ADD COLUMN about TEXT NOT NULL DEFAULT '';

    -- people

    -- catalog
    CREATE INDEX inventory_movement_noted ON inventory_movement (order_id) WHERE order_id IS NOT NULL AND note <> '';

    -- orders

    -- payments

    -- fulfillment

    -- notify
)sql";

/// What a step does that SQL alone cannot, since it takes the shop's key; after its SQL.
void with_the_key(Transaction& tx, int from) {
    if (from == 1) {
        audit::anchor_as_found(tx);
    }
}

constexpr std::array kMigrations{Migration{.from = 1, .sql = kTo2}};

constexpr Schema kSchema{.version = kSchemaVersion, .migrations = kMigrations};

void require_references(Connection& connection) {
    SQLite::Statement broken(connection.database(), "PRAGMA foreign_key_check");
    if (broken.executeStep()) {
        throw std::runtime_error(fmt::format("a row of {} would refer to one of {} that is not there",
                                             broken.getColumn(0).getString(), broken.getColumn(2).getString()));
    }
}

int version_of(Connection& connection) {
    SQLite::Statement version(connection.database(), "PRAGMA user_version");
    return version.executeStep() ? version.getColumn(0).getInt() : 0;
}

/// Leaves foreign keys alone while tables are made anew. SQLite heeds it between transactions only.
class WithoutForeignKeys {
public:
    explicit WithoutForeignKeys(Connection& connection) : handle_(connection.database().getHandle()) { set(0); }
    WithoutForeignKeys(const WithoutForeignKeys&) = delete;
    WithoutForeignKeys& operator=(const WithoutForeignKeys&) = delete;
    ~WithoutForeignKeys() { set(1); }

private:
    void set(int on) const { sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_FKEY, on, nullptr); }

    sqlite3* const handle_;
};

}  // namespace

const Schema& current_schema() { return kSchema; }

std::filesystem::path copy_before_migration(const std::filesystem::path& folder, int version) {
    return folder / fmt::format("shop-before-migration-from-{}.db", version);
}

void migrate(Connection& connection, const Vault& vault, const Schema& to) {
    const WithoutForeignKeys meanwhile(connection);
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const int from = version_of(connection);  // now that no other process can be at it
    if (from >= to.version) {
        return;
    }
    for (const auto& step : to.migrations) {
        if (step.from >= from) {
            connection.execute(step.sql);
            Transaction tx(connection, vault);
            with_the_key(tx, step.from);
        }
    }
    require_references(connection);
    connection.execute(fmt::format("PRAGMA user_version = {}", to.version));
    all.commit();
}

}  // namespace orderd::storage

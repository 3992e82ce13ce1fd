#include "storage/migrations.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "base/embedded.h"
#include "storage/reshaping.h"

namespace orderd::storage {

namespace {

/// Version 2, in the order of schema.sql's parts: what happens to the data. Tables, indexes and triggers are brought to
/// schema.sql's words after it, and columns that both have are kept; so a column that changes its meaning is renamed
/// here first.
constexpr auto kTo2 = R"sql(
    -- the shop itself

    -- people

    -- catalog: a weight of 0 was one that nobody had typed
    ALTER TABLE product RENAME COLUMN weight_g TO weight_was;
    ALTER TABLE product ADD COLUMN weight_g INTEGER;
    UPDATE product SET weight_g = nullif(weight_was, 0);

    -- orders: no stock is held without an end that no person agreed to
    UPDATE orders SET expires_at = unixepoch() * 1000 + 7 * 86400000 WHERE status = 'pending' AND expires_at IS NULL;
    ALTER TABLE order_item RENAME COLUMN weight_g TO weight_was;
    ALTER TABLE order_item ADD COLUMN weight_g INTEGER;
    UPDATE order_item SET weight_g = nullif(weight_was, 0);

    -- payments

    -- fulfillment
    ALTER TABLE shipment RENAME COLUMN weight_g TO weight_was;
    ALTER TABLE shipment ADD COLUMN weight_g INTEGER;
    UPDATE shipment SET weight_g = nullif(weight_was, 1);
    ALTER TABLE tracking_event ADD COLUMN told_at INTEGER;
    UPDATE tracking_event SET told_at = at;

    -- notify
)sql";

constexpr std::array kMigrations{Migration{.from = 1, .sql = kTo2}};

constexpr Schema kSchema{.version = kSchemaVersion, .migrations = kMigrations, .whole = &embedded::schema_sql};

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

void migrate(Connection& connection, const Schema& to) {
    const WithoutForeignKeys meanwhile(connection);
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const int from = version_of(connection);  // now that no other process can be at it
    if (from >= to.version) {
        return;
    }
    for (const auto& step : to.migrations) {
        if (step.from >= from) {
            connection.execute(step.sql);
        }
    }
    if (to.whole != nullptr) {
        reshape(connection, to.whole());
    }
    require_references(connection);
    connection.execute(fmt::format("PRAGMA user_version = {}", to.version));
    all.commit();
}

}  // namespace orderd::storage

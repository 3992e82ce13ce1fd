#include "storage/migrations.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace orderd::storage {

namespace {

/// Version 2, in the order of schema.sql's parts.
constexpr auto kTo2 = R"sql(
    -- the shop itself

    -- Jobs have lanes, and parties. What this process finds running, no other one can be running any more.
    ALTER TABLE job RENAME TO old_job;
CREATE TABLE job (
    id            INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL,                     -- "order.expire"
    lane          TEXT NOT NULL CHECK (lane IN ('money', 'parcels', 'mail', 'webhooks', 'upkeep')),
    party         TEXT NOT NULL DEFAULT '',          -- whom it asks outside: "stripe", "webhook-3"; '': nobody
    dedupe_key    TEXT UNIQUE,                       -- while such a job waits, it is not added again
    payload       TEXT NOT NULL CHECK (json_valid(payload)),
    status        TEXT NOT NULL CHECK (status IN ('ready', 'running', 'dead')),   -- a job that is done is removed
    run_at        INTEGER NOT NULL,                  -- not before
    attempts      INTEGER NOT NULL DEFAULT 0,
    max_attempts  INTEGER NOT NULL,
    last_error    TEXT NOT NULL DEFAULT '',
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT;
    INSERT INTO job
    SELECT id, kind,
           CASE WHEN kind IN ('payment.charge', 'payment.look_up', 'payment.return', 'payment.capture', 'payment.void',
                              'payment.refund', 'payment.settle') THEN 'money'
                WHEN kind GLOB 'shipment.*' THEN 'parcels'
                WHEN kind = 'mail.send' THEN 'mail'
                WHEN kind = 'webhook.deliver' THEN 'webhooks'
                ELSE 'upkeep' END,
           CASE kind
               WHEN 'mail.send' THEN 'mail'
               WHEN 'webhook.deliver' THEN coalesce((SELECT 'webhook-' || endpoint_id FROM webhook_delivery
                                                      WHERE id = json_extract(payload, '$.delivery_id')), '')
               ELSE '' END,
           dedupe_key, payload, status, CASE status WHEN 'running' THEN updated_at ELSE run_at END, attempts, max_attempts, last_error, created_at, updated_at
      FROM old_job;
    DROP TABLE old_job;
    CREATE INDEX job_by_turn ON job (lane, party, attempts > 0, run_at) WHERE status = 'ready';
    CREATE INDEX job_running ON job (id) WHERE status = 'running';
    CREATE INDEX job_dead ON job (id) WHERE status = 'dead';

    -- people

    -- catalog

    -- orders

    -- payments

    -- fulfillment

    -- notify
)sql";

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
    require_references(connection);
    connection.execute(fmt::format("PRAGMA user_version = {}", to.version));
    all.commit();
}

}  // namespace orderd::storage

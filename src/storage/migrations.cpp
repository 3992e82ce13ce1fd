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
    CREATE TABLE former_email (
        id              INTEGER PRIMARY KEY,
        customer_id     INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
        event_sequence  INTEGER NOT NULL UNIQUE,
        contact_sealed  BLOB NOT NULL,
        changed_at      INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX former_email_by_customer ON former_email (customer_id);
    ALTER TABLE session RENAME TO session_1;
    ALTER TABLE api_key RENAME TO api_key_1;
    CREATE TABLE session (
        id            INTEGER PRIMARY KEY,
        token_hash    BLOB NOT NULL UNIQUE,
        admin_id      INTEGER REFERENCES admin_user (id) ON DELETE CASCADE,
        customer_id   INTEGER REFERENCES customer (id) ON DELETE CASCADE,
        address       TEXT NOT NULL,
        user_agent    TEXT NOT NULL,
        created_at    INTEGER NOT NULL,
        expires_at    INTEGER NOT NULL,
        last_used_at  INTEGER NOT NULL,
        CHECK ((admin_id IS NULL) <> (customer_id IS NULL))
    ) STRICT;
    INSERT INTO session SELECT id, token_hash, admin_id, customer_id, '', '', created_at, expires_at, last_used_at
        FROM session_1;
    DROP TABLE session_1;
    CREATE INDEX session_by_admin ON session (admin_id) WHERE admin_id IS NOT NULL;
    CREATE INDEX session_by_customer ON session (customer_id) WHERE customer_id IS NOT NULL;
    CREATE TABLE known_device (
        id            INTEGER PRIMARY KEY,
        token_hash    BLOB NOT NULL UNIQUE,
        admin_id      INTEGER REFERENCES admin_user (id) ON DELETE CASCADE,
        customer_id   INTEGER REFERENCES customer (id) ON DELETE CASCADE,
        created_at    INTEGER NOT NULL,
        last_used_at  INTEGER NOT NULL,
        CHECK ((admin_id IS NULL) <> (customer_id IS NULL))
    ) STRICT;
    CREATE INDEX known_device_by_admin ON known_device (admin_id) WHERE admin_id IS NOT NULL;
    CREATE INDEX known_device_by_customer ON known_device (customer_id) WHERE customer_id IS NOT NULL;
    CREATE TABLE api_key (
        id            INTEGER PRIMARY KEY,
        label         TEXT NOT NULL,
        token_hash    BLOB NOT NULL UNIQUE,
        scopes        TEXT NOT NULL CHECK (json_valid(scopes)),
        role          TEXT NOT NULL CHECK (role IN ('staff', 'viewer')),
        created_by    INTEGER NOT NULL REFERENCES admin_user (id),
        held_by       INTEGER NOT NULL REFERENCES admin_user (id),
        created_at    INTEGER NOT NULL,
        expires_at    INTEGER,
        last_used_at  INTEGER,
        revoked_at    INTEGER
    ) STRICT;
    INSERT INTO api_key SELECT id, label, token_hash, scopes, role, created_by, created_by, created_at, expires_at,
        last_used_at, revoked_at FROM api_key_1;
    DROP TABLE api_key_1;
    CREATE INDEX api_key_held ON api_key (held_by) WHERE revoked_at IS NULL;
    -- Keys of people who have left, or who may do less than their keys, worked until now.
    UPDATE api_key SET revoked_at = unixepoch() * 1000
     WHERE revoked_at IS NULL AND held_by IN (SELECT id FROM admin_user
        WHERE active = 0 OR (admin_user.role = 'viewer' AND api_key.role = 'staff'));

    -- catalog
    CREATE INDEX inventory_movement_noted ON inventory_movement (order_id) WHERE order_id IS NOT NULL AND note <> '';
CREATE VIRTUAL TABLE product_word USING fts5 (sku, name, content = product, content_rowid = id, detail = none,
                                              prefix = '1 2', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER product_word_added AFTER INSERT ON product BEGIN
    INSERT INTO product_word (rowid, sku, name) VALUES (new.id, new.sku, new.name);
END;
CREATE TRIGGER product_word_removed AFTER DELETE ON product BEGIN
    INSERT INTO product_word (product_word, rowid, sku, name) VALUES ('delete', old.id, old.sku, old.name);
END;
CREATE TRIGGER product_word_changed AFTER UPDATE OF sku, name ON product BEGIN
    INSERT INTO product_word (product_word, rowid, sku, name) VALUES ('delete', old.id, old.sku, old.name);
    INSERT INTO product_word (rowid, sku, name) VALUES (new.id, new.sku, new.name);
END;
    INSERT INTO product_word (product_word) VALUES ('rebuild');

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

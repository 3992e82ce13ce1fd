#include "storage/connection.h"

#include <chrono>
#include <thread>

#include "storage/read_errors.h"

namespace orderd::storage {

namespace {

int open_flags(Connection::Mode mode) {
    switch (mode) {
        case Connection::Mode::read_only: return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
        case Connection::Mode::read_write: return SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
        case Connection::Mode::create: break;
    }
    return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
}

std::unique_ptr<SQLite::Database> open(const std::filesystem::path& file, Connection::Mode mode, const char* vfs) {
    // SQLite stores the process's id when it seeds its random numbers, and reads it without a lock at each
    // opening (unixOpen). Seeding before any thread opens a database avoids that data race.
    static const auto seeded = [] {
        unsigned char drawn = 0;
        sqlite3_randomness(sizeof drawn, &drawn);
        return true;
    }();
    static_cast<void>(seeded);
    tell_read_errors_from_damage();
    return std::make_unique<SQLite::Database>(file.c_str(), open_flags(mode), 0, vfs);
}

constexpr std::chrono::milliseconds kBetweenTries{2};

/// SQLite's busy handler: waits, and returns whether to try the lock again.
///
/// @param most   a pointer to how many tries there are
/// @param tries  how many there were
int try_again(void* most, int tries) {
    if (tries >= *static_cast<const int*>(most)) {
        return 0;
    }
    std::this_thread::sleep_for(kBetweenTries);
    return 1;
}

/// Another program that opens the new database, or is the last to close it, holds a lock for a moment. SQLite
/// does not apply its busy timeout here, so this retries.
void switch_to_log(Connection& connection) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    for (;;) {
        try {
            return connection.execute("PRAGMA journal_mode = WAL");
        } catch (const SQLite::Exception& error) {
            if ((error.getErrorCode() & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() > until) {
                throw;
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

}  // namespace

Lease::~Lease() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    if (!home_.idle) {
        home_.idle = std::move(statement_);
    }
    --home_.leases;
}

bool Lease::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        throw SQLite::Exception(sqlite3_db_handle(statement_.get()), code);
    }
    return false;
}

void Lease::check(int code) const {
    if (code != SQLITE_OK) {
        throw SQLite::Exception(sqlite3_db_handle(statement_.get()), code);
    }
}

void Lease::bind(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), index, value)); }

void Lease::bind_text(int index, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
    check(sqlite3_bind_text64(statement_.get(), index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Lease::bind_bytes(int index, std::string_view bytes) {
    const char* data = bytes.data() == nullptr ? "" : bytes.data();
    check(sqlite3_bind_blob64(statement_.get(), index, data, bytes.size(), SQLITE_STATIC));
}

void Lease::bind_null(int index) { check(sqlite3_bind_null(statement_.get(), index)); }

Connection::Connection(const std::filesystem::path& file, Mode mode, const char* vfs)
    : vfs_(vfs), database_(open(file, mode, vfs)) {
    sqlite3* handle = database_->getHandle();
    sqlite3_extended_result_codes(handle, 1);
    wait_for_locks(kUsualWait);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // Query plans must not depend on bound values. Otherwise a statement that compares a parameter with a
    // partial index's condition is prepared again whenever another value is bound.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    execute("PRAGMA foreign_keys = ON");
    execute("PRAGMA cell_size_check = ON");
    if (mode == Mode::read_only) {
        execute("PRAGMA query_only = ON");
        execute("PRAGMA cache_size = -2048");
        return;
    }
    if (mode == Mode::create) {
        execute("PRAGMA auto_vacuum = INCREMENTAL");  // before a new database's first page: free ones can be given back
    }
    switch_to_log(*this);
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA secure_delete = ON");  // later backups do not contain deleted data
    execute("PRAGMA fullfsync = ON");      // macOS: fsync(2) alone does not reach the disk
    execute("PRAGMA checkpoint_fullfsync = ON");
    execute("PRAGMA cache_size = -16384");
    execute("PRAGMA wal_autocheckpoint = 0");          // the writer decides when
    execute("PRAGMA journal_size_limit = 134217728");  // bytes: a log that grew further is cut once it begins anew
}

void Connection::wait_for_locks(std::chrono::milliseconds most) {
    *most_tries_ = static_cast<int>(most / kBetweenTries);
    sqlite3_busy_handler(database_->getHandle(), try_again, most_tries_.get());
}

Statement Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database_->getHandle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        throw SQLite::Exception(database_->getHandle(), code);
    }
    return Statement(statement);
}

Lease Connection::lease(std::string_view sql) {
    auto found = cache_.find(sql);
    if (found != cache_.end() && found->second.idle) {
        return {found->second, std::move(found->second.idle)};
    }
    auto statement = prepare(sql);
    if (found == cache_.end()) {
        if (cache_.size() >= kMostCached) {
            // Not decided by `idle`: of two leases of the same SQL, the inner one returns while the outer one lives.
            std::erase_if(cache_, [](const auto& entry) { return entry.second.leases == 0; });
        }
        found = cache_.try_emplace(std::string(sql)).first;
    }
    return {found->second, std::move(statement)};
}

}  // namespace orderd::storage

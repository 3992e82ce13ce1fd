#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace orderd::storage {

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// A statement in a connection's cache, and how many leases will return to it.
struct CachedStatement {
    Statement idle = {};  ///< null while it is leased
    std::size_t leases = 0;
};

/// A prepared statement, leased from the cache for one query. The destructor resets and unbinds it, and
/// returns it to the cache. It does not use SQLite::Statement, which copies every text that it binds and
/// every column that it reads.
class Lease {
public:
    /// `home`: the cache entry that the statement returns to. It outlives its leases.
    Lease(CachedStatement& home, Statement statement) : home_(home), statement_(std::move(statement)) {
        ++home_.leases;
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    /// @returns whether there is a row
    /// @throws SQLite::Exception
    bool step();

    /// Binds parameter `index` (from 1). Text and bytes are not copied: they must live until the last step.
    void bind(int index, std::int64_t value);
    void bind_text(int index, std::string_view text);
    void bind_bytes(int index, std::string_view bytes);
    void bind_null(int index);

    sqlite3_stmt* get() const { return statement_.get(); }

private:
    void check(int code) const;

    CachedStatement& home_;
    Statement statement_;
};

/// One connection and its prepared statements. Used by one thread at a time.
class Connection {
public:
    enum class Mode { read_only, read_write, create };

    /// Opens with foreign keys, WAL, synchronous=FULL (and fullfsync if the system has it), and with SQLite's
    /// defences against a hostile file. Only the writer and its Checkpointer checkpoint.
    ///
    /// @param vfs  the name of the SQLite VFS that opens the file; null: the system's default
    /// @throws SQLite::Exception
    Connection(const std::filesystem::path& file, Mode mode, const char* vfs = nullptr);

    /// A statement from the cache, or a new one. A statement that is in use (a query inside the same query) is prepared
    /// a second time. If the cache is full, it drops all statements that are not in use. @throws SQLite::Exception
    Lease lease(std::string_view sql);

    static constexpr std::size_t kMostCached = 400;  ///< statements; bounded, since lists with filters generate SQL
    std::size_t cached() const { return cache_.size(); }  ///< at most kMostCached, or more if more are in use at once

    /// Runs SQL that returns no rows and is not worth caching. @throws SQLite::Exception
    void execute(const std::string& sql) { database_->exec(sql); }

    static constexpr std::chrono::milliseconds kUsualWait{5000};

    /// How long a statement waits for another process's lock before it fails with SQLITE_BUSY. It asks each 2 ms: SQLite's
    /// own handler soon asks ten times a second only, and misses the moments between two commits of a busy server.
    void wait_for_locks(std::chrono::milliseconds most);

    SQLite::Database& database() { return *database_; }
    const char* vfs() const { return vfs_; }  ///< as given to the constructor: a literal, or null

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Statement prepare(std::string_view sql);

    const char* vfs_;
    std::unique_ptr<int> most_tries_ = std::make_unique<int>(0);  ///< stays where it is: SQLite has a pointer to it
    std::unique_ptr<SQLite::Database> database_;
    std::unordered_map<std::string, CachedStatement, Hash, std::equal_to<>> cache_;  // destroyed before database_
};

}  // namespace orderd::storage

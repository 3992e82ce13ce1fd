#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

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

/// A statement of a connection's cache, and how many leases come back to it.
struct CachedStatement {
    Statement idle = {};  ///< null while it is leased
    std::size_t leases = 0;
};

/// A prepared statement for as long as one query runs: reset and unbound when it ends, and back in its cache. Prepared
/// directly rather than through SQLite::Statement, which copies every text that it binds and every column that it
/// reads.
class Lease {
public:
    /// `home`: where the statement goes back to. It stays for as long as a lease of it lives.
    Lease(CachedStatement& home, Statement statement) : home_(home), statement_(std::move(statement)) {
        ++home_.leases;
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    /// @returns whether there is a row; @throws SQLite::Exception
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

    /// Opens with foreign keys on, WAL, synchronous=FULL (fullfsync where the system has it), and SQLite's defences
    /// against a hostile file on. Only the writer's connection checkpoints.
    ///
    /// @param vfs  the name of SQLite's VFS that opens the file; null: the system's own
    /// @throws SQLite::Exception
    Connection(const std::filesystem::path& file, Mode mode, const char* vfs = nullptr);

    /// A statement from the cache, or a new one. One that is in use (a query inside the same query) is prepared again.
    /// Where the cache is full, it forgets all that are not in use. @throws SQLite::Exception
    Lease lease(std::string_view sql);

    static constexpr std::size_t kMostCached = 400;  ///< statements; lists with filters make their SQL: it has a bound
    std::size_t cached() const { return cache_.size(); }  ///< at most kMostCached, or as many as are in use at once

    /// Runs SQL that gives no rows and is not worth keeping prepared. @throws SQLite::Exception
    void execute(const std::string& sql) { database_->exec(sql); }

    SQLite::Database& database() { return *database_; }
    const char* vfs() const { return vfs_; }  ///< as it was given: a literal, or null

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Statement prepare(std::string_view sql);

    const char* vfs_;
    std::unique_ptr<SQLite::Database> database_;
    std::unordered_map<std::string, CachedStatement, Hash, std::equal_to<>> cache_;  // after database_: goes before it
};

}  // namespace orderd::storage

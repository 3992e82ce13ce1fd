#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace orderd::storage {

/// A prepared statement for as long as one query runs: reset and unbound when it ends, and back in its cache.
class Lease {
public:
    Lease(std::unique_ptr<SQLite::Statement>* slot, std::unique_ptr<SQLite::Statement> statement)
        : slot_(slot), statement_(std::move(statement)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    /// @returns whether there is a row; @throws SQLite::Exception
    bool step() { return statement_->executeStep(); }
    SQLite::Statement& statement() { return *statement_; }
    sqlite3_stmt* get() { return statement_->getPreparedStatement(); }

private:
    std::unique_ptr<SQLite::Statement>* slot_;
    std::unique_ptr<SQLite::Statement> statement_;
};

/// One connection and its prepared statements. Used by one thread at a time.
class Connection {
public:
    enum class Mode { read_only, read_write, create };

    /// Opens with foreign keys on, synchronous=FULL, WAL, defensive mode and a busy timeout of 5 s.
    ///
    /// @throws SQLite::Exception
    Connection(const std::filesystem::path& file, Mode mode);

    /// A statement from the cache, or a new one. A statement that is in use (a query inside a query) is prepared twice.
    Lease lease(std::string_view sql);

    /// Runs SQL that gives no rows and is not worth keeping prepared.
    void execute(std::string_view sql);

    SQLite::Database& database() { return database_; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    SQLite::Database database_;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>, Hash, std::equal_to<>> cache_;
};

}  // namespace orderd::storage

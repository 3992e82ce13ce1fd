#include "storage/opening.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "base/json.h"
#include "base/text.h"
#include "storage/audit.h"
#include "storage/backup.h"
#include "storage/durable.h"
#include "storage/event_log.h"
#include "storage/joined_writes.h"

namespace orderd::storage {

namespace {

constexpr Place kKeyCheck{.table = "setting", .column = "key_check", .row = 0};
constexpr auto kKeyCheckText = "this shop's key";

constexpr auto kPutKeyCheck = "INSERT INTO setting (name, value, updated_at) VALUES ('key_check', ?1, 0)";
constexpr auto kRenewKeyCheck = "UPDATE setting SET value = ?1 WHERE name = 'key_check'";
constexpr auto kGetKeyCheck = "SELECT value FROM setting WHERE name = 'key_check'";

bool is_empty(Connection& connection) {
    auto lease = connection.lease("SELECT count(*) FROM sqlite_schema");
    return lease.step() && Row(lease.get()).get<std::int64_t>(0) == 0;
}

std::string key_check(const Vault& vault) { return Json(to_base64url(vault.seal(kKeyCheck, kKeyCheckText))).dump(); }

void make_shop(Connection& connection, const Vault& vault, const std::function<void(Transaction&)>& fill) {
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!is_empty(connection)) {
        return;  // another program created it meanwhile
    }
    connection.execute(std::string(embedded::schema_sql()));
    Transaction tx(connection, vault);
    tx.run(kPutKeyCheck, key_check(vault));
    events::begin_log(tx, {});
    audit::anchor_as_found(tx);
    fill(tx);
    all.commit();
}

void check_key(const View& view, const Files& files) {
    const auto sealed = view.value<std::string>(kGetKeyCheck);
    try {
        if (sealed &&
            view.vault().open(kKeyCheck, from_base64url(stored_json(*sealed).get<std::string>()).value_or("")) ==
                kKeyCheckText) {
            return;
        }
    } catch (const std::runtime_error&) {
        // reported below
    }
    throw OpenError(fmt::format("{} is not the key of {}", files.key.string(), files.database.string()));
}

OpenError not_ours(const Files& files) {
    return OpenError(fmt::format("{} is a database, but not one of orderd's", files.database.string()));
}

/// Refuses another program's database before it is opened, which would switch it to a write-ahead log. One that has such
/// a log may still hold its application id there, and one of a single page may be a shop that is just being made: of
/// these, check_ours() says whose they are.
void check_header(const Files& files) {  // https://sqlite.org/fileformat2.html#the_database_header
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    std::string header(100, '\0');
    std::ifstream in(files.database, std::ios::binary);
    if (!in.read(header.data(), static_cast<std::streamsize>(header.size())) || !header.starts_with(kMagic)) {
        return;
    }
    const auto number_at = [&](std::size_t at) {
        std::uint32_t number = 0;
        for (std::size_t i = 0; i < sizeof number; ++i) {
            number = number << 8U | static_cast<unsigned char>(header[at + i]);
        }
        return std::int64_t{number};
    };
    const bool has_log = header[18] != 1;
    const auto pages = number_at(28);
    const auto application_id = number_at(68);
    if (!has_log && pages > 1 && application_id != kApplicationId) {
        throw not_ours(files);
    }
}

void check_ours(Connection& connection, const Files& files, const Schema& schema) {
    if (pragma(connection, "PRAGMA application_id") != kApplicationId) {
        throw not_ours(files);
    }
    const auto version = pragma(connection, "PRAGMA user_version");
    if (version > schema.version) {
        throw OpenError(fmt::format("{} was written by a newer orderd (schema {}, this one knows {}): upgrade orderd",
                                    files.database.string(), version, schema.version));
    }
}

/// Keeps a checked copy of the database before it is migrated. A copy from an earlier attempt is replaced: an
/// older orderd may have changed the same database since.
void keep_copy(const Files& files, int version) {
    const auto copy = copy_before_migration(files.folder, version);
    std::filesystem::remove(copy);
    backup(files.database, copy);
}

/// Makes programs that open an older shop at once take turns, so that each copy is complete. It locks the key
/// file, which always exists and which nothing else locks.
class Turn {
public:
    explicit Turn(const Files& files) : fd_(::open(files.key.c_str(), O_RDONLY | O_CLOEXEC)) {
        while (fd_ >= 0 && ::flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { ::close(fd_); }

private:
    const int fd_;
};

void bring_to(const Schema& schema, Connection& connection, const Vault& vault, int version, const Files& files) {
    try {
        migrate(connection, vault, schema);
    } catch (const std::exception& error) {
        throw OpenError(fmt::format("{} could not be brought from schema {} to {}, and is as it was: {}",
                                    files.database.string(), version, schema.version, error.what()));
    }
}

}  // namespace

std::int64_t pragma(Connection& connection, const char* name) {
    auto lease = connection.lease(name);
    return lease.step() ? Row(lease.get()).get<std::int64_t>(0) : 0;
}

OpenError explained(const std::filesystem::path& file, const SQLite::Exception& error) {
    switch (error.getErrorCode() & 0xff) {  // the primary code of an extended one
        case SQLITE_NOTADB: return OpenError(fmt::format("{} is not a database of orderd's", file.string()));
        case SQLITE_CORRUPT:
            return OpenError(
                fmt::format("{} is damaged ({}); restore a backup with `orderd restore`", file.string(), error.what()));
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return OpenError(
                fmt::format("{} cannot be written to: give its owner and folder write permission", file.string()));
        case SQLITE_CANTOPEN:
            return OpenError(
                fmt::format("{} cannot be opened: check that it may be read and written by this user", file.string()));
        case SQLITE_BUSY: return OpenError(fmt::format("{} is locked by another program", file.string()));
        case SQLITE_FULL:
            return OpenError(fmt::format("there is no room left for {}", file.string()), Trouble::no_space);
        default: return OpenError(fmt::format("{} cannot be opened: {}", file.string(), error.what()));
    }
}

Vault open_vault(const Files& files, bool may_create) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(files.folder, ignored)) {
        throw OpenError(fmt::format("the folder {} does not exist: make it first", files.folder.string()));
    }
    if (is_half_restored(files)) {
        throw OpenError(
            fmt::format("a restore into {0} was begun and has not ended: run `orderd restore FILE --data {0}` "
                        "again (or, for a new and empty shop, remove {1}.*)",
                        files.folder.string(), files.database.string()));
    }
    const bool shop_is_there = std::filesystem::exists(files.database, ignored);
    if (!shop_is_there && !may_create) {
        throw OpenError(fmt::format("there is no shop in {}: `orderd serve --data {}` makes one", files.folder.string(),
                                    files.folder.string()));
    }
    try {
        return shop_is_there ? Vault::open(files.key) : Vault::open_or_create(files.key);
    } catch (const std::runtime_error& error) {
        throw OpenError(error.what());
    }
}

bool can_be_read(Connection& reader, const Vault& vault, const Files& files, const Schema& schema) {
    check_ours(reader, files, schema);
    check_key(View(reader, vault), files);
    return pragma(reader, "PRAGMA user_version") == schema.version;
}

Connection open_database(const Files& files, const Vault& vault, const std::function<void(Transaction&)>& make_new,
                         bool keeps_old, const Schema& schema) {
    check_header(files);
    try {
        Connection connection(files.database, make_new ? Connection::Mode::create : Connection::Mode::read_write,
                              joined_writes_vfs());
        if (sqlite3_db_readonly(connection.database().getHandle(), "main") == 1) {
            throw OpenError(
                fmt::format("{} is read-only: give its owner and folder write permission", files.database.string()));
        }
        if (is_empty(connection) && make_new) {
            make_shop(connection, vault, make_new);
            if (!sync_folder(files.folder)) {  // SQLite does so too, and does not say whether it could
                throw OpenError(fmt::format("{} cannot be written: {}", files.database.string(), std::strerror(errno)));
            }
        }
        check_ours(connection, files, schema);
        check_key(View(connection, vault), files);
        const auto version = [&] { return static_cast<int>(pragma(connection, "PRAGMA user_version")); };
        if (version() < schema.version) {
            const Turn turn(files);
            if (const auto from = version(); from < schema.version) {
                if (keeps_old) {
                    keep_copy(files, from);
                }
                bring_to(schema, connection, vault, from, files);
            }
        }
        return connection;
    } catch (const SQLite::Exception& error) {
        throw explained(files.database, error);
    }
}

void renew_key_check(Transaction& tx) { tx.run(kRenewKeyCheck, key_check(tx.vault())); }

}  // namespace orderd::storage

#include "storage/backup.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "storage/durable.h"
#include "storage/migrations.h"
#include "storage/opening.h"
#include "storage/read_errors.h"

namespace orderd::storage {

namespace {

bool is_synced(const std::filesystem::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    const bool synced = sync_to_disk(fd);
    const int why = errno;
    ::close(fd);
    errno = why;
    return synced;
}

/// Renames the draft to the target. Both the bytes and the name are on the disk before it returns.
void put_in_place(const std::filesystem::path& draft, const std::filesystem::path& target) {
    ::chmod(draft.c_str(), 0600);
    if (is_synced(draft) && ::rename(draft.c_str(), target.c_str()) == 0) {
        if (sync_folder(std::filesystem::absolute(target).parent_path())) {
            return;
        }
        const int why = errno;
        if (::unlink(target.c_str()) != 0) {  // a power cut could take it away later, when everybody counts on it
            throw OpenError(fmt::format(
                "{} is there, but may be gone after a power cut: {}. Remove it, and try again once the disk is well",
                target.string(), std::strerror(why)));
        }
        errno = why;
    }
    throw OpenError(fmt::format("{} cannot be written: {}", target.string(), std::strerror(errno)));
}

void require_sound(SQLite::Database& database, std::string_view what) {
    const auto refused = refused_reads();
    SQLite::Statement check(database, "PRAGMA integrity_check");
    if (!check.executeStep() || check.getColumn(0).getString() != "ok") {
        if (refused_reads() != refused) {
            throw SQLite::Exception("a page could not be read", SQLITE_IOERR_READ);
        }
        throw OpenError(fmt::format("{} does not pass SQLite's integrity check", what));
    }
}

/// SQLite keeps these files beside a database, and recognizes them by name alone, whoever left them there.
constexpr std::array kCompanions{"-wal", "-shm", "-journal"};

constexpr auto kDraftSuffix = ".partial";

/// A file that is removed unless it was renamed into place.
struct Draft {
    explicit Draft(const std::filesystem::path& target) : path(target.string() + kDraftSuffix) { remove(); }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft() { remove(); }

    /// Also removes its companions: after a crash, SQLite would take them for a part of the next draft.
    void remove() const {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        for (const auto* companion : kCompanions) {
            std::filesystem::remove(path.string() + companion, ignored);
        }
    }

    std::filesystem::path path;
};

/// A new database to copy into. @throws OpenError that names the file
SQLite::Database made(const std::filesystem::path& target) {
    try {
        return SQLite::Database(target.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    } catch (const SQLite::Exception& error) {
        throw explained(target, error);
    }
}

/// Copies in one read transaction: a consistent snapshot, and writers do not make SQLite start over.
void copy_database(SQLite::Database& source, const std::filesystem::path& target) {
    auto copy = made(target);
    SQLite::Backup pages(copy, source);
    pages.executeStep(-1);
}

/// Another database's companions would change what the copy contains once it is in place.
void require_no_companions(const std::filesystem::path& target) {
    for (const auto* companion : kCompanions) {
        const auto left = target.string() + companion;
        if (std::filesystem::exists(left)) {
            throw OpenError(
                fmt::format("{} is left over from an earlier database: move it away first, since it may hold that "
                            "database's last changes",
                            left));
        }
    }
}

/// The lock that a server holds while it runs (Store).
class Lock {
public:
    explicit Lock(const Files& files) : fd_(::open(files.lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (fd_ < 0) {
            throw OpenError(fmt::format("{} cannot be made: {}", files.lock.string(), std::strerror(errno)));
        }
        if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
            ::close(fd_);
            throw OpenError(
                fmt::format("the shop in {} is served, or restored, by another orderd already", files.folder.string()));
        }
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() { ::close(fd_); }

private:
    const int fd_;
};

std::filesystem::path mark_of(const Files& files) { return files.database.string() + ".restoring"; }

/// A file in the folder during a restore. A crash leaves it there.
class Mark {
public:
    explicit Mark(const Files& files) : file_(mark_of(files)) {
        const int fd = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) {
            throw OpenError(fmt::format("{} cannot be made: {}", file_.string(), std::strerror(errno)));
        }
        ::close(fd);
        if (!sync_folder(files.folder)) {
            const int why = errno;
            ::unlink(file_.c_str());
            throw OpenError(fmt::format("{} cannot be made: {}", file_.string(), std::strerror(why)));
        }
    }
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;
    ~Mark() {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }

private:
    const std::filesystem::path file_;
};

/// Moves the WAL's content into the database file, since only that file is renamed.
void empty_wal(Connection& connection, const std::filesystem::path& file) {
    auto lease = connection.lease("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!lease.step() || Row(lease.get()).get<std::int64_t>(0) != 0) {
        throw OpenError(fmt::format("{} cannot be written completely", file.string()));
    }
}

/// Migrates the copy to this version's schema, checks it against the key, and prepares it to continue as a shop.
void make_ready(const Files& at_draft, const RestoreOptions& options,
                const std::function<void(RestoreMoment)>& reached) {
    const auto vault = open_vault(at_draft, false);
    auto connection = open_database(at_draft, vault, {}, false, current_schema());
    reached(RestoreMoment::migrated);
    if (options.look) {
        options.look(View(connection, vault));
    }
    if (options.begin_anew) {
        SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
        Transaction tx(connection, vault);
        options.begin_anew(tx);
        all.commit();
    }
    reached(RestoreMoment::begun_anew);
    empty_wal(connection, at_draft.database);
}

}  // namespace

bool is_half_restored(const Files& files) {
    std::error_code ignored;
    const auto draft = files.database.string() + kDraftSuffix;  // an older orderd left only this
    return !std::filesystem::exists(files.database, ignored) &&
           (std::filesystem::exists(mark_of(files), ignored) || std::filesystem::exists(draft, ignored));
}

void backup(const std::filesystem::path& database, const std::filesystem::path& target) {
    if (std::filesystem::exists(target)) {
        throw OpenError(fmt::format("{} exists already; a backup never overwrites", target.string()));
    }
    require_no_companions(target);
    const Draft draft(target);
    try {
        Connection source(database, Connection::Mode::read_only);
        copy_database(source.database(), draft.path);
        SQLite::Database copy(draft.path.string(), SQLite::OPEN_READWRITE);
        copy.exec("PRAGMA journal_mode = DELETE");  // a backup is one file, without a WAL
        require_sound(copy, fmt::format("the copy for {}", target.string()));
    } catch (const SQLite::Exception& error) {
        throw explained(error.getErrorCode() == SQLITE_FULL ? target : database, error);
    }
    put_in_place(draft.path, target);
}

void restore(const std::filesystem::path& source, const Files& files, const RestoreOptions& options) {
    const auto reached = [&](RestoreMoment moment) {
        if (options.at_moment) {
            options.at_moment(moment);
        }
    };
    tell_read_errors_from_damage();
    const Lock nobody_serves(files);
    if (std::filesystem::exists(files.database)) {
        throw OpenError(
            fmt::format("there is a shop in {} already; restoring never overwrites", files.folder.string()));
    }
    require_no_companions(files.database);
    const Mark mark(files);
    reached(RestoreMoment::marked);
    const Draft draft(files.database);
    Files at_draft = files;
    at_draft.database = draft.path;
    try {
        SQLite::Database backup_file(source.string(), SQLite::OPEN_READONLY);
        require_sound(backup_file, source.string());
        reached(RestoreMoment::checked);
        copy_database(backup_file, draft.path);
    } catch (const SQLite::Exception& error) {
        throw explained(source, error);
    }
    reached(RestoreMoment::copied);
    try {
        make_ready(at_draft, options, reached);  // closing leaves only empty companions, removed with the draft
    } catch (const SQLite::Exception& error) {
        throw explained(files.database, error);
    }
    put_in_place(draft.path, files.database);
    reached(RestoreMoment::placed);
}

}  // namespace orderd::storage

#include "storage/store.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/embedded.h"
#include "base/json.h"
#include "base/text.h"
#include "storage/durable.h"
#include "storage/joined_writes.h"
#include "storage/migrations.h"
#include "storage/private_index.h"

namespace orderd::storage {

namespace {

constexpr Place kKeyCheck{.table = "setting", .column = "key_check", .row = 0};
constexpr auto kKeyCheckText = "this shop's key";

constexpr auto kPutKeyCheck = "INSERT INTO setting (name, value, updated_at) VALUES ('key_check', ?1, 0)";
constexpr auto kGetKeyCheck = "SELECT value FROM setting WHERE name = 'key_check'";

/// What SQLite said, as what a person can do about it.
OpenError explained(const std::filesystem::path& file, const SQLite::Exception& error) {
    switch (error.getErrorCode()) {
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
        case SQLITE_FULL: return OpenError(fmt::format("there is no room left for {}", file.string()));
        default: return OpenError(fmt::format("{} cannot be opened: {}", file.string(), error.what()));
    }
}

std::int64_t pragma(Connection& connection, const char* name) {
    auto lease = connection.lease(name);
    return lease.step() ? Row(lease.get()).get<std::int64_t>(0) : 0;
}

bool is_empty(Connection& connection) {
    auto lease = connection.lease("SELECT count(*) FROM sqlite_schema");
    return lease.step() && Row(lease.get()).get<std::int64_t>(0) == 0;
}

void make_shop(Connection& connection, const Vault& vault, const std::function<void(Transaction&)>& fill) {
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!is_empty(connection)) {
        return;  // another program made it meanwhile
    }
    connection.execute(std::string(embedded::schema_sql()));
    Transaction tx(connection, vault);
    tx.run(kPutKeyCheck, Json(to_base64url(vault.seal(kKeyCheck, kKeyCheckText))).dump());
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
        // said below
    }
    throw OpenError(fmt::format("{} is not the key of {}", files.key.string(), files.database.string()));
}

void check_ours(Connection& connection, const Files& files, const Schema& schema) {
    if (pragma(connection, "PRAGMA application_id") != kApplicationId) {
        throw OpenError(fmt::format("{} is a database, but not one of orderd's", files.database.string()));
    }
    const auto version = pragma(connection, "PRAGMA user_version");
    if (version > schema.version) {
        throw OpenError(fmt::format("{} was written by a newer orderd (schema {}, this one knows {}): upgrade orderd",
                                    files.database.string(), version, schema.version));
    }
}

Vault open_vault(const Files& files, bool may_create) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(files.folder, ignored)) {
        throw OpenError(fmt::format("the folder {} does not exist: make it first", files.folder.string()));
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

/// What is not migrated yet is kept, checked, beside it. A copy that an earlier try left is of the same database, and
/// perhaps of before an older orderd went on with it: made anew.
void keep_copy(const Files& files, int version) {
    const auto copy = copy_before_migration(files.folder, version);
    std::filesystem::remove(copy);
    backup(files.database, copy);
}

/// Programs that open an older shop at once take turns, so that each copy is whole. Held on the key's file, which is
/// there anyway; nobody else locks it.
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

void bring_to(const Schema& schema, Connection& connection, int version, const Files& files) {
    try {
        migrate(connection, schema);
    } catch (const std::exception& error) {
        throw OpenError(fmt::format("{} could not be brought from schema {} to {}, and is as it was: {}",
                                    files.database.string(), version, schema.version, error.what()));
    }
}

/// @param keeps_old  whether an older database is copied before it is migrated
Connection open_database(const Files& files, const Vault& vault, const std::function<void(Transaction&)>& make_new,
                         bool keeps_old, const Schema& schema) {
    try {
        Connection connection(files.database, make_new ? Connection::Mode::create : Connection::Mode::read_write,
                              joined_writes_vfs());
        if (sqlite3_db_readonly(connection.database().getHandle(), "main") == 1) {
            throw OpenError(
                fmt::format("{} is read-only: give its owner and folder write permission", files.database.string()));
        }
        if (is_empty(connection) && make_new) {
            make_shop(connection, vault, make_new);
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
                bring_to(schema, connection, from, files);
            }
        }
        return connection;
    } catch (const SQLite::Exception& error) {
        throw explained(files.database, error);
    }
}

}  // namespace

Store::Lock::Lock(const std::filesystem::path& file) : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd_ < 0 && (errno == EROFS || errno == ENOSPC || errno == EDQUOT)) {
        // The shop can be read there. The file is locked as it is, or the folder, which every orderd without it locks.
        fd_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        fd_ = fd_ >= 0 ? fd_ : ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    if (fd_ < 0) {
        throw OpenError(fmt::format("{} cannot be made: {}", file.string(), std::strerror(errno)));
    }
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
        ::close(fd_);
        throw OpenError(fmt::format("the shop in {} is served by another orderd already", file.parent_path().string()));
    }
}

Store::Lock::~Lock() { ::close(fd_); }

namespace {

/// Whether a shop of this schema can be read without a write to its disk.
bool can_be_read(Connection& reader, const Vault& vault, const Files& files, const Schema& schema) {
    check_ours(reader, files, schema);
    check_key(View(reader, vault), files);
    return pragma(reader, "PRAGMA user_version") == schema.version;
}

}  // namespace

Store::Store(const std::filesystem::path& folder, const Options& options)
    : files_(folder),
      vault_(open_vault(files_, static_cast<bool>(options.make_new))),
      lock_(options.server ? std::make_unique<Lock>(files_.lock) : nullptr),
      most_readers_(options.readers),
      health_(files_) {
    auto connection = open_first(options);
    writer_ = std::make_unique<Writer>(
        std::move(connection), [this, schema = options.schema] { return open_late(schema); }, vault_, options.limits,
        [this](unsigned topics) { committed(topics); }, health_);
}

/// @returns nothing where the disk takes no write, and readers can do without
std::optional<Connection> Store::open_first(const Options& options) {
    try {
        auto connection = open_database(files_, vault_, options.make_new, true, options.schema);
        seen_version_ = pragma(connection, "PRAGMA data_version");
        health_.opened(lock_ ? lock_->fd() : -1);
        return connection;
    } catch (const OpenError&) {
        if (!lock_ || !open_for_reading(options.schema)) {
            throw;
        }
        return std::nullopt;
    }
}

/// Where a full or read-only disk is why the shop cannot be opened: has readers do without shared memory.
bool Store::open_for_reading(const Schema& schema) {
    const auto trouble = look_at_disk(files_.folder, lock_->fd());
    if (trouble != Trouble::no_space && trouble != Trouble::read_only) {
        return false;
    }
    try {
        if (!can_be_read(*open_reader(private_index_vfs()), vault_, files_, schema)) {
            return false;  // an upgrade needs room
        }
    } catch (const std::exception&) {
        return false;
    }
    readers_vfs_ = private_index_vfs();
    health_.failed(trouble, "the disk took no write when orderd started");
    return true;
}

/// On the writer's thread, while readers do without shared memory: opens the database once the disk takes writes, and
/// has the readers opened anew.
///
/// @throws OpenError while that cannot be
Connection Store::open_late(const Schema& schema) {
    if (look_at_disk(files_.folder, lock_ ? lock_->fd() : -1) != Trouble::none) {
        throw OpenError("the disk takes no write yet");
    }
    // A reader without shared memory must not be in the middle of something when the first write comes.
    const std::lock_guard lock(mutex_);
    if (opened_ != idle_.size()) {
        throw OpenError("readers are in use; the next look is soon");
    }
    idle_.clear();
    opened_ = 0;
    auto connection = open_database(files_, vault_, {}, true, schema);
    readers_vfs_ = nullptr;
    health_.opened(lock_->fd());
    health_.wrote();
    return connection;
}

Store::~Store() { stop(); }

void Store::stop() { writer_->stop(); }

void Store::on_commit(Writer::OnCommit listener) { listeners_.push_back(std::move(listener)); }

void Store::committed(unsigned topics) {
    for (unsigned topic = 0; topic < generations_.size(); ++topic) {
        if ((topics >> topic & 1U) != 0) {
            generations_[topic].fetch_add(1, std::memory_order_release);
        }
    }
    for (const auto& listener : listeners_) {
        listener(topics);
    }
}

void Store::notice_others() {
    writer_->outside_transaction([this](Connection& connection) {
        // SQLite moves a connection's data_version only for what other connections wrote; ours, aside from the writer,
        // never write.
        const auto version = pragma(connection, "PRAGMA data_version");
        if (std::exchange(seen_version_, version) != version) {
            committed(~0U >> (32 - static_cast<unsigned>(Topic::count)));
        }
    });
}

Reader Store::read() {
    if (Reader::is_held_here() || writer_->runs_here()) {
        throw std::logic_error("a thread that holds a reader, or is the writer's, must not wait for one");
    }
    std::unique_ptr<Connection> connection;
    const char* vfs = nullptr;
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return !idle_.empty() || opened_ < most_readers_; });
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        } else {
            ++opened_;
            vfs = readers_vfs_;
        }
    }
    if (!connection) {
        try {
            connection = open_reader(vfs);
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }
    return {vault_, std::move(connection), this};
}

Reader Store::read_apart() {
    const char* vfs = nullptr;
    {
        const std::lock_guard lock(mutex_);
        vfs = readers_vfs_;
    }
    return {vault_, open_reader(vfs), nullptr};
}

std::unique_ptr<Connection> Store::open_reader(const char* vfs) const {
    return std::make_unique<Connection>(files_.database, Connection::Mode::read_only, vfs);
}

void Store::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        if (connection) {
            idle_.push_back(std::move(connection));
        } else {
            --opened_;
        }
    }
    returned_.notify_one();
}

namespace {

thread_local int held_here = 0;

}  // namespace

bool Reader::is_held_here() { return held_here > 0; }

Reader::Reader(const Vault& vault, std::unique_ptr<Connection> connection, Store* pool)
    : View(*connection, vault), pool_(pool), owned_(std::move(connection)) {
    try {
        owned_->lease("BEGIN").step();
    } catch (...) {
        if (pool_ != nullptr) {
            pool_->give_back(nullptr);
        }
        throw;
    }
    held_here += pool_ != nullptr ? 1 : 0;
}

Reader::Reader(Reader&& other) noexcept : View(other), pool_(other.pool_), owned_(std::move(other.owned_)) {}

Reader::~Reader() {
    if (!owned_) {
        return;
    }
    try {
        owned_->lease("COMMIT").step();
    } catch (const SQLite::Exception&) {
        owned_.reset();  // a connection that cannot end its transaction is not used again
    }
    if (pool_ != nullptr) {
        --held_here;
        pool_->give_back(std::move(owned_));
    }
}

namespace {

/// The same bytes under another name, on disk before it returns.
void put_in_place(const std::filesystem::path& draft, const std::filesystem::path& target) {
    ::chmod(draft.c_str(), 0600);
    const int fd = ::open(draft.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && sync_to_disk(fd);
    ::close(fd);
    if (!synced || ::rename(draft.c_str(), target.c_str()) != 0) {
        throw OpenError(fmt::format("{} cannot be written: {}", target.string(), std::strerror(errno)));
    }
    sync_folder(std::filesystem::absolute(target).parent_path());
}

void require_sound(SQLite::Database& database, std::string_view what) {
    SQLite::Statement check(database, "PRAGMA integrity_check");
    if (!check.executeStep() || check.getColumn(0).getString() != "ok") {
        throw OpenError(fmt::format("{} does not pass SQLite's integrity check", what));
    }
}

/// What SQLite keeps beside a database, and takes for that database's by its name, whoever left it there.
constexpr std::array kCompanions{"-wal", "-shm", "-journal"};

/// A file that is removed again unless it was put in place.
struct Draft {
    explicit Draft(const std::filesystem::path& target) : path(target.string() + ".partial") { remove(); }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft() { remove(); }

    /// With its companions: after a crash they would be taken for a part of the next one.
    void remove() const {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        for (const auto* companion : kCompanions) {
            std::filesystem::remove(path.string() + companion, ignored);
        }
    }

    std::filesystem::path path;
};

/// A new database to copy into. @throws OpenError that names it
SQLite::Database made(const std::filesystem::path& target) {
    try {
        return SQLite::Database(target.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    } catch (const SQLite::Exception& error) {
        throw explained(target, error);
    }
}

/// Copies in one read transaction: one moment, and no start from the beginning when a writer goes on.
void copy_database(SQLite::Database& source, const std::filesystem::path& target) {
    auto copy = made(target);
    SQLite::Backup pages(copy, source);
    pages.executeStep(-1);
}

/// With another database's companions, what is put in that place would not be what was copied.
void require_no_companions(const std::filesystem::path& target) {
    for (const auto* companion : kCompanions) {
        const auto left = target.string() + companion;
        if (std::filesystem::exists(left)) {
            throw OpenError(
                fmt::format("{} is left of a database that was there before: move it away first, since it may hold its "
                            "last changes",
                            left));
        }
    }
}

}  // namespace

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
        copy.exec("PRAGMA journal_mode = DELETE");  // one file, whatever the source's WAL held
        require_sound(copy, "the copy");
    } catch (const SQLite::Exception& error) {
        throw explained(error.getErrorCode() == SQLITE_FULL ? target : database, error);
    }
    put_in_place(draft.path, target);
}

void restore(const std::filesystem::path& source, const Files& files) {
    const Store::Lock nobody_serves(files.lock);
    if (std::filesystem::exists(files.database)) {
        throw OpenError(
            fmt::format("there is a shop in {} already; restoring never overwrites", files.folder.string()));
    }
    require_no_companions(files.database);
    const Draft draft(files.database);
    try {
        SQLite::Database backup_file(source.string(), SQLite::OPEN_READONLY);
        require_sound(backup_file, source.string());
        copy_database(backup_file, draft.path);
    } catch (const SQLite::Exception& error) {
        throw explained(source, error);
    }
    {
        Files at_draft = files;
        at_draft.database = draft.path;
        const auto vault = open_vault(at_draft, false);
        open_database(at_draft, vault, {}, false, current_schema());  // ours, not newer, and of this key
    }
    put_in_place(draft.path, files.database);  // what closing it left beside it is empty, and goes with the draft
}

}  // namespace orderd::storage

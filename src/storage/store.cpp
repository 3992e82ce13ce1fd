#include "storage/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>

#include "base/embedded.h"
#include "base/json.h"
#include "base/text.h"
#include "storage/audit.h"
#include "storage/backup.h"
#include "storage/event_log.h"
#include "storage/joined_writes.h"
#include "storage/migrations.h"
#include "storage/opening.h"
#include "storage/private_index.h"

namespace orderd::storage {

namespace {

constexpr Place kKeyCheck{.table = "setting", .column = "key_check", .row = 0};
constexpr auto kKeyCheckText = "this shop's key";

constexpr auto kPutKeyCheck = "INSERT INTO setting (name, value, updated_at) VALUES ('key_check', ?1, 0)";
constexpr auto kRenewKeyCheck = "UPDATE setting SET value = ?1 WHERE name = 'key_check'";
constexpr auto kGetKeyCheck = "SELECT value FROM setting WHERE name = 'key_check'";

}  // namespace

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

namespace {

std::int64_t pragma(Connection& connection, const char* name) {
    auto lease = connection.lease(name);
    return lease.step() ? Row(lease.get()).get<std::int64_t>(0) : 0;
}

bool is_empty(Connection& connection) {
    auto lease = connection.lease("SELECT count(*) FROM sqlite_schema");
    return lease.step() && Row(lease.get()).get<std::int64_t>(0) == 0;
}

std::string key_check(const Vault& vault) { return Json(to_base64url(vault.seal(kKeyCheck, kKeyCheckText))).dump(); }

void make_shop(Connection& connection, const Vault& vault, const std::function<void(Transaction&)>& fill) {
    SQLite::Transaction all(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    if (!is_empty(connection)) {
        return;  // another program made it meanwhile
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

}  // namespace

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

namespace {

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

void bring_to(const Schema& schema, Connection& connection, const Vault& vault, int version, const Files& files) {
    try {
        migrate(connection, vault, schema);
    } catch (const std::exception& error) {
        throw OpenError(fmt::format("{} could not be brought from schema {} to {}, and is as it was: {}",
                                    files.database.string(), version, schema.version, error.what()));
    }
}

}  // namespace

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
                bring_to(schema, connection, vault, from, files);
            }
        }
        return connection;
    } catch (const SQLite::Exception& error) {
        throw explained(files.database, error);
    }
}

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
    if (most_readers_ == 0) {
        throw std::logic_error("a store needs a reader: whoever reads would wait without end");
    }
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
    {
        const MutexLock lock(mutex_);
        readers_vfs_ = private_index_vfs();
    }
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
    const MutexLock lock(mutex_);
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
    vault_.refresh();
    writer_->outside_transaction([this](Connection& connection) {
        // SQLite moves a connection's data_version only for what other connections wrote; ours, aside from the writer,
        // never write.
        const auto version = pragma(connection, "PRAGMA data_version");
        if (std::exchange(seen_version_, version) != version) {
            committed(~0U >> (32 - static_cast<unsigned>(Topic::count)));
        }
    });
}

bool Store::clear_log() {
    constexpr int kMoment = 100;    // ms: the writer waits as long
    constexpr int kUsually = 5000;  // as Connection opens
    bool cleared = false;
    writer_->outside_transaction([&](Connection& connection) {
        sqlite3* handle = connection.database().getHandle();
        sqlite3_busy_timeout(handle, kMoment);
        cleared = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) == SQLITE_OK;
        sqlite3_busy_timeout(handle, kUsually);
    });
    return cleared;
}

namespace {

thread_local bool reads_for_stranger = false;

/// What the reader that this thread holds may still cost.
struct Bound {
    std::chrono::nanoseconds work_until{};
    std::chrono::steady_clock::time_point until{};
};
thread_local Bound bound;

std::chrono::nanoseconds work_of_this_thread() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// SQLite's progress handler. Other than 0 interrupts the statement.
int is_over(void*) {
    return work_of_this_thread() > bound.work_until || std::chrono::steady_clock::now() > bound.until ? 1 : 0;
}

constexpr int kStepsBetweenLooks = 1000;  ///< of SQLite's virtual machine: some 50 µs

void bound_reads(Connection& connection) {
    bound = {.work_until = work_of_this_thread() + budget::kStrangersRead,
             .until = std::chrono::steady_clock::now() + budget::kStrangersReadWait};
    sqlite3_progress_handler(connection.database().getHandle(), kStepsBetweenLooks, is_over, nullptr);
}

}  // namespace

StrangersReads::StrangersReads() { reads_for_stranger = true; }
StrangersReads::~StrangersReads() { reads_for_stranger = false; }

bool Store::is_free_beyond(std::size_t kept) const { return idle_.size() + (most_readers_ - opened_) > kept; }

void Store::wait_for_reader() {
    if (!reads_for_stranger) {
        while (!is_free_beyond(0)) {
            returned_.wait(mutex_);
        }
        return;
    }
    const auto kept = std::min(budget::kReadersKept, most_readers_ - 1);
    const auto until = std::chrono::steady_clock::now() + budget::kStrangersTurn;
    while (!is_free_beyond(kept) && returned_for_strangers_.wait_until(mutex_, until)) {
    }
    if (!is_free_beyond(kept)) {
        throw Busy();
    }
}

Reader Store::read() {
    if (Reader::is_held_here() || writer_->runs_here()) {
        throw std::logic_error("a thread that holds a reader, or is the writer's, must not wait for one");
    }
    std::unique_ptr<Connection> connection;
    const char* vfs = nullptr;
    {
        const MutexLock lock(mutex_);
        wait_for_reader();
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
        const MutexLock lock(mutex_);
        vfs = readers_vfs_;
    }
    return {vault_, open_reader(vfs), nullptr};
}

std::unique_ptr<Connection> Store::open_reader(const char* vfs) const {
    return std::make_unique<Connection>(files_.database, Connection::Mode::read_only, vfs);
}

void Store::give_back(std::unique_ptr<Connection> connection) {
    {
        const MutexLock lock(mutex_);
        if (connection) {
            idle_.push_back(std::move(connection));
        } else {
            --opened_;
        }
    }
    returned_.notify_one();
    returned_for_strangers_.notify_one();
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
    if (pool_ != nullptr) {
        ++held_here;
        if (reads_for_stranger) {
            bound_reads(*owned_);
        }
    }
}

Reader::Reader(Reader&& other) noexcept : View(other), pool_(other.pool_), owned_(std::move(other.owned_)) {}

Reader::~Reader() {
    if (!owned_) {
        return;
    }
    sqlite3_progress_handler(owned_->database().getHandle(), 0, nullptr, nullptr);
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

void renew_key_check(Transaction& tx) { tx.run(kRenewKeyCheck, key_check(tx.vault())); }

}  // namespace orderd::storage

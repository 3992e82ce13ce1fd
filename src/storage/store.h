#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/budgets.h"
#include "base/mutex.h"
#include "storage/files.h"
#include "storage/health.h"
#include "storage/migrations.h"
#include "storage/vault.h"
#include "storage/writer.h"

namespace orderd::storage {

class Reader;

/// One shop's database: the pool of read-only connections and the one writer. Thread-safe.
class Store {
public:
    struct Options {
        /// Fills a new shop, in the transaction that creates it. If empty, a folder without a shop is refused.
        std::function<void(Transaction& tx)> make_new;
        /// Takes the server's lock: a second server on the same shop is refused. Short commands do without it.
        bool server = false;
        std::size_t readers = budget::kReaders;  ///< connections in the pool, opened on demand
        Writer::Limits limits;
        Schema schema = current_schema();  ///< the database is migrated to it
    };

    /// Opens the shop in a folder, or creates one there (a crash half-way leaves no shop). Migrates an older database.
    ///
    /// If the disk is full or read-only, a server opens the shop for reading: mutations are refused until the
    /// disk can be written to.
    ///
    /// @throws OpenError with a text for a person: the database is missing, not orderd's, newer than this
    ///         executable, corrupt or read-only; its key is missing or another shop's; another orderd serves
    ///         it; or its migration failed. The database is then unchanged.
    Store(const std::filesystem::path& folder, const Options& options);
    ~Store();

    /// A snapshot of everything that was committed before the call. Waits if all connections are in use;
    /// never waits for the writer.
    ///
    /// A thread may hold only one reader, and none while it waits for the writer; the writer's thread takes
    /// none. Otherwise threads that hold one and wait for another could deadlock.
    ///
    /// @throws std::logic_error if the thread breaks this rule
    /// @throws Busy if a stranger waited too long, see StrangersReads
    Reader read() EXCLUDES(mutex_);

    /// The same on a new connection. For rare reads by a thread that holds a reader, or by the writer's
    /// thread (to refresh a cache). Never waits; takes about a millisecond.
    Reader read_apart() EXCLUDES(mutex_);

    Writer& writer() { return *writer_; }
    const Vault& vault() const { return vault_; }
    Health& health() { return health_; }
    const Files& files() const { return files_; }

    /// Grows with each commit that touches the topic, before its callers are answered. A snapshot that is
    /// taken after this call is at least as new as the returned number.
    std::uint64_t generation(Topic topic) const {
        return generations_[static_cast<std::size_t>(topic)].load(std::memory_order_acquire);
    }

    /// Adds a listener that is called after each commit, on the writer's thread. It must be quick and must
    /// not throw. Only before the first mutation.
    void on_commit(Writer::OnCommit listener);

    /// Notifies the listeners, for every topic, if another process (`orderd admin`, `orderd import`) has
    /// written since the last call. A server calls it regularly.
    void notice_others();

    /// Copies the WAL into the database and truncates it, so that overwritten data is in neither. Waits a
    /// moment for readers of older snapshots. @returns whether it succeeded
    bool clear_log();

    /// Updates the statistics that SQLite chooses its plans by, for tables that have grown a lot. Takes milliseconds. They
    /// contain counts, and no values from the rows.
    void optimize();

    /// Rewrites the whole database without its free pages, in one transaction. From then on it can return free pages to
    /// the disk. Everything else waits, so this is for a shop that is not served. @throws SQLite::Exception; then nothing
    /// has changed
    void compact();

    void stop();  ///< commits the queued mutations and refuses further ones; reads still work

private:
    friend class Reader;

    /// A server's lock file. The system releases the lock however the process ends.
    class Lock {
    public:
        explicit Lock(const std::filesystem::path& file);
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;
        ~Lock();

        int fd() const { return fd_; }

    private:
        int fd_;
    };

    void wait_for_reader() REQUIRES(mutex_);
    bool is_free_beyond(std::size_t kept) const REQUIRES(mutex_);
    std::unique_ptr<Connection> open_reader(const char* vfs) const;
    void give_back(std::unique_ptr<Connection> connection) EXCLUDES(mutex_);
    std::optional<Connection> open_first(const Options& options);
    bool open_for_reading(const Schema& schema, Trouble trouble) EXCLUDES(mutex_);
    Connection open_late(const Schema& schema) EXCLUDES(mutex_);
    void committed(unsigned topics);

    // constant after construction
    Files files_;
    Vault vault_;
    std::unique_ptr<Lock> lock_;
    std::size_t most_readers_;
    Health health_;

    std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Topic::count)> generations_{};
    std::vector<Writer::OnCommit> listeners_;

    Mutex mutex_;
    ConditionVariable returned_;
    ConditionVariable returned_for_strangers_;
    std::vector<std::unique_ptr<Connection>> idle_ GUARDED_BY(mutex_);
    std::size_t opened_ GUARDED_BY(mutex_) = 0;
    const char* readers_vfs_ GUARDED_BY(mutex_) =
        nullptr;  ///< while the disk cannot be written to: the VFS without shared memory

    std::int64_t seen_version_ = 0;  // used only by the writer's thread

    std::unique_ptr<Writer> writer_;
};

/// A connection in a read transaction: one snapshot. The destructor returns it to its pool. Keep it only for
/// a short time: the WAL cannot start over while an old snapshot is held.
class Reader : public View {
public:
    Reader(Reader&& other) noexcept;
    Reader& operator=(Reader&&) = delete;
    ~Reader();

    /// Whether this thread holds a reader of a pool.
    static bool is_held_here();

private:
    friend class Store;

    Reader(const Vault& vault, std::unique_ptr<Connection> connection, Store* pool);

    Store* pool_;  ///< the connection returns to it; null: it is closed
    std::unique_ptr<Connection> owned_;
};

/// While it lives, this thread reads for a stranger, and its reads are limited (base/budgets.h). It cannot
/// take the last readers, which are reserved for others, and after a quarter of a second of work a read is
/// interrupted with SQLITE_INTERRUPT.
class StrangersReads {
public:
    StrangersReads();
    StrangersReads(const StrangersReads&) = delete;
    StrangersReads& operator=(const StrangersReads&) = delete;
    ~StrangersReads();
};

/// The shop cannot be opened. The text says why, and what to do.
class OpenError : public std::runtime_error {
public:
    explicit OpenError(const std::string& text, Trouble trouble = Trouble::none)
        : std::runtime_error(text), trouble_(trouble) {}

    /// What of the disk kept it from being opened, as SQLite said; none if that is not known.
    Trouble trouble() const { return trouble_; }

private:
    Trouble trouble_;
};

}  // namespace orderd::storage

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
        /// Fills a new shop, in the transaction that makes it. If it is empty, a folder without a shop is refused.
        std::function<void(Transaction& tx)> make_new;
        /// Held by `serve`: a second server on the same shop is refused. Commands that write for a moment do without.
        bool server = false;
        std::size_t readers = budget::kReaders;  ///< connections in the pool, opened when first needed
        Writer::Limits limits;
        Schema schema = current_schema();  ///< which the database is brought to
    };

    /// Opens the shop in a folder, or makes one there (a crash half-way leaves no shop); migrates an older database.
    ///
    /// A server's shop whose disk is full or read-only is opened for reading: mutations are refused, and taken as soon
    /// as the disk can be written to.
    ///
    /// @throws OpenError with a text for a person: not there, not ours, newer than this executable, corrupt,
    ///         read-only, its key missing or another's, served by another orderd, or a migration that fails; the
    ///         database is as it was then
    Store(const std::filesystem::path& folder, const Options& options);
    ~Store();

    /// A snapshot of everything that was committed before the call. Waits for a connection when all are in use; never
    /// waits for the writer.
    ///
    /// A thread holds one at a time, and none while it waits for the writer, and the writer's thread takes none:
    /// threads that hold one and wait for another can wait for each other without end.
    ///
    /// @throws std::logic_error if that is not so
    /// @throws Busy to a stranger who waited too long, see StrangersReads
    Reader read() EXCLUDES(mutex_);

    /// The same on a connection that is opened for it: for what may be read by a thread that holds a reader, or by the
    /// writer's, now and then (a cache that is out of date). Waits for nobody; takes a millisecond.
    Reader read_apart() EXCLUDES(mutex_);

    Writer& writer() { return *writer_; }
    const Vault& vault() const { return vault_; }
    Health& health() { return health_; }
    const Files& files() const { return files_; }

    /// Grows with each commit that touched the topic, before its callers are answered. What was read from a snapshot
    /// taken after asking is as new as the number says, or newer.
    std::uint64_t generation(Topic topic) const {
        return generations_[static_cast<std::size_t>(topic)].load(std::memory_order_acquire);
    }

    /// Adds a listener that is called after each commit, on the writer's thread: quick, and never throwing. Before the
    /// first mutation only.
    void on_commit(Writer::OnCommit listener);

    /// Another process may have written (`orderd admin`, `orderd import`, beside a server): tells the listeners, for
    /// every topic, when one has since the last call. Called every so often by a server.
    void notice_others();

    /// Copies the log (WAL) into the database and cuts it to nothing, so that what was overwritten is in neither. Waits
    /// a moment for readers of older snapshots. @returns whether it could
    bool clear_log();

    void stop();  ///< commits what waits; reads still work, mutations are refused

private:
    friend class Reader;

    /// The lock file of a server, released with the process however it ends.
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
    bool open_for_reading(const Schema& schema) EXCLUDES(mutex_);
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
        nullptr;  ///< the one without shared memory while the disk takes no write

    std::int64_t seen_version_ = 0;  // used on the writer's thread alone

    std::unique_ptr<Writer> writer_;
};

/// A reader's connection, inside a read transaction: one snapshot. Back in its pool at the end of its life, which
/// should be soon: the WAL cannot start over while an old snapshot is held.
class Reader : public View {
public:
    Reader(Reader&& other) noexcept;
    Reader& operator=(Reader&&) = delete;
    ~Reader();

    /// Whether this thread holds one of a pool's.
    static bool is_held_here();

private:
    friend class Store;

    Reader(const Vault& vault, std::unique_ptr<Connection> connection, Store* pool);

    Store* pool_;  ///< where its connection goes back to; null: to none
    std::unique_ptr<Connection> owned_;
};

/// While it lives, this thread reads for a stranger: what it may cost is bounded (base/budgets.h). It waits for a
/// reader while no more than those are free that are kept for others, and a reader's work ends after a quarter of a
/// second with SQLITE_INTERRUPT.
class StrangersReads {
public:
    StrangersReads();
    StrangersReads(const StrangersReads&) = delete;
    StrangersReads& operator=(const StrangersReads&) = delete;
    ~StrangersReads();
};

/// The shop cannot be opened; the text says why, and what to do.
class OpenError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace orderd::storage

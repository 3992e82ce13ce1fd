#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/mutex.h"
#include "base/others.h"
#include "storage/health.h"
#include "storage/view.h"

namespace orderd::storage {

/// What caches watch: a commit that touched one makes what was read of it before old.
enum class Topic : unsigned { catalog, settings, admins, orders, jobs, payments, sessions, count };

/// The transaction of one mutation, on the writer's connection, inside a savepoint of its own.
class Transaction : public View {
public:
    using View::View;

    /// Runs one INSERT, UPDATE or DELETE. @returns the number of rows it changed
    template <class... Args>
    std::int64_t run(std::string_view sql, const Args&... args) {
        auto lease = connection_->lease(sql);
        bind_all(lease, args...);
        while (lease.step()) {
        }
        return changes();
    }

    /// Runs one INSERT. @returns the new row's id
    template <class... Args>
    std::int64_t insert(std::string_view sql, const Args&... args) {
        run(sql, args...);
        return last_row();
    }

    /// Runs `part` in its own savepoint: an exception undoes this part, and nothing else of the mutation.
    ///
    /// @returns what it threw; null: it is done
    /// @throws what it threw, if the database itself failed: then the whole batch is lost
    std::exception_ptr try_apart(const std::function<void()>& part);

    /// Notes an order or a customer that the change is about ("order", 1001), so that what else is kept of it, such as
    /// a stored answer, is found when the customer is erased. Events do it for what they tell of.
    void concerns(std::string_view kind, std::int64_t id);

    /// As JSON: ["order 1001", "customer 7"]; empty if there is nothing.
    std::string concerned() const;

    /// Says that caches of this topic are old once this has been committed.
    void touched(Topic topic) { topics_ |= 1U << static_cast<unsigned>(topic); }

    unsigned topics() const { return topics_; }

private:
    std::int64_t changes() const;
    std::int64_t last_row() const;

    unsigned topics_ = 0;
    std::vector<std::string> concerned_;
};

/// The writer takes no more for now: its queue is full, or it is stopping. Nothing was changed.
class Busy : public std::exception {
public:
    const char* what() const noexcept override { return "the writer's queue is full"; }
};

/// The whole batch failed (the disk is full, or broken). Nothing of it is in the database.
class CommitFailed : public NotStored {
public:
    CommitFailed(int sqlite_code, const std::string& what)
        : NotStored(trouble_of(sqlite_code), what), code_(sqlite_code) {}
    int sqlite_code() const { return code_; }

private:
    int code_;
};

/// The commit failed in such a way that a crash now may leave the batch stored or not: the log was written, and the
/// disk did not say that it kept it. Whoever asks again, under the same key, learns which.
class OutcomeUnknown : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The one thread that writes, or in a shop without threads (Limits::others) whoever asks first. Takes every mutation that waits, up to a bound, runs each in a savepoint inside one
/// BEGIN IMMEDIATE, commits once, and only then answers each caller (group commit). All checkpoints happen here too,
/// and once a second a look at whether the shop's disk and files can still be written.
class Writer {
public:
    /// Called on the writer's thread after each commit, before the callers are answered: `topics` as bits by Topic.
    /// Must be quick and must not throw.
    using OnCommit = std::function<void(unsigned topics)>;

    struct Limits {
        std::size_t batch = 256;   ///< mutations in one commit
        std::size_t queue = 4096;  ///< mutations that may wait; one more is refused with Busy
        /// Pages in the WAL after which the writer checkpoints: large enough that a checkpoint is rare and its fsyncs
        /// are shared by thousands of orders, small enough that readers find their pages soon and the file stays about
        /// 64 MiB.
        int checkpoint_pages = 16'000;
        /// Of a shop without threads: who runs a mutation first lets the others go on, which may ask for theirs, and
        /// then commits all that wait. Outlives the writer.
        Others* others = nullptr;
    };

    /// Opens the connection, or throws std::runtime_error if that is not possible now.
    using Open = std::function<Connection()>;

    /// @param connection  empty if the database cannot be written now: every mutation is refused, and `open` asked
    ///                    each second, until it gives one
    /// @param health      outlives the writer
    Writer(std::optional<Connection> connection, Open open, const Vault& vault, Limits limits, OnCommit on_commit,
           Health& health);
    ~Writer();  ///< stop()

    /// Runs `mutate(transaction)` on the writer's thread and returns what it returned, once that is durable
    /// (synchronous=FULL): after a crash it is there. Called from any thread but the writer's own, holding no reader.
    ///
    /// @throws what `mutate` threw, after its savepoint was rolled back; the others of its batch are untouched
    /// @throws std::logic_error from the writer's thread, or from one that holds a reader: nothing was changed
    /// @throws Busy, NotStored (or CommitFailed), OutcomeUnknown
    template <class Mutate>
    auto run(Mutate&& mutate) {
        using Result = std::invoke_result_t<Mutate, Transaction&>;
        if constexpr (std::is_void_v<Result>) {
            submit([&](Transaction& tx) { mutate(tx); });
        } else {
            std::optional<Result> result;
            submit([&](Transaction& tx) { result.emplace(mutate(tx)); });
            return std::move(*result);
        }
    }

    /// Runs `use(connection)` on the writer's thread between batches, outside any transaction: checkpoints, backup.
    /// @throws NotStored if there is no connection; std::logic_error as run()
    void outside_transaction(const std::function<void(Connection&)>& use);

    /// Commits what waits, refuses what comes after, checkpoints and ends the thread. Safe to call twice; not from the
    /// writer's thread: std::logic_error.
    void stop();

    /// On the writer's thread.
    bool runs_here() const { return std::this_thread::get_id() == thread_.get_id() || works_without_thread_; }

    /// Once a second: whether the files are the shop's, whether the disk can be written to, and whether trouble is
    /// over. The writer's thread does so automatically; this is for a shop without threads.
    void look();

    struct Figures {
        std::uint64_t commits = 0;
        std::uint64_t mutations = 0;
        std::size_t waiting = 0;
    };
    Figures figures() const;

private:
    struct Task;

    void submit(const std::function<void(Transaction&)>& mutate);
    void enqueue(Task& task) EXCLUDES(mutex_);
    void work();
    void work_here(Task& task);
    void begin();
    void do_batch(std::deque<Task*>& batch);
    void tell(const std::deque<Task*>& batch) const;
    void end();
    bool await(std::deque<Task*>& batch) EXCLUDES(mutex_);
    void run_outside(Task& task);
    void run_batch(std::deque<Task*>& batch);
    std::exception_ptr hindrance();
    std::exception_ptr commit(std::deque<Task*>& batch);
    void run_one(Task& task, unsigned& topics);
    void roll_back();
    bool try_writing();
    void begin_with_connection();
    void save_what_was_committed();
    void checkpoint_when_long();

    // constant after construction
    const Vault& vault_;
    const Limits limits_;
    const OnCommit on_commit_;
    const Open open_;
    Health& health_;

    // used by the writer's thread alone
    std::optional<Connection> connection_;
    int wal_pages_ = 0;      ///< in the WAL since the last checkpoint, as SQLite's hook counts them
    bool in_doubt_ = false;  ///< a commit may be in the WAL that nobody was told of
    bool saved_ = false;     ///< what was committed to files that are gone is in the database
    std::chrono::steady_clock::time_point next_look_{};
    bool works_without_thread_ = false;  ///< a batch runs on its caller's thread

    mutable Mutex mutex_;
    ConditionVariable arrived_;
    std::deque<Task*> waiting_ GUARDED_BY(mutex_);
    bool stopping_ GUARDED_BY(mutex_) = false;

    std::atomic<std::uint64_t> commits_ = 0;
    std::atomic<std::uint64_t> mutations_ = 0;
    std::once_flag stopped_;
    std::thread thread_;
};

}  // namespace orderd::storage

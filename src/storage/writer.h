#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/mutex.h"
#include "base/others.h"
#include "base/repeated_log.h"
#include "base/time.h"
#include "storage/checkpointer.h"
#include "storage/health.h"
#include "storage/view.h"

namespace orderd::storage {

/// The topics of caches: a commit that touches a topic invalidates its caches.
enum class Topic : unsigned { catalog, settings, admins, orders, jobs, payments, sessions, count };

/// An event about an order, as events::record() noted it.
struct Happening {
    std::string kind;  ///< "order.paid"
    OrderId order{};
    Actor actor;
    Time at;
};

/// The transaction of one mutation, on the writer's connection, inside its own savepoint.
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

    /// Runs `part` in its own savepoint: an exception undoes only this part of the mutation.
    ///
    /// @returns the exception of `part`; null if it succeeded
    /// @throws the exception of `part` if the database itself failed: the whole batch is then lost
    std::exception_ptr try_apart(const std::function<void()>& part);

    /// Notes an order or a customer that the change is about ("order", 1001), so that other data about it, such as a
    /// stored answer, is found when the customer is erased. events::record() notes the order or customer of its event.
    void concerns(std::string_view kind, std::int64_t id);

    /// The noted subjects as JSON: ["order 1001", "customer 7"]; empty if there are none.
    std::string concerned() const;

    /// Notes an event about an order, for what follows from it in the same transaction (Writer::follow).
    void happened(std::string_view kind, OrderId order, const Actor& actor, Time at);

    /// What was noted, oldest first.
    const std::vector<Happening>& happenings() const { return happenings_; }

    /// Notes a product of which more or fewer units are in stock than open orders hold, for what follows from that in the
    /// same transaction (Writer::follow).
    void stock_moved(ProductId product, Time at) { moved_stock_[product] = at; }

    /// What was noted, with the last time of each.
    const std::map<ProductId, Time>& moved_stock() const { return moved_stock_; }

    /// Invalidates the caches of this topic once the transaction is committed.
    void touched(Topic topic) { topics_ |= 1U << static_cast<unsigned>(topic); }

    unsigned topics() const { return topics_; }

private:
    std::int64_t changes() const;
    std::int64_t last_row() const;

    unsigned topics_ = 0;
    std::vector<std::string> concerned_;
    std::vector<Happening> happenings_;
    std::map<ProductId, Time> moved_stock_;
};

/// The writer accepts nothing now: its queue is full, or it is stopping. Nothing was changed.
class Busy : public std::exception {
public:
    const char* what() const noexcept override { return "the writer's queue is full"; }
};

/// The whole batch failed (the disk is full or broken). Nothing of it is in the database.
class CommitFailed : public NotStored {
public:
    CommitFailed(int sqlite_code, const std::string& what)
        : NotStored(trouble_of(sqlite_code), what), code_(sqlite_code) {}
    int sqlite_code() const { return code_; }

private:
    int code_;
};

/// The commit failed in such a way that after a crash the batch may be stored or not: the WAL was written,
/// but the disk did not confirm it. A retry with the same Idempotency-Key shows which.
class OutcomeUnknown : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The only thread that writes; in a shop without threads (Limits::others), the first caller does its work. It takes all
/// queued mutations, up to a limit, runs each in a savepoint inside one BEGIN IMMEDIATE, commits once, and only then
/// answers each caller (group commit). It also does the checkpoints, or starts a Checkpointer for them, and checks once a
/// second whether the shop's disk and files can still be written.
class Writer {
public:
    /// Called on the writer's thread after each commit, before the callers are answered: `topics` as bits by Topic.
    /// Must be quick and must not throw.
    using OnCommit = std::function<void(unsigned topics)>;

    struct Limits {
        std::size_t batch = 256;   ///< mutations in one commit
        std::size_t queue = 4096;  ///< mutations that may wait; further ones are refused with Busy
        /// Pages in the WAL after which it is checkpointed: enough that checkpoints are rare and thousands of orders
        /// share their fsyncs, few enough that readers find their pages fast and the file stays at about 64 MiB.
        int log_pages = 16000;
        /// For a shop without threads: the first caller lets the others run, which may ask for their own mutations, and
        /// then commits all that wait. It outlives the writer.
        Others* others = nullptr;
    };

    /// Opens the connection; throws std::runtime_error if that is not possible now.
    using Open = std::function<Connection()>;

    /// @param connection   empty if the database cannot be written now: every mutation is refused, and `open`
    ///                     is called once a second until it succeeds
    /// @param open_beside  opens the database once more, for a Checkpointer; empty: the writer does all checkpoints
    /// @param health       outlives the writer
    Writer(std::optional<Connection> connection, Open open, Open open_beside, const Vault& vault, Limits limits,
           OnCommit on_commit, Health& health);
    ~Writer();  ///< stop()

    /// Sets what follows from events about orders, and from stock that moved: it is called at the end of each mutation that
    /// noted one, in its transaction, and whatever it throws undoes the mutation. So a department can act on what those below it do, in
    /// the same transaction, whoever asked for it: a request, a job, a webhook. Only before the first mutation.
    void follow(std::function<void(Transaction& tx)> follower) { follower_ = std::move(follower); }

    /// Runs `mutate(transaction)` on the writer's thread. Returns its result once the commit is durable
    /// (synchronous=FULL): it survives a crash. Callable from any thread except the writer's, without holding a reader.
    ///
    /// @throws the exception of `mutate`, after its savepoint was rolled back; other mutations are not affected
    /// @throws std::logic_error on the writer's thread, or if the thread holds a reader; nothing was changed
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
    /// @throws NotStored if there is no connection; std::logic_error like run()
    void outside_transaction(const std::function<void(Connection&)>& use);

    /// Commits the queued mutations, refuses further ones, checkpoints and ends the thread. Safe to call twice.
    ///
    /// @throws std::logic_error on the writer's thread
    void stop();

    /// How many mutations of this thread were stored, of every writer: by this, whoever answers for several of them
    /// knows whether something was changed when the next one fails.
    static std::uint64_t stored_here() { return stored_here_; }

    /// On the writer's thread.
    bool runs_here() const { return std::this_thread::get_id() == thread_.get_id() || works_without_thread_; }

    /// Checks whether the files are the shop's, whether the disk can be written to, and whether trouble is over. The
    /// writer's thread does so once a second; this is for a shop without threads.
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
    void start();
    void do_batch(std::deque<Task*>& batch);
    void tell(const std::deque<Task*>& batch) const;
    void end();
    bool await(std::deque<Task*>& batch) EXCLUDES(mutex_);
    void run_outside(Task& task);
    void run_batch(std::deque<Task*>& batch);
    std::exception_ptr hindrance();
    std::exception_ptr commit(std::deque<Task*>& batch);
    void run_one(Task& task, unsigned& topics);
    void begin();
    void roll_back();
    bool try_writing();
    void begin_with_connection();
    void save_what_was_committed();
    void checkpoint_when_long();
    int checkpoint();

    // constant after construction
    const Vault& vault_;
    const Limits limits_;
    const OnCommit on_commit_;
    const Open open_;
    const Open open_beside_;
    Health& health_;
    std::function<void(Transaction& tx)> follower_;  ///< constant from the first mutation on

    // used only by the writer's thread
    std::optional<Connection> connection_;
    std::optional<Checkpointer> beside_;
    int wal_pages_ = 0;        ///< in the WAL, as SQLite's hook counts them
    int copied_pages_ = 0;     ///< of these, in the database
    int next_checkpoint_ = 0;  ///< a WAL of so many pages is checkpointed
    bool began_anew_ = false;  ///< the WAL restarted since the checkpointer's last pass
    log::RepeatedLine checkpoint_failed_;
    bool in_doubt_ = false;  ///< the WAL may hold a commit that was not acknowledged
    bool saved_ = false;     ///< commits to a WAL that is gone were copied into the database
    std::chrono::steady_clock::time_point next_look_{};
    bool works_without_thread_ = false;  ///< a batch runs on its caller's thread

    mutable Mutex mutex_;
    ConditionVariable arrived_;
    std::deque<Task*> waiting_ GUARDED_BY(mutex_);
    bool stopping_ GUARDED_BY(mutex_) = false;

    std::atomic<std::uint64_t> commits_ = 0;
    std::atomic<std::uint64_t> mutations_ = 0;
    static thread_local std::uint64_t stored_here_;

    std::once_flag stopped_;
    std::thread thread_;
};

}  // namespace orderd::storage

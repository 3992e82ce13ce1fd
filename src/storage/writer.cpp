#include "storage/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/json.h"
#include "base/log.h"
#include "storage/store.h"

namespace orderd::storage {

namespace {

constexpr auto kLook = std::chrono::seconds(1);

/// Writes a page. (SQLite leaves one alone whose bytes would be the same.) Nobody looks at this version.
constexpr auto kTryWriting = "UPDATE setting SET version = version + 1 WHERE name = 'key_check'";

/// Whether a COMMIT that failed so may have put its end into the log. A disk that was full did not take the log's last
/// page, whose end makes a commit of it; and what SQLite refused by its rules it did not write.
bool may_be_stored(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_READONLY:
        case SQLITE_BUSY:
        case SQLITE_CONSTRAINT: return false;
        default: return true;
    }
}

/// What a mutation threw, if the disk or the database failed and not the mutation.
std::optional<CommitFailed> as_storage_failure(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const SQLite::Exception& broken) {
        if (trouble_of(broken.getErrorCode()) != Trouble::none) {
            return CommitFailed(broken.getExtendedErrorCode(), broken.what());
        }
    } catch (...) {
        // its own
    }
    return std::nullopt;
}

}  // namespace

std::int64_t Transaction::changes() const { return sqlite3_changes64(connection_->database().getHandle()); }
std::int64_t Transaction::last_row() const { return sqlite3_last_insert_rowid(connection_->database().getHandle()); }

std::exception_ptr Transaction::try_apart(const std::function<void()>& part) {
    connection_->lease("SAVEPOINT part").step();
    std::exception_ptr thrown;
    try {
        part();
    } catch (...) {
        thrown = std::current_exception();
        if (as_storage_failure(thrown) || sqlite3_get_autocommit(connection_->database().getHandle()) != 0) {
            throw;
        }
        connection_->lease("ROLLBACK TO part").step();
    }
    connection_->lease("RELEASE part").step();
    return thrown;
}

void Transaction::concerns(std::string_view kind, std::int64_t id) {
    auto name = fmt::format("{} {}", kind, id);
    if (std::find(concerned_.begin(), concerned_.end(), name) == concerned_.end()) {
        concerned_.push_back(std::move(name));
    }
}

std::string Transaction::concerned() const { return concerned_.empty() ? "" : Json(concerned_).dump(); }

/// A mutation that waits, on its caller's stack.
struct Writer::Task {
    const std::function<void(Transaction&)>* mutate = nullptr;
    const std::function<void(Connection&)>* outside = nullptr;
    std::exception_ptr failure;
    std::array<Task*, 2> wakes = {};  ///< of the same batch: whose callers this one's caller wakes

    // Not std::binary_semaphore: libstdc++'s yields the processor several times before it sleeps, and sixty callers
    // that do so take it from the writer that they wait for.
    void wait() {
        const MutexLock lock(mutex_);
        while (!done_) {
            finished_.wait(mutex_);
        }
    }

    bool is_done() {
        const MutexLock lock(mutex_);
        return done_;
    }

    /// Nobody touches the task after this: it lies on its caller's stack, and may be gone at once.
    void finish() {
        const MutexLock lock(mutex_);
        done_ = true;
        finished_.notify_one();
    }

private:
    Mutex mutex_;
    ConditionVariable finished_;
    bool done_ GUARDED_BY(mutex_) = false;
};

Writer::Writer(std::optional<Connection> connection, Open open, const Vault& vault, Limits limits, OnCommit on_commit,
               Health& health)
    : vault_(vault),
      limits_(limits),
      on_commit_(std::move(on_commit)),
      open_(std::move(open)),
      health_(health),
      connection_(std::move(connection)),
      thread_(limits_.others == nullptr ? std::thread([this] { work(); }) : std::thread()) {
    if (limits_.others != nullptr) {
        begin();
    }
}

Writer::~Writer() { stop(); }

void Writer::enqueue(Task& task) {
    if (runs_here()) {
        throw std::logic_error("a mutation must not wait for another: the writer would wait for itself");
    }
    if (Reader::is_held_here()) {
        throw std::logic_error("a thread that holds a reader must not wait for the writer: the WAL grows meanwhile");
    }
    {
        const MutexLock lock(mutex_);
        if (stopping_ || waiting_.size() >= limits_.queue) {
            throw Busy();
        }
        waiting_.push_back(&task);
    }
    if (limits_.others == nullptr) {
        arrived_.notify_one();
        task.wait();
    } else {
        work_here(task);
    }
    for (Task* next : task.wakes) {
        if (next != nullptr) {
            next->finish();
        }
    }
    if (task.failure) {
        std::rethrow_exception(task.failure);
    }
}

void Writer::submit(const std::function<void(Transaction&)>& mutate) {
    Task task;
    task.mutate = &mutate;
    enqueue(task);
}

void Writer::outside_transaction(const std::function<void(Connection&)>& use) {
    Task task;
    task.outside = &use;
    enqueue(task);
}

void Writer::stop() {
    if (runs_here()) {
        throw std::logic_error("the writer's thread cannot wait for its own end");
    }
    std::call_once(stopped_, [this] {
        {
            const MutexLock lock(mutex_);
            stopping_ = true;
        }
        arrived_.notify_one();
        if (thread_.joinable()) {
            thread_.join();
        } else {
            end();
        }
    });
}

Writer::Figures Writer::figures() const {
    const MutexLock lock(mutex_);
    return {commits_.load(), mutations_.load(), waiting_.size()};
}

/// Waits for what is to be done, for as long as until the next look at most. @returns false once all is done
bool Writer::await(std::deque<Task*>& batch) {
    batch.clear();
    const MutexLock lock(mutex_);
    while (!stopping_ && waiting_.empty() && arrived_.wait_until(mutex_, next_look_)) {
    }
    if (waiting_.empty()) {
        return !stopping_;
    }
    while (!waiting_.empty() && batch.size() < limits_.batch) {
        // What runs outside a transaction runs alone, in its turn.
        if (waiting_.front()->outside != nullptr && !batch.empty()) {
            break;
        }
        batch.push_back(waiting_.front());
        waiting_.pop_front();
        if (batch.back()->outside != nullptr) {
            break;
        }
    }
    return true;
}

void Writer::work() {
    begin();
    std::deque<Task*> batch;
    while (await(batch)) {
        if (std::chrono::steady_clock::now() >= next_look_) {
            look();
            next_look_ = std::chrono::steady_clock::now() + kLook;
        }
        do_batch(batch);
    }
    end();
}

/// Does what waits, this task too: where the others went on, one of them may have done so before.
void Writer::work_here(Task& task) {
    limits_.others->go_on();
    std::deque<Task*> batch;
    while (!task.is_done() && await(batch)) {
        works_without_thread_ = true;
        do_batch(batch);
        works_without_thread_ = false;
    }
}

void Writer::begin() {
    if (connection_) {
        begin_with_connection();
    }
    next_look_ = std::chrono::steady_clock::now() + kLook;
}

void Writer::do_batch(std::deque<Task*>& batch) {
    if (batch.empty()) {
        return;
    }
    if (batch.front()->outside != nullptr) {
        run_outside(*batch.front());
    } else {
        run_batch(batch);
    }
}

void Writer::end() {
    if (connection_) {
        // The last checkpoint, so that the shop at rest is one file. Whoever still reads, as a backup does, is not
        // waited for.
        sqlite3_busy_timeout(connection_->database().getHandle(), 200);
        sqlite3_wal_checkpoint_v2(connection_->database().getHandle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
    }
}

void Writer::begin_with_connection() {
    auto* handle = connection_->database().getHandle();
    sqlite3_wal_hook(
        handle,
        [](void* pages, sqlite3*, const char*, int in_wal) {
            *static_cast<int*>(pages) = in_wal;
            return SQLITE_OK;
        },
        &wal_pages_);
    // What a crash left in the WAL may be in the system's memory alone, where a sync failed before the crash (Linux
    // takes such pages for written). Copied into the database, it is synced there, before anything is built on it.
    sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

void Writer::run_outside(Task& task) {
    try {
        if (!connection_) {
            std::rethrow_exception(hindrance());
        }
        (*task.outside)(*connection_);
    } catch (...) {
        task.failure = std::current_exception();
    }
    task.finish();
}

/// Invariant: when a caller is answered without a failure, its mutation is in a committed and synced transaction; when
/// it is answered with one other than OutcomeUnknown, nothing of its mutation is in the database.
void Writer::run_batch(std::deque<Task*>& batch) {
    auto failure = hindrance();
    if (!failure) {
        failure = commit(batch);
    }
    if (failure) {
        for (Task* task : batch) {
            if (!task->failure) {
                task->failure = failure;
            }
        }
    }
    tell(batch);
    checkpoint_when_long();
}

/// To wake a caller takes as long as a tenth of an order: the callers do it for each other, as a tree whose root is the
/// first, and the writer goes on. Without threads, nobody sleeps.
void Writer::tell(const std::deque<Task*>& batch) const {
    if (limits_.others != nullptr) {
        for (Task* task : batch) {
            task->finish();
        }
        return;
    }
    for (std::size_t i = 1; i < batch.size(); ++i) {
        batch[(i - 1) / 2]->wakes[(i - 1) % 2] = batch[i];
    }
    batch.front()->finish();
}

/// Why nothing can be written now; null: it can be tried.
std::exception_ptr Writer::hindrance() {
    if (connection_ && !health_.refuses() && !health_.files_are_ours()) {
        save_what_was_committed();
    }
    if (connection_ && !health_.refuses() && (!in_doubt_ || try_writing())) {
        return nullptr;
    }
    const auto state = health_.state();
    return std::make_exception_ptr(
        NotStored(state.trouble == Trouble::none ? Trouble::failed : state.trouble, state.text));
}

/// Runs and commits the batch. @returns why nothing of it was stored, or may not be; null: it is durable
std::exception_ptr Writer::commit(std::deque<Task*>& batch) {
    unsigned topics = 0;
    bool at_commit = false;
    try {
        connection_->lease("BEGIN IMMEDIATE").step();
        vault_.refresh();  // inside, so that nothing is written under a key that was replaced before this transaction
        for (Task* task : batch) {
            run_one(*task, topics);
        }
        at_commit = true;
        connection_->lease("COMMIT").step();
    } catch (const SQLite::Exception& broken) {
        roll_back();
        const int code = broken.getExtendedErrorCode();
        if (const auto trouble = trouble_of(code); trouble != Trouble::none) {
            health_.failed(code == SQLITE_CORRUPT_VTAB ? Trouble::failed : trouble, broken.what());
        }
        if (at_commit && may_be_stored(code)) {
            in_doubt_ = true;
            return std::make_exception_ptr(OutcomeUnknown(broken.what()));
        }
        return std::make_exception_ptr(CommitFailed(code, broken.what()));
    } catch (...) {
        roll_back();
        return std::current_exception();
    }
    if (!health_.files_are_ours()) {
        save_what_was_committed();
        return std::make_exception_ptr(OutcomeUnknown("the shop's files were removed during the commit"));
    }
    health_.wrote();
    commits_.fetch_add(1, std::memory_order_relaxed);
    mutations_.fetch_add(batch.size(), std::memory_order_relaxed);
    on_commit_(topics);
    return nullptr;
}

void Writer::roll_back() {
    if (sqlite3_get_autocommit(connection_->database().getHandle()) == 0) {
        sqlite3_exec(connection_->database().getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

/// Runs one mutation in its savepoint. What it throws is its own caller's alone, unless the database itself is broken:
/// that ends the batch.
void Writer::run_one(Task& task, unsigned& topics) {
    connection_->lease("SAVEPOINT mutation").step();
    Transaction tx(*connection_, vault_);
    try {
        (*task.mutate)(tx);
    } catch (...) {
        const auto thrown = std::current_exception();
        const auto failure = as_storage_failure(thrown);
        task.failure = failure ? std::make_exception_ptr(*failure) : thrown;
        // Some failures roll the whole transaction back by themselves (SQLite: sqlite3_get_autocommit's page): then the
        // mutations before this one are gone as well, and the batch must not be acknowledged.
        if (failure || sqlite3_get_autocommit(connection_->database().getHandle()) != 0) {
            throw;
        }
        connection_->lease("ROLLBACK TO mutation").step();
        connection_->lease("RELEASE mutation").step();
        return;
    }
    connection_->lease("RELEASE mutation").step();
    topics |= tx.topics();
}

void Writer::look() {
    if (!connection_) {
        try {
            connection_.emplace(open_());
            begin_with_connection();
        } catch (const std::exception&) {
            return;  // the health says why
        }
    }
    if (!health_.files_are_ours()) {
        return save_what_was_committed();
    }
    health_.look();
    if (!health_.refuses() && (in_doubt_ || health_.has_failed())) {
        try_writing();
    }
}

/// Commits something that nobody reads. In the WAL it takes the place of a commit whose outcome is unknown: once it is
/// synced, that one is not stored, whatever crashes. The connection is kept, since a new one would take for stored what
/// a failed sync left in the system's memory.
bool Writer::try_writing() {
    try {
        connection_->lease("BEGIN IMMEDIATE").step();
        connection_->lease(kTryWriting).step();
        connection_->lease("COMMIT").step();
    } catch (const SQLite::Exception& broken) {
        roll_back();
        if (const auto trouble = trouble_of(broken.getErrorCode()); trouble != Trouble::none) {
            health_.failed(trouble, broken.what());
        }
        return false;
    }
    in_doubt_ = false;
    health_.wrote();
    return true;
}

/// The shop's files are gone, and nothing is acknowledged any more. What was before may be in a log that has no name
/// now: while the database is there still, it is copied into it.
void Writer::save_what_was_committed() {
    auto* handle = connection_->database().getHandle();
    int keep = 1;  // SQLite would remove the log by its name, which may be another's by now
    sqlite3_file_control(handle, nullptr, SQLITE_FCNTL_PERSIST_WAL, &keep);
    if (saved_ || !health_.database_is_ours()) {
        return;
    }
    int in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
    saved_ = code == SQLITE_OK && in_log == copied;
    if (saved_) {
        log::warning("what was acknowledged before the shop's files were removed is in its database");
    }
}

/// Copies the WAL into the database when it has grown long. Passive: it never waits for readers; it starts over from
/// the WAL's beginning once no reader needs it.
void Writer::checkpoint_when_long() {
    if (wal_pages_ < limits_.checkpoint_pages || !connection_) {
        return;
    }
    int left_in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_->database().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &left_in_log, &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        log::error("the checkpoint failed; it will be tried again", {{"sqlite_code", code}});
    }
    wal_pages_ = 0;
}

}  // namespace orderd::storage

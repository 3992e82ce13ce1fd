#include "storage/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "base/json.h"
#include "base/log.h"
#include "storage/store.h"

namespace orderd::storage {

namespace {

/// The last part of the WAL, which the writer copies itself in a few milliseconds. The WAL can restart only after it was
/// copied completely, and beside a busy writer it never is.
constexpr int kLastPart = 16;

/// How many times longer than usual the WAL may be before the writer copies all of it itself.
constexpr int kTooLong = 8;

constexpr auto kLook = std::chrono::seconds(1);

/// Writes a page. The value must change, since SQLite does not write an unchanged page. Nothing uses this version.
constexpr auto kTryWriting = "UPDATE setting SET version = version + 1 WHERE name = 'key_check'";

/// Whether a COMMIT that failed with this code may have completed its WAL record. If the disk was full, the last page,
/// which marks the commit, is missing; if SQLite refused the commit by its rules, it wrote nothing.
bool may_be_stored(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_READONLY:
        case SQLITE_BUSY:
        case SQLITE_CONSTRAINT: return false;
        default: return true;
    }
}

CommitFailed commit_failed(const SQLite::Exception& broken) {
    const int code = broken.getExtendedErrorCode();
    return {code, (code & 0xff) == SQLITE_BUSY ? "another program keeps the shop's database locked; try again later"
                                               : broken.what()};
}

/// Translates a mutation's exception if the cause is the disk or the database, and not the mutation.
std::optional<CommitFailed> as_storage_failure(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const SQLite::Exception& broken) {
        if (trouble_of(broken.getErrorCode()) != Trouble::none) {
            return commit_failed(broken);
        }
    } catch (...) {
        // the mutation's own exception
    }
    return std::nullopt;
}

}  // namespace

thread_local std::uint64_t Writer::stored_here_ = 0;

std::int64_t Transaction::changes() const { return sqlite3_changes64(connection_->database().getHandle()); }
std::int64_t Transaction::last_row() const { return sqlite3_last_insert_rowid(connection_->database().getHandle()); }

std::exception_ptr Transaction::try_apart(const std::function<void()>& part) {
    connection_->lease("SAVEPOINT part").step();
    const auto before = happenings_.size();
    std::exception_ptr thrown;
    try {
        part();
    } catch (...) {
        thrown = std::current_exception();
        if (as_storage_failure(thrown) || sqlite3_get_autocommit(connection_->database().getHandle()) != 0) {
            throw;
        }
        connection_->lease("ROLLBACK TO part").step();
        happenings_.erase(happenings_.begin() + static_cast<std::ptrdiff_t>(before), happenings_.end());
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

void Transaction::happened(std::string_view kind, OrderId order, const Actor& actor, Time at) {
    happenings_.push_back({std::string(kind), order, actor, at});
}

std::string Transaction::concerned() const { return concerned_.empty() ? "" : Json(concerned_).dump(); }

/// A queued mutation. It is on its caller's stack.
struct Writer::Task {
    const std::function<void(Transaction&)>* mutate = nullptr;
    const std::function<void(Connection&)>* outside = nullptr;
    std::exception_ptr failure;
    std::array<Task*, 2> wakes = {};  ///< tasks of the same batch; this task's caller wakes their callers

    // Not std::binary_semaphore: libstdc++'s yields several times before it sleeps, so that sixty waiting
    // callers would take the processor from the writer.
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

    /// Do not touch the task after this call: it is on its caller's stack, and may be gone at once.
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

Writer::Writer(std::optional<Connection> connection, Open open, Open open_beside, const Vault& vault, Limits limits,
               OnCommit on_commit, Health& health)
    : vault_(vault),
      limits_(limits),
      on_commit_(std::move(on_commit)),
      open_(std::move(open)),
      open_beside_(std::move(open_beside)),
      health_(health),
      connection_(std::move(connection)),
      thread_(limits_.others == nullptr ? std::thread([this] { work(); }) : std::thread()) {
    if (limits_.others != nullptr) {
        start();
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
    ++stored_here_;
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

/// Waits for tasks, at most until the next check. @returns false once the writer is stopping and the queue is empty
bool Writer::await(std::deque<Task*>& batch) {
    batch.clear();
    const MutexLock lock(mutex_);
    while (!stopping_ && waiting_.empty() && arrived_.wait_until(mutex_, next_look_)) {
    }
    if (waiting_.empty()) {
        return !stopping_;
    }
    while (!waiting_.empty() && batch.size() < limits_.batch) {
        // A task outside a transaction runs alone, in its turn.
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
    start();
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

/// Runs batches until this task is done. While the others ran, one of them may have done so already.
void Writer::work_here(Task& task) {
    limits_.others->go_on();
    std::deque<Task*> batch;
    while (!task.is_done() && await(batch)) {
        works_without_thread_ = true;
        do_batch(batch);
        works_without_thread_ = false;
    }
}

void Writer::start() {
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
    beside_.reset();
    if (connection_) {
        // The last checkpoint, so that a stopped shop is one file. It does not wait for readers, such as a backup.
        connection_->wait_for_locks(std::chrono::milliseconds(200));
        sqlite3_wal_checkpoint_v2(connection_->database().getHandle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
    }
}

void Writer::begin_with_connection() {
    auto* handle = connection_->database().getHandle();
    sqlite3_wal_hook(
        handle,
        [](void* self, sqlite3*, const char*, int in_wal) {
            auto& writer = *static_cast<Writer*>(self);
            if (in_wal < writer.wal_pages_) {
                writer.copied_pages_ = 0;
                writer.next_checkpoint_ = writer.limits_.log_pages;
                writer.began_anew_ = true;
            }
            writer.wal_pages_ = in_wal;
            return SQLITE_OK;
        },
        this);
    next_checkpoint_ = limits_.log_pages;
    // If a sync failed before a crash, the WAL's content may be only in the system's memory (Linux treats
    // such pages as written). Checkpointing syncs it in the database before new commits build on it.
    sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

void Writer::run_outside(Task& task) {
    try {
        if (!connection_) {
            std::rethrow_exception(hindrance());
        }
        if (beside_) {
            beside_->wait();  // SQLite makes one checkpoint at a time, and refuses another
        }
        roll_back();
        (*task.outside)(*connection_);
    } catch (...) {
        task.failure = std::current_exception();
    }
    task.finish();
}

/// Invariant: if a caller gets no failure, its mutation is in a committed and synced transaction. If it gets
/// a failure other than OutcomeUnknown, nothing of its mutation is in the database.
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

/// Waking a caller costs a tenth of an order. So callers wake each other, as a tree whose root is the first caller, and
/// the writer continues. Without threads, nobody sleeps.
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

/// Why nothing can be written now; null if a write can be tried.
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

/// Runs and commits the batch. @returns why it was not stored, or may not be stored; null if it is durable
std::exception_ptr Writer::commit(std::deque<Task*>& batch) {
    unsigned topics = 0;
    bool at_commit = false;
    try {
        begin();
        vault_.refresh();  // inside, so that nothing is written under a key that was replaced before
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
        return std::make_exception_ptr(commit_failed(broken));
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

/// Where there was no memory, the ROLLBACK before it may not have run.
void Writer::begin() {
    roll_back();
    connection_->lease("BEGIN IMMEDIATE").step();
}

void Writer::roll_back() {
    if (sqlite3_get_autocommit(connection_->database().getHandle()) == 0) {
        sqlite3_exec(connection_->database().getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

/// Runs one mutation in its savepoint. Its exception goes only to its own caller, unless the database itself
/// fails: that ends the batch.
void Writer::run_one(Task& task, unsigned& topics) {
    connection_->lease("SAVEPOINT mutation").step();
    Transaction tx(*connection_, vault_);
    try {
        (*task.mutate)(tx);
        if (follower_ && (!tx.happenings().empty() || !tx.moved_stock().empty())) {
            follower_(tx);
        }
    } catch (...) {
        const auto thrown = std::current_exception();
        const auto failure = as_storage_failure(thrown);
        task.failure = failure ? std::make_exception_ptr(*failure) : thrown;
        // Some failures roll the whole transaction back automatically (SQLite: sqlite3_get_autocommit's
        // page). The earlier mutations are then gone as well, and the batch must not be acknowledged.
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
            return;  // Health reports why
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

/// Commits a change that nobody reads. In the WAL it overwrites a commit whose outcome is unknown: once it is
/// synced, that commit is not stored, even after a crash. The connection is kept: a new one would treat as
/// stored what a failed sync left in the system's memory.
bool Writer::try_writing() {
    try {
        begin();
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

/// The shop's files are gone, and nothing is acknowledged any more. Earlier commits may be in a WAL that was
/// unlinked: if the database still exists, they are copied into it.
void Writer::save_what_was_committed() {
    auto* handle = connection_->database().getHandle();
    int keep = 1;  // SQLite would remove the WAL by name, but the name may now be another file's
    sqlite3_file_control(handle, nullptr, SQLITE_FCNTL_PERSIST_WAL, &keep);
    if (saved_ || !health_.database_is_ours()) {
        return;
    }
    int in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
    saved_ = code == SQLITE_OK && in_log == copied;
    if (saved_) {
        log::warning("everything acknowledged before the shop's files were removed was saved in its database");
    }
}

/// Copies the WAL into the database when it has grown long, on the checkpointer's thread if possible. Passive: it never
/// waits for readers. The WAL restarts with the next commit once all of it was copied and no reader needs it.
void Writer::checkpoint_when_long() {
    if (wal_pages_ < next_checkpoint_ || !connection_ || !health_.files_are_ours()) {
        return;
    }
    const int last_part = limits_.log_pages / kLastPart;
    if (!beside_ && open_beside_ && limits_.others == nullptr && Checkpointer::is_safe()) {
        beside_.emplace(open_beside_);
    }
    if (beside_ && wal_pages_ < kTooLong * limits_.log_pages) {
        const auto copied = beside_->copied();
        if (!copied) {
            return;  // a pass is under way
        }
        if (!std::exchange(began_anew_, false)) {
            copied_pages_ = std::max(copied_pages_, *copied);
        }
        if (wal_pages_ - copied_pages_ > last_part) {
            return beside_->begin();
        }
    }
    copied_pages_ = checkpoint();
    next_checkpoint_ = wal_pages_ + last_part;  // a reader may keep the WAL from beginning anew
}

/// @returns pages of the WAL that are in the database
int Writer::checkpoint() {
    if (beside_) {
        beside_->wait();
    }
    int in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_->database().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &in_log, &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        checkpoint_failed_.error("the checkpoint failed; it will be tried again", {{"sqlite_code", code}});
    }
    return std::max(copied, 0);
}

}  // namespace orderd::storage

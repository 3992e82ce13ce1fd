#include "storage/writer.h"

#include <array>
#include <cassert>

#include "base/log.h"
#include "storage/store.h"

namespace orderd::storage {

namespace {

/// Pages in the WAL after which the writer checkpoints: large enough that a checkpoint is rare and its fsyncs are
/// shared by thousands of orders, small enough that readers find their pages soon and the file stays about 64 MiB.
constexpr int kCheckpointPages = 16000;

bool is_storage_failure(int code) {
    const int primary = code & 0xff;
    return primary == SQLITE_FULL || primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ||
           primary == SQLITE_NOMEM || primary == SQLITE_READONLY;
}

}  // namespace

std::int64_t Transaction::changes() const { return sqlite3_changes64(connection_->database().getHandle()); }
std::int64_t Transaction::last_row() const { return sqlite3_last_insert_rowid(connection_->database().getHandle()); }

/// A mutation that waits, on its caller's stack.
struct Writer::Task {
    const std::function<void(Transaction&)>* mutate = nullptr;
    const std::function<void(Connection&)>* outside = nullptr;
    std::exception_ptr failure;
    std::array<Task*, 2> wakes = {};  ///< of the same batch: whose callers this one's caller wakes

    // Not std::binary_semaphore: libstdc++'s yields the processor several times before it sleeps, and sixty callers
    // that do so take it from the writer that they wait for.
    void wait() {
        std::unique_lock lock(mutex_);
        finished_.wait(lock, [this] { return done_; });
    }

    /// Nobody touches the task after this: it lies on its caller's stack, and may be gone at once.
    void finish() {
        const std::lock_guard lock(mutex_);
        done_ = true;
        finished_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable finished_;
    bool done_ = false;  // guarded by mutex_
};

Writer::Writer(Connection connection, const Vault& vault, Limits limits, OnCommit on_commit)
    : vault_(vault),
      limits_(limits),
      on_commit_(std::move(on_commit)),
      connection_(std::move(connection)),
      thread_([this] { work(); }) {}

Writer::~Writer() { stop(); }

void Writer::enqueue(Task& task) {
    assert(!runs_here() && "a mutation must not wait for another");
    if (Reader::is_held_here()) {
        throw std::logic_error("a thread that holds a reader must not wait for the writer: the WAL grows meanwhile");
    }
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || waiting_.size() >= limits_.queue) {
            throw Busy();
        }
        waiting_.push_back(&task);
    }
    arrived_.notify_one();
    task.wait();
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
    std::call_once(stopped_, [this] {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        arrived_.notify_one();
        thread_.join();
    });
}

Writer::Figures Writer::figures() const {
    const std::lock_guard lock(mutex_);
    return {commits_.load(), mutations_.load(), waiting_.size()};
}

void Writer::work() {
    sqlite3_wal_hook(
        connection_.database().getHandle(),
        [](void* pages, sqlite3*, const char*, int in_wal) {
            *static_cast<int*>(pages) = in_wal;
            return SQLITE_OK;
        },
        &wal_pages_);
    std::deque<Task*> batch;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) {
                break;
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
        }
        if (batch.front()->outside != nullptr) {
            Task& task = *batch.front();
            try {
                (*task.outside)(connection_);
            } catch (...) {
                task.failure = std::current_exception();
            }
            task.finish();
        } else {
            run_batch(batch);
        }
        batch.clear();
    }
    // The last checkpoint, so that the shop at rest is one file. Whoever still reads, as a backup does, is not waited
    // for.
    sqlite3_busy_timeout(connection_.database().getHandle(), 200);
    sqlite3_wal_checkpoint_v2(connection_.database().getHandle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                              nullptr);
}

/// Invariant: when a caller is answered without a failure, its mutation is in a committed and synced transaction; when
/// it is answered with one, nothing of its mutation is in the database.
void Writer::run_batch(std::deque<Task*>& batch) {
    unsigned topics = 0;
    std::exception_ptr failure;
    try {
        connection_.lease("BEGIN IMMEDIATE").step();
        for (Task* task : batch) {
            run_one(*task, topics);
        }
        connection_.lease("COMMIT").step();
    } catch (const SQLite::Exception& broken) {
        failure = std::make_exception_ptr(CommitFailed(broken.getExtendedErrorCode(), broken.what()));
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        if (sqlite3_get_autocommit(connection_.database().getHandle()) == 0) {
            sqlite3_exec(connection_.database().getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
        }
        for (Task* task : batch) {
            if (!task->failure) {
                task->failure = failure;
            }
        }
    } else {
        commits_.fetch_add(1, std::memory_order_relaxed);
        mutations_.fetch_add(batch.size(), std::memory_order_relaxed);
        on_commit_(topics);
    }
    // To wake a caller takes as long as a tenth of an order: the callers do it for each other, as a tree whose root is
    // the first, and the writer goes on.
    for (std::size_t i = 1; i < batch.size(); ++i) {
        batch[(i - 1) / 2]->wakes[(i - 1) % 2] = batch[i];
    }
    batch.front()->finish();
    checkpoint_when_long();
}

/// Runs one mutation in its savepoint. What it throws is its own caller's alone, unless the database itself is broken:
/// that ends the batch.
void Writer::run_one(Task& task, unsigned& topics) {
    connection_.lease("SAVEPOINT mutation").step();
    Transaction tx(connection_, vault_);
    try {
        (*task.mutate)(tx);
    } catch (...) {
        task.failure = std::current_exception();
        // Some failures roll the whole transaction back by themselves (SQLite: sqlite3_get_autocommit's page): then the
        // mutations before this one are gone as well, and the batch must not be acknowledged.
        if (sqlite3_get_autocommit(connection_.database().getHandle()) != 0) {
            throw;
        }
        try {
            std::rethrow_exception(task.failure);
        } catch (const SQLite::Exception& broken) {
            if (is_storage_failure(broken.getErrorCode())) {
                throw;
            }
        } catch (...) {
            // its own
        }
        connection_.lease("ROLLBACK TO mutation").step();
        connection_.lease("RELEASE mutation").step();
        return;
    }
    connection_.lease("RELEASE mutation").step();
    topics |= tx.topics();
}

/// Copies the WAL into the database when it has grown long. Passive: it never waits for readers; it starts over from
/// the WAL's beginning once no reader needs it.
void Writer::checkpoint_when_long() {
    if (wal_pages_ < kCheckpointPages) {
        return;
    }
    int left_in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_.database().getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &left_in_log, &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        log::error("the checkpoint failed; it will be tried again", {{"sqlite_code", code}});
    }
    wal_pages_ = 0;
}

}  // namespace orderd::storage

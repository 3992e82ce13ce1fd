#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>

#include "storage/store.h"

namespace orderd::storage {

namespace {

thread_local bool reads_for_stranger = false;

/// The limits of the reader that this thread holds.
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

/// SQLite's progress handler. A result other than 0 interrupts the statement.
int is_over(void*) {
    return work_of_this_thread() > bound.work_until || std::chrono::steady_clock::now() > bound.until ? 1 : 0;
}

constexpr int kStepsBetweenLooks = 1000;  ///< of SQLite's virtual machine: about 50 µs

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
        owned_.reset();  // do not reuse a connection that cannot end its transaction
    }
    if (pool_ != nullptr) {
        --held_here;
        pool_->give_back(std::move(owned_));
    }
}

}  // namespace orderd::storage

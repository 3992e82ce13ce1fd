#include "wire/workers.h"

#include <pthread.h>

#include <utility>

#include "base/log.h"

namespace orderd::wire {
namespace {

// Enough for SQLite and for JSON of 32 levels. The default of 8 MiB would waste address space.
constexpr std::size_t kStack = 1024 * 1024;

}  // namespace

Workers::Workers(Limits limits, Serve serve)
    : limits_(limits),
      most_strangers_(limits.threads - limits.threads / budget::kThreadsKeptPart),
      serve_(std::move(serve)) {}

Workers::~Workers() { stop(Instant::max()); }

bool Workers::enqueue(std::unique_ptr<Connection>& connection) {
    const MutexLock lock(mutex_);
    if (stopping_ || queue_.size() >= limits_.queue) {
        return false;
    }
    if (!find_thread()) {
        return false;
    }
    queue_.push_back({.connection = std::move(connection), .place = {}});
    arrived_.notify_one();
    return true;
}

/// @returns whether there is any thread that will check the queue
bool Workers::find_thread() {
    return idle_ > queue_.size() || threads_ >= limits_.threads || start_thread() || threads_ > 0;
}

Workers::Place::~Place() {
    if (workers_ != nullptr) {
        workers_->leave();
    }
}

void Workers::take_place(std::optional<Place>& place) {
    auto taken = strangers_.load();
    while (taken < most_strangers_) {
        if (strangers_.compare_exchange_weak(taken, taken + 1)) {
            place.emplace(*this);
            return;
        }
    }
}

void Workers::leave() {
    --strangers_;
    if (strangers_waiting_count_ > 0) {
        const MutexLock lock(mutex_);
        call_strangers();
    }
}

bool Workers::wait_for_place(std::unique_ptr<Connection>& connection) {
    const MutexLock lock(mutex_);
    if (strangers_waiting_.size() >= limits_.queue) {
        return false;
    }
    strangers_waiting_.push_back(std::move(connection));
    ++strangers_waiting_count_;
    call_strangers();
    return true;
}

/// Puts requests that waited for a place before those that wait for a thread: they came earlier.
void Workers::call_strangers() {
    while (!strangers_waiting_.empty()) {
        std::optional<Place> place;
        take_place(place);
        if (!place) {
            return;
        }
        find_thread();  // if none can be started, the calling thread checks the queue next
        queue_.push_front({.connection = std::move(strangers_waiting_.front()), .place = std::move(place)});
        strangers_waiting_.pop_front();
        --strangers_waiting_count_;
        arrived_.notify_one();
    }
}

bool Workers::pressed() const {
    const MutexLock lock(mutex_);
    return !queue_.empty() && threads_ >= limits_.threads;
}

bool Workers::stop(Instant deadline) {
    const MutexLock lock(mutex_);
    stopping_ = true;
    arrived_.notify_all();
    if (deadline == Instant::max()) {
        while (threads_ > 0) {
            ended_.wait(mutex_);
        }
    }
    while (threads_ > 0 && ended_.wait_until(mutex_, deadline)) {
    }
    return threads_ == 0;
}

Workers::Figures Workers::figures() const {
    const MutexLock lock(mutex_);
    return {.threads = threads_,
            .busy = threads_ - idle_,
            .waiting = queue_.size(),
            .strangers = strangers_,
            .strangers_waiting = strangers_waiting_.size()};
}

bool Workers::start_thread() {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kStack);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_t thread{};
    const auto body = [](void* self) -> void* {
        static_cast<Workers*>(self)->work();
        return nullptr;
    };
    const int failed = pthread_create(&thread, &attributes, body, this);
    pthread_attr_destroy(&attributes);
    if (failed != 0) {
        log::warning("no further thread could be started", {{"threads", threads_}});
        return false;
    }
    ++threads_;
    return true;
}

void Workers::work() {
    while (auto waiting = next()) {
        serve_(std::move(waiting->connection), std::move(waiting->place));
    }
}

/// Waits for a connection. @returns nullopt if the thread should end; it must then touch nothing more
std::optional<Workers::Waiting> Workers::next() {
    const MutexLock lock(mutex_);
    ++idle_;
    const auto until = std::chrono::steady_clock::now() + limits_.idle;
    while (!stopping_ && queue_.empty() && arrived_.wait_until(mutex_, until)) {
    }
    --idle_;
    if (queue_.empty()) {
        --threads_;
        ended_.notify_all();  // under the lock: once it is released, the waiting thread may destroy this object
        return std::nullopt;
    }
    auto waiting = std::move(queue_.front());
    queue_.pop_front();
    return waiting;
}

}  // namespace orderd::wire

#include "http/workers.h"

#include <pthread.h>

#include <utility>

#include "base/log.h"

namespace orderd::http {
namespace {

// Deep enough for SQLite and for JSON of 32 levels; the default of 8 MiB is address space for nothing.
constexpr std::size_t kStack = 1024 * 1024;

}  // namespace

Workers::Workers(Limits limits, Serve serve) : limits_(limits), serve_(std::move(serve)) {}

Workers::~Workers() { stop(Instant::max()); }

bool Workers::enqueue(std::unique_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= limits_.queue) {
        return false;
    }
    if (idle_ <= queue_.size() && threads_ < limits_.threads && !start_thread() && threads_ == 0) {
        return false;
    }
    queue_.push_back(std::move(connection));
    arrived_.notify_one();
    return true;
}

bool Workers::pressed() const {
    const std::lock_guard lock(mutex_);
    return !queue_.empty() && threads_ >= limits_.threads;
}

bool Workers::stop(Instant deadline) {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    arrived_.notify_all();
    const auto done = [&] { return threads_ == 0; };
    if (deadline == Instant::max()) {
        ended_.wait(lock, done);
        return true;
    }
    return ended_.wait_until(lock, deadline, done);
}

Workers::Figures Workers::figures() const {
    const std::lock_guard lock(mutex_);
    return {.threads = threads_, .busy = threads_ - idle_, .waiting = queue_.size()};
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
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        const bool woken = arrived_.wait_for(lock, limits_.idle, [&] { return stopping_ || !queue_.empty(); });
        --idle_;
        if (queue_.empty()) {
            if (stopping_ || !woken) {
                break;
            }
            continue;
        }
        auto connection = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        serve_(std::move(connection));
        lock.lock();
    }
    --threads_;
    // Under the lock: the last thing that this thread touches, so that the one who waits may destroy it all.
    ended_.notify_all();
}

}  // namespace orderd::http

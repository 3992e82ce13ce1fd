#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "base/mutex.h"

namespace orderd {

/// A thread that the destructor asks to end and waits for. It stands in for std::jthread, which macOS's C++
/// library lacks.
class Thread {
public:
    /// Tells a thread that it is asked to end. Thread-safe.
    class Stop {
    public:
        bool requested() const {
            const MutexLock lock(mutex_);
            return requested_;
        }

        /// Waits for the request, for `longest` at most. @returns whether the thread is asked to end
        bool wait_for(std::chrono::milliseconds longest) const {
            const auto until = std::chrono::steady_clock::now() + longest;
            const MutexLock lock(mutex_);
            while (!requested_ && asked_.wait_until(mutex_, until)) {
            }
            return requested_;
        }

    private:
        friend class Thread;

        void request() {
            {
                const MutexLock lock(mutex_);
                requested_ = true;
            }
            asked_.notify_all();
        }

        mutable Mutex mutex_;
        mutable ConditionVariable asked_;
        bool requested_ GUARDED_BY(mutex_) = false;
    };

    Thread() = default;
    explicit Thread(std::function<void(const Stop&)> body)
        : stop_(std::make_unique<Stop>()), thread_([body = std::move(body), stop = stop_.get()] { body(*stop); }) {}
    Thread(Thread&&) = default;
    Thread& operator=(Thread&& other) noexcept {
        stop();
        stop_ = std::move(other.stop_);
        thread_ = std::move(other.thread_);
        return *this;
    }
    ~Thread() { stop(); }

    /// Asks the thread to end, and waits for it. Safe to call twice.
    void stop() {
        if (thread_.joinable()) {
            stop_->request();
            thread_.join();
        }
    }

private:
    std::unique_ptr<Stop> stop_;
    std::thread thread_;
};

}  // namespace orderd

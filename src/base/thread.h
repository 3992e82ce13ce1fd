#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace orderd {

/// A thread that is asked to end, and waited for, at the latest when it is destroyed: std::jthread, which the C++
/// library of macOS does not have.
class Thread {
public:
    /// Whether a thread is asked to end. Thread-safe.
    class Stop {
    public:
        bool requested() const {
            const std::lock_guard lock(mutex_);
            return requested_;
        }

        /// Waits to be asked, for so long at most. @returns whether it is
        bool wait_for(std::chrono::milliseconds longest) const {
            std::unique_lock lock(mutex_);
            return asked_.wait_for(lock, longest, [this] { return requested_; });
        }

    private:
        friend class Thread;

        void request() {
            {
                const std::lock_guard lock(mutex_);
                requested_ = true;
            }
            asked_.notify_all();
        }

        mutable std::mutex mutex_;
        mutable std::condition_variable asked_;
        bool requested_ = false;  // guarded by mutex_
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

    /// Asks it to end, and waits for it. Safe to call twice.
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

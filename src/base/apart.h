#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#include "base/mutex.h"
#include "base/others.h"

namespace orderd {

/// Runs calls that may block for an unknown time (resolving a name, connecting, a TLS handshake) on their own
/// threads, so that a caller can stop waiting as soon as the program ends. An abandoned call must not touch
/// anything of its caller's: `work` owns everything that it uses. Thread-safe.
class Apart {
public:
    /// `others`: of a shop without threads, whose calls run on the caller's thread. Outlives this.
    explicit Apart(Others* others = nullptr) : others_(others) {}

    /// Waits for the result of `work`, which must be movable and not void.
    ///
    /// @returns nullopt if stop() came first: `work` may have run, or may still be running
    /// @throws what `work` threw; std::system_error if no thread can be started
    template <class Work>
    std::optional<std::invoke_result_t<Work>> run(Work work) {
        using Result = std::invoke_result_t<Work>;
        if (others_ != nullptr) {
            return stopped() ? std::nullopt : std::optional<Result>(work());
        }
        struct Call {
            std::optional<Result> result;
            std::exception_ptr failure;
            bool done = false;
        };
        const auto call = std::make_shared<Call>();
        const MutexLock lock(shared_->mutex);
        if (shared_->stopped) {
            return std::nullopt;
        }
        std::thread([shared = shared_, call, work = std::move(work)]() mutable {
            std::optional<Result> result;
            std::exception_ptr failure;
            try {
                result.emplace(work());
            } catch (...) {
                failure = std::current_exception();
            }
            const MutexLock done(shared->mutex);
            --running_;
            call->result = std::move(result);
            call->failure = failure;
            call->done = true;
            shared->changed.notify_all();
        }).detach();
        ++running_;
        while (!call->done && !shared_->stopped) {
            shared_->changed.wait(shared_->mutex);
        }
        if (!call->done) {
            return std::nullopt;
        }
        if (call->failure) {
            std::rethrow_exception(call->failure);
        }
        return std::move(call->result);
    }

    /// Waits for `period`, or until stop().
    void pause(std::chrono::milliseconds period) {
        if (others_ != nullptr) {
            others_->go_on();
            return;
        }
        const auto until = std::chrono::steady_clock::now() + period;
        const MutexLock lock(shared_->mutex);
        while (!shared_->stopped && shared_->changed.wait_until(shared_->mutex, until)) {
        }
    }

    /// Ends every wait, now and from now on.
    void stop() {
        const MutexLock lock(shared_->mutex);
        shared_->stopped = true;
        shared_->changed.notify_all();
    }

    bool stopped() const {
        const MutexLock lock(shared_->mutex);
        return shared_->stopped;
    }

    /// How many threads still run in the whole program, including abandoned ones. If there are any, the
    /// program must end by _exit(), so that it does not destroy what they use.
    static int running() { return running_; }

private:
    struct Shared {
        Mutex mutex;
        ConditionVariable changed;
        bool stopped GUARDED_BY(mutex) = false;
    };

    inline static std::atomic<int> running_ = 0;

    Others* const others_;
    const std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace orderd

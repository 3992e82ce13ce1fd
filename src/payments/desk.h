#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "base/mutex.h"
#include "base/others.h"
#include "base/time.h"
#include "base/waiting_places.h"
#include "payments/decline_bounds.h"
#include "payments/gateway.h"
#include "storage/settings.h"
#include "storage/store.h"

namespace orderd::payments {

/// Rings when a commit touched payments, so that a request can wait for an outcome without polling.
/// Thread-safe.
class Bell {
public:
    /// In a shop without threads, waiting lets the others go on. Before the first wait.
    void wait_with(Others* others) { others_ = others; }

    void ring() {
        {
            const MutexLock lock(mutex_);
            ++rings_;
        }
        rung_.notify_all();
    }

    std::uint64_t rings() const {
        const MutexLock lock(mutex_);
        return rings_;
    }

    /// Waits for a ring newer than `heard`. @returns whether one came in time, and before stop()
    bool wait(std::uint64_t heard, std::chrono::steady_clock::time_point until) {
        while (others_ != nullptr && rings() == heard) {
            if (!others_->go_on()) {
                return false;
            }
        }
        const MutexLock lock(mutex_);
        while (!stopped_ && rings_ == heard && rung_.wait_until(mutex_, until)) {
        }
        return !stopped_ && rings_ != heard;
    }

    /// Ends all waiting, since the server is stopping.
    void stop() {
        {
            const MutexLock lock(mutex_);
            stopped_ = true;
        }
        rung_.notify_all();
    }

private:
    Others* others_ = nullptr;
    mutable Mutex mutex_;
    ConditionVariable rung_;
    std::uint64_t rings_ GUARDED_BY(mutex_) = 0;
    bool stopped_ GUARDED_BY(mutex_) = false;
};

/// The moments of a charge at which the process may die without losing anything or charging twice.
enum class Moment { before_call, after_call, before_commit, after_commit };

/// What the handlers and jobs of payments use. It must outlive both.
struct Desk {
    storage::Store& store;
    const Clock& clock;
    settings::Currency& currency;
    WaitingPlaces& places;  ///< for requests that wait for a gateway
    Gateways gateways = {};
    Bell bell = {};
    DeclineCounter declines = {};
    std::chrono::milliseconds wait{8000};        ///< for an outcome, before POST /payments answers 202
    bool capture_at_once = true;                 ///< false: cards are authorized, and staff capture
    std::function<std::string()> url = {};       ///< the shop's public address
    std::function<void(Moment)> at_moment = {};  ///< for tests that end the process there

    std::string base() const { return url ? url() : ""; }

    void reached(Moment moment) const {
        if (at_moment) {
            at_moment(moment);
        }
    }
};

}  // namespace orderd::payments

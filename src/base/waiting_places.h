#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/caller.h"
#include "base/errors.h"
#include "base/mutex.h"

namespace orderd {

inline constexpr Refused kTooManyWait{
    503, "too_many_wait",
    "A gateway, carrier or mail server is slow, and as many requests as allowed wait for it already. Nothing was "
    "changed. Send the same request again after the seconds in Retry-After."};

/// The threads that may wait at once for an answer from outside: of a gateway, a carrier, the mail server. Half of all
/// threads at the most, so that the shop answers others while each of these services is slow; and strangers have a part
/// of that half, so that staff still can ask. Thread-safe.
class WaitingPlaces {
public:
    explicit WaitingPlaces(std::size_t threads)
        : most_(std::max<std::size_t>(threads / 2, 2)), most_strangers_(std::max<std::size_t>(threads * 3 / 8, 1)) {}

    /// One of them, for as long as it lives.
    class Place {
    public:
        Place(Place&& other) noexcept : of_(std::exchange(other.of_, nullptr)), stranger_(other.stranger_) {}
        Place& operator=(Place&&) = delete;
        ~Place() {
            if (of_ != nullptr) {
                of_->leave(stranger_);
            }
        }

    private:
        friend class WaitingPlaces;
        Place(WaitingPlaces& of, bool stranger) : of_(&of), stranger_(stranger) {}

        WaitingPlaces* of_;
        bool stranger_;
    };

    /// @returns nullopt if all are taken: the caller does not wait
    std::optional<Place> take(const Caller& caller) {
        const bool stranger = !caller.is(Role::viewer);
        const MutexLock lock(mutex_);
        if (taken_ >= most_ || (stranger && strangers_ >= most_strangers_)) {
            return std::nullopt;
        }
        ++taken_;
        strangers_ += stranger ? 1 : 0;
        return Place(*this, stranger);
    }

    std::size_t taken() const {
        const MutexLock lock(mutex_);
        return taken_;
    }

private:
    void leave(bool stranger) EXCLUDES(mutex_) {
        const MutexLock lock(mutex_);
        --taken_;
        strangers_ -= stranger ? 1 : 0;
    }

    const std::size_t most_;
    const std::size_t most_strangers_;

    mutable Mutex mutex_;
    std::size_t taken_ GUARDED_BY(mutex_) = 0;
    std::size_t strangers_ GUARDED_BY(mutex_) = 0;
};

/// The refusal if there is no place and nothing to answer without one.
inline Refusal too_many_wait() {
    return Refusal(kTooManyWait, "too many requests wait for services outside just now; try again soon").retry_after(5);
}

}  // namespace orderd

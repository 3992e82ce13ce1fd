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

/// Limits how many threads wait at once for an answer from outside: of a gateway, a carrier, the mail server.
/// At most half of all threads may, so that the shop still answers others while all of these services are
/// slow. Strangers get only a part of that half, so that some places are always left for staff. Thread-safe.
class WaitingPlaces {
public:
    explicit WaitingPlaces(std::size_t threads)
        : most_(std::max<std::size_t>(threads / 2, 2)), most_strangers_(std::max<std::size_t>(threads * 3 / 8, 1)) {}

    /// One place, held while the object lives.
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

    /// @returns nullopt if all places are taken; it never blocks
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

/// The refusal for a request that gets no place and cannot be answered without one.
inline Refusal too_many_wait() {
    return Refusal(kTooManyWait, "too many requests wait for services outside just now; try again soon").retry_after(5);
}

}  // namespace orderd

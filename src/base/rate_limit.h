#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/budgets.h"
#include "base/mutex.h"

namespace orderd {

/// A token bucket for each key: limits the burst (`at_once`) and the long-run rate (`per_minute`). Thread-safe.
class RateLimiter {
public:
    struct Limits {
        double per_minute = budget::kRatePerMinute;
        double at_once = budget::kRateBurst;
    };

    explicit RateLimiter(Limits limits) : limits_(limits) {}

    using Instant = std::chrono::steady_clock::time_point;

    struct Taken {
        int wait = 0;  ///< seconds until there is a token, if there was none
        int left = 0;  ///< whole tokens after this one
        int full = 0;  ///< seconds until the bucket is full again
    };

    /// Takes one token, if there is one.
    Taken take(const std::string& key, Instant now);

    const Limits& limits() const { return limits_; }

private:
    struct Bucket {
        double tokens;
        Instant at;
    };

    void forget_full_ones(Instant now) REQUIRES(mutex_);
    double filled(const Bucket& bucket, Instant now) const;

    const Limits limits_;

    Mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_ GUARDED_BY(mutex_);
    std::size_t look_again_at_ GUARDED_BY(mutex_) = 1024;
};

}  // namespace orderd

#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/budgets.h"

namespace orderd {

/// A token bucket for each key: so many at once, and so many a minute in the long run. Thread-safe.
class RateLimiter {
public:
    struct Limits {
        double per_minute = budget::kRatePerMinute;
        double at_once = budget::kRateBurst;
    };

    explicit RateLimiter(Limits limits) : limits_(limits) {}

    using Instant = std::chrono::steady_clock::time_point;

    /// Takes one. @returns 0, or the seconds until there will be one to take
    int take(const std::string& key, Instant now);

private:
    struct Bucket {
        double tokens;
        Instant at;
    };

    void forget_full_ones(Instant now);
    double filled(const Bucket& bucket, Instant now) const;

    const Limits limits_;

    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;  // guarded by mutex_
    std::size_t look_again_at_ = 1024;                 // guarded by mutex_
};

}  // namespace orderd

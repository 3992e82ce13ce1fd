#include "base/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace orderd {
namespace {

constexpr double kLongest = 1e9;            // seconds; with a rate of almost nothing, a bucket is never full
constexpr std::size_t kMostKeys = 100'000;  // about 10 MiB, even if a botnet calls

}  // namespace

double RateLimiter::filled(const Bucket& bucket, Instant now) const {
    const std::chrono::duration<double> passed = std::max(now - bucket.at, Instant::duration::zero());
    return std::min(limits_.at_once, bucket.tokens + passed.count() * limits_.per_minute / 60.0);
}

RateLimiter::Taken RateLimiter::take(const std::string& key, Instant now) {
    const MutexLock lock(mutex_);
    if (buckets_.size() >= look_again_at_) {
        forget_full_ones(now);
    }
    auto& bucket = buckets_.try_emplace(key, Bucket{limits_.at_once, now}).first->second;
    bucket = {filled(bucket, now), now};
    const auto seconds_for = [&](double tokens) {
        return static_cast<int>(std::min(kLongest, std::ceil(tokens * 60.0 / limits_.per_minute)));
    };
    Taken taken;
    if (bucket.tokens < 1) {
        taken.wait = std::max(1, seconds_for(1 - bucket.tokens));
    } else {
        bucket.tokens -= 1;
    }
    taken.left = static_cast<int>(bucket.tokens);
    taken.full = seconds_for(limits_.at_once - bucket.tokens);
    return taken;
}

void RateLimiter::forget_full_ones(Instant now) {
    std::erase_if(buckets_, [&](const auto& entry) { return filled(entry.second, now) >= limits_.at_once; });
    if (buckets_.size() >= kMostKeys) {
        buckets_.clear();
    }
    look_again_at_ = std::max<std::size_t>(1024, 2 * buckets_.size());
}

}  // namespace orderd

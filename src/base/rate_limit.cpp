#include "base/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace orderd {
namespace {

constexpr std::size_t kMostKeys = 100'000;  // about 10 MiB, even if a botnet calls

}  // namespace

double RateLimiter::filled(const Bucket& bucket, Instant now) const {
    const std::chrono::duration<double> passed = std::max(now - bucket.at, Instant::duration::zero());
    return std::min(limits_.at_once, bucket.tokens + passed.count() * limits_.per_minute / 60.0);
}

int RateLimiter::take(const std::string& key, Instant now) {
    const MutexLock lock(mutex_);
    if (buckets_.size() >= look_again_at_) {
        forget_full_ones(now);
    }
    auto& bucket = buckets_.try_emplace(key, Bucket{limits_.at_once, now}).first->second;
    bucket = {filled(bucket, now), now};
    if (bucket.tokens < 1) {
        return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) * 60.0 / limits_.per_minute)));
    }
    bucket.tokens -= 1;
    return 0;
}

void RateLimiter::forget_full_ones(Instant now) {
    std::erase_if(buckets_, [&](const auto& entry) { return filled(entry.second, now) >= limits_.at_once; });
    if (buckets_.size() >= kMostKeys) {
        buckets_.clear();
    }
    look_again_at_ = std::max<std::size_t>(1024, 2 * buckets_.size());
}

}  // namespace orderd

#pragma once

#include <atomic>

#include "base/time.h"

namespace orderd::tests {

/// A clock that stands still until a test moves it. Thread-safe.
class ManualClock final : public Clock {
public:
    Time now() const override { return {ms_.load()}; }
    void move(Duration by) { ms_ += by.ms; }

private:
    std::atomic<std::int64_t> ms_ = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
};

}  // namespace orderd::tests

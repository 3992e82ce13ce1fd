#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>
#include <thread>

#include "paths.h"

namespace orderd::tests {

/// Waits for what is to come, two minutes at most. @returns whether it came
inline bool comes_true(const std::function<bool()>& condition) {
    for (const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(2); !condition();) {
        if (std::chrono::steady_clock::now() > until) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

/// So many milliseconds of a release's time: with sanitizers everything takes a few times as long.
inline std::int64_t allowed_ms(std::int64_t of_release) {
    return std::string_view(kSanitizers).empty() ? of_release : 4 * of_release;
}

/// Whether one of five tries takes less than so long: where a machine stalls, a try is late, and not each of them.
/// `try_it` says how many milliseconds it took.
inline bool is_in_time(std::int64_t most_ms, const std::function<std::int64_t()>& try_it) {
    for (int tries = 0; tries < 5; ++tries) {
        if (try_it() < most_ms) {
            return true;
        }
    }
    return false;
}

}  // namespace orderd::tests

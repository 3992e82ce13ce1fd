#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/log.h"
#include "base/mutex.h"

namespace orderd::log {

/// A log line that one cause may repeat many times a second: a full disk fails every request. It is written
/// at most once a second, and says how many lines were left out. Thread-safe.
class RepeatedLine {
public:
    void write(Level level, std::string_view message, Json fields) {
        const auto now = std::chrono::steady_clock::now();
        {
            const MutexLock lock(mutex_);
            if (last_ && now - *last_ < std::chrono::seconds(1)) {
                ++left_out_;
                return;
            }
            last_ = now;
            if (left_out_ > 0) {
                fields["left_out"] = left_out_;
            }
            left_out_ = 0;
        }
        log::write(level, message, fields);
    }

    void error(std::string_view message, Json fields) { write(Level::error, message, std::move(fields)); }
    void warning(std::string_view message, Json fields) { write(Level::warning, message, std::move(fields)); }

private:
    Mutex mutex_;
    std::optional<std::chrono::steady_clock::time_point> last_ GUARDED_BY(mutex_);
    std::int64_t left_out_ GUARDED_BY(mutex_) = 0;
};

}  // namespace orderd::log

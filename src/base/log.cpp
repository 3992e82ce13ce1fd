#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <iterator>

#include "base/time.h"

namespace orderd::log {
namespace {

std::atomic<Level> least{Level::info};

std::string_view to_text(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warning: return "warning";
        case Level::error: return "error";
    }
    return "error";
}

}  // namespace

void write(Level level, std::string_view message, const Json& fields) {
    if (!enabled(level)) {
        return;
    }
    std::string members;
    if (fields.is_object()) {
        for (const auto& [name, value] : fields.items()) {
            members += fmt::format(",{}:{}", json_text(Json(name)), json_text(value));
        }
    }
    write_line(level, message, members);
}

void write_line(Level level, std::string_view message, std::string_view members) {
    if (!enabled(level)) {
        return;
    }
    fmt::memory_buffer line;
    fmt::format_to(std::back_inserter(line), R"({{"time":"{}","level":"{}","message":{}{}}})",
                   rfc3339(SystemClock().now()), to_text(level), json_text(Json(message)), members);
    line.push_back('\n');
    // A log that cannot be written must not stop an order.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

void set_level(Level level) { least.store(level, std::memory_order_relaxed); }

bool enabled(Level level) { return level >= least.load(std::memory_order_relaxed); }

}  // namespace orderd::log

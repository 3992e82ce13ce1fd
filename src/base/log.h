#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace orderd::log {

enum class Level { debug, info, warning, error };

/// Writes one line of JSON to standard error: time, level, message, then the fields. One write(2) a line, so lines of
/// several threads never mix. Never pass personal data, tokens or keys: a log leaves the shop.
void write(Level level, std::string_view message, const Json& fields = nullptr);

/// The same for a line that is written often: its further members as they stand in the line, each after a comma:
/// `,"status":200`. They must be JSON.
void write_line(Level level, std::string_view message, std::string_view members);

inline void debug(std::string_view message, const Json& fields = nullptr) { write(Level::debug, message, fields); }
inline void info(std::string_view message, const Json& fields = nullptr) { write(Level::info, message, fields); }
inline void warning(std::string_view message, const Json& fields = nullptr) { write(Level::warning, message, fields); }
inline void error(std::string_view message, const Json& fields = nullptr) { write(Level::error, message, fields); }

/// Lines below this level are not written. Default: info.
void set_level(Level level);
bool enabled(Level level);

}  // namespace orderd::log

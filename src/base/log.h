#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace orderd::log {

enum class Level { debug, info, warning, error };

/// Writes one line of JSON to standard error: time, level, message, then the fields. Each line is one write(2), so
/// lines of several threads never mix. Never pass personal data, tokens or keys: a log leaves the shop.
void write(Level level, std::string_view message, const Json& fields = nullptr);

/// The same for frequent lines: `members` are ready-made JSON, each with a comma before it: `,"status":200`.
void write_line(Level level, std::string_view message, std::string_view members);

inline void debug(std::string_view message, const Json& fields = nullptr) { write(Level::debug, message, fields); }
inline void info(std::string_view message, const Json& fields = nullptr) { write(Level::info, message, fields); }
inline void warning(std::string_view message, const Json& fields = nullptr) { write(Level::warning, message, fields); }
inline void error(std::string_view message, const Json& fields = nullptr) { write(Level::error, message, fields); }

/// Lines below this level are not written. Default: info.
void set_level(Level level);
bool enabled(Level level);

}  // namespace orderd::log

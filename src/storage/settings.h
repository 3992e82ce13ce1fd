#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::settings {

// Each department owns its settings: a struct, its JSON, its defaults. Here is only where they lie: a name and a value.

/// The value under a name, or nothing where the default holds.
std::optional<Json> read(const storage::View& view, std::string_view name);

/// Stores a value, and says to caches that settings changed. Audit and event are the caller's.
void write(storage::Transaction& tx, std::string_view name, const Json& value, Time now);

/// The shop's one currency, fixed when the shop is made (ISO 4217).
std::string currency(const storage::View& view);

/// The shop's name, for pages and mails.
std::string shop_name(const storage::View& view);

}  // namespace orderd::settings

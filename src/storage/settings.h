#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::settings {

// Each department owns its settings: a struct, its JSON, its defaults. Here is only where they lie: a name and a value.

/// The value under a name, or nothing where the default holds.
std::optional<Json> read(const storage::View& view, std::string_view name);

/// Stores a value, and says to caches that settings changed. Audit and event are the caller's.
void write(storage::Transaction& tx, std::string_view name, const Json& value, Time now);

/// The shop's one currency (ISO 4217). It can change only before the shop has prices.
std::string currency(const storage::View& view);

/// The shop's currency for those who ask often: read again when a commit touched the settings. Thread-safe.
class Currency {
public:
    explicit Currency(storage::Store& store) : store_(store) {}
    std::string code();

private:
    storage::Store& store_;
    std::mutex mutex_;
    std::string code_;              // guarded by mutex_
    std::uint64_t generation_ = 0;  // guarded by mutex_
};

/// The shop's name, for pages and mails.
std::string shop_name(const storage::View& view);

}  // namespace orderd::settings

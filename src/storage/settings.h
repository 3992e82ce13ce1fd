#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/mutex.h"
#include "base/time.h"
#include "storage/store.h"

namespace orderd::settings {

// Each department owns its settings: a struct, its JSON, its defaults. This is only how they are stored: a name and a
// value.

/// The value under a name, or nullopt if the default holds.
std::optional<Json> read(const storage::View& view, std::string_view name);

/// Stores a value, and says to caches that settings changed. Audit and event are the caller's.
void write(storage::Transaction& tx, std::string_view name, const Json& value, Time now);

/// Removes the value under a name, if there is one: the default holds again.
void remove(storage::Transaction& tx, std::string_view name);

/// The shop's one currency (ISO 4217). It can change only before the shop has prices.
std::string currency(const storage::View& view);

/// The shop's currency for those who ask often: read again when a commit touched the settings. Thread-safe; may be
/// asked while a reader is held, and on the writer's thread.
class Currency {
public:
    explicit Currency(storage::Store& store) : store_(store) {}
    std::string code();

private:
    storage::Store& store_;
    Mutex mutex_;
    std::string code_ GUARDED_BY(mutex_);
    std::uint64_t generation_ GUARDED_BY(mutex_) = 0;
};

/// The shop's name, for pages and mails.
std::string shop_name(const storage::View& view);

/// That a proxy on the server's machine says for whom it asks, and is not in trusted-proxy: noted by the server, for
/// `orderd doctor` to tell.
void notice_unconfigured_proxy(storage::Transaction& tx, Time now);
std::optional<Time> unconfigured_proxy_noticed(const storage::View& view);

/// Where a file lies that configuration names: a relative one in $CREDENTIALS_DIRECTORY, where systemd says that.
std::filesystem::path credential_path(const std::filesystem::path& file);

/// A key or password of an outside service. It stands in a file that configuration names (a systemd credential, a
/// container's secret), which wins, or is written into the settings, sealed under the shop's key; no answer, event,
/// audit entry or log shows it. Thread-safe.
class Secret {
public:
    /// `file`: read once, now, from its credential_path(). Empty: none.
    ///
    /// @throws std::runtime_error when the file cannot be read, or is empty
    Secret(std::string name, const std::filesystem::path& file = {});

    const std::string& name() const { return name_; }

    /// Nullopt if it is not set.
    std::optional<std::string> value(const storage::View& view) const;

    bool is_set(const storage::View& view) const;

    /// What may be shown: {"set": true, "from": "configuration"}; from: configuration, settings or null.
    Json state(const storage::View& view) const;

    /// Whether configuration names a file: what is in the settings does not count then.
    bool is_configured() const { return configured_.has_value(); }

    /// Seals it into the settings, or takes it away. Audit and event are the caller's.
    void write(storage::Transaction& tx, const std::optional<std::string>& value, Time now) const;

    static constexpr std::size_t kLongest = 4096;  ///< bytes

private:
    const std::string name_;
    std::optional<std::string> configured_;  // constant after construction
};

}  // namespace orderd::settings

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

// Each department owns its settings: a struct, its JSON, its defaults. These functions only store them, by name.

/// The value under a name; nullopt if the default applies.
std::optional<Json> read(const storage::View& view, std::string_view name);

/// Whether a switch is on; `otherwise` where nobody has set it.
bool is_on(const storage::View& view, std::string_view name, bool otherwise = false);

/// Stores a value, and invalidates caches of the settings. The caller records the audit entry and the event.
void write(storage::Transaction& tx, std::string_view name, const Json& value, Time now);

/// Removes the value under a name, if there is one: the default applies again.
void remove(storage::Transaction& tx, std::string_view name);

/// The shop's only currency (ISO 4217). It can change only until the shop has prices.
std::string currency(const storage::View& view);

/// A cache of the shop's currency, invalidated by commits that touch the settings. Thread-safe. May also be
/// called by a thread that holds a reader, and on the writer's thread.
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

/// Notes that a proxy on the server's machine sends X-Forwarded-For but is not in trusted-proxy. The server
/// notes it, and `orderd doctor` reports it.
void notice_unconfigured_proxy(storage::Transaction& tx, Time now);
std::optional<Time> unconfigured_proxy_noticed(const storage::View& view);

/// The path of a file that configuration names. If systemd sets $CREDENTIALS_DIRECTORY, relative paths are in there.
std::filesystem::path credential_path(const std::filesystem::path& file);

/// A key or password of an outside service. It comes from a file that configuration names (a systemd
/// credential, a container's secret), or else from the settings, sealed under the shop's key. No answer,
/// event, audit entry or log shows it. Thread-safe.
class Secret {
public:
    /// `file`: read once, by the constructor, from its credential_path(). Empty: none.
    ///
    /// @throws std::runtime_error if the file cannot be read, or is empty
    Secret(std::string name, const std::filesystem::path& file = {});

    const std::string& name() const { return name_; }

    /// Nullopt if it is not set.
    std::optional<std::string> value(const storage::View& view) const;

    bool is_set(const storage::View& view) const;

    /// The part that may be shown: {"set": true, "from": "configuration"}; from: configuration, settings or null.
    Json state(const storage::View& view) const;

    /// Whether configuration names a file, which overrides the settings.
    bool is_configured() const { return configured_.has_value(); }

    /// Seals it into the settings, or removes it. The caller records the audit entry and the event.
    void write(storage::Transaction& tx, const std::optional<std::string>& value, Time now) const;

    static constexpr std::size_t kLongest = 4096;  ///< bytes

private:
    const std::string name_;
    std::optional<std::string> configured_;  // constant after construction
};

}  // namespace orderd::settings

#include "storage/settings.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace orderd::settings {

namespace {

constexpr auto kUnconfiguredProxy = "unconfigured_proxy_noticed_at";

constexpr auto kRead = "SELECT value FROM setting WHERE name = ?1";
constexpr auto kWrite = R"sql(
    INSERT INTO setting (name, value, updated_at) VALUES (?1, ?2, ?3)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, version = version + 1
)sql";

constexpr auto kRemove = "DELETE FROM setting WHERE name = ?1";

constexpr auto kReadSecret = "SELECT id, value_sealed FROM secret WHERE name = ?1";
constexpr auto kHasSecret = "SELECT value_sealed IS NOT NULL FROM secret WHERE name = ?1";
constexpr auto kAddSecret = "INSERT INTO secret (name, updated_at) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
constexpr auto kWriteSecret = R"sql(
    UPDATE secret SET value_sealed = ?2, version = version + 1, updated_at = ?3 WHERE id = ?1
)sql";

storage::Place place_of_secret(std::int64_t id) { return {"secret", "value_sealed", id}; }

std::string read_secret_file(const std::string& name, const std::filesystem::path& file) {
    const auto path = credential_path(file);
    std::ifstream stream(path, std::ios::binary);
    std::string text(Secret::kLongest + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    const std::string value(trimmed(text));
    if (!stream.eof() || value.empty()) {
        throw std::runtime_error(fmt::format("{}: the file {} {}", name, path.string(),
                                             !stream.is_open()                ? "cannot be read"
                                             : text.size() > Secret::kLongest ? "is too long for a secret"
                                                                              : "is empty, or cannot be read"));
    }
    return value;
}

std::optional<std::string> read_text(const storage::View& view, std::string_view name) {
    const auto value = read(view, name);
    return value ? std::optional(value->get<std::string>()) : std::nullopt;
}

}  // namespace

void notice_unconfigured_proxy(storage::Transaction& tx, Time now) { write(tx, kUnconfiguredProxy, now.ms, now); }

std::optional<Time> unconfigured_proxy_noticed(const storage::View& view) {
    const auto at = read(view, kUnconfiguredProxy);
    return at ? std::optional(Time{at->get<std::int64_t>()}) : std::nullopt;
}

std::filesystem::path credential_path(const std::filesystem::path& file) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    return credentials != nullptr && file.is_relative() ? std::filesystem::path(credentials) / file : file;
}

std::optional<Json> read(const storage::View& view, std::string_view name) {
    const auto text = view.value<std::string>(kRead, name);
    return text ? std::optional(stored_json(*text)) : std::nullopt;
}

bool is_on(const storage::View& view, std::string_view name, bool otherwise) {
    const auto value = read(view, name);
    return value ? value->get<bool>() : otherwise;
}

void write(storage::Transaction& tx, std::string_view name, const Json& value, Time now) {
    tx.run(kWrite, name, value.dump(), now);
    tx.touched(storage::Topic::settings);
}

void remove(storage::Transaction& tx, std::string_view name) {
    tx.run(kRemove, name);
    tx.touched(storage::Topic::settings);
}

std::string currency(const storage::View& view) {
    auto code = read_text(view, "currency");
    if (!code) {
        throw std::logic_error("the shop has no currency");
    }
    return std::move(*code);
}

std::string Currency::code() {
    const auto generation = store_.generation(storage::Topic::settings);
    const MutexLock lock(mutex_);
    if (code_.empty() || generation_ < generation) {
        code_ = currency(store_.read_apart());
        generation_ = generation;
    }
    return code_;
}

std::string shop_name(const storage::View& view) { return read_text(view, "shop_name").value_or("Your shop"); }

Secret::Secret(std::string name, const std::filesystem::path& file) : name_(std::move(name)) {
    if (!file.empty()) {
        configured_ = read_secret_file(name_, file);
    }
}

std::optional<std::string> Secret::value(const storage::View& view) const {
    if (configured_) {
        return configured_;
    }
    const auto sealed = view.first(
        kReadSecret,
        [](const storage::Row& row) {
            return std::pair(row.get<std::int64_t>(0), row.get<std::optional<std::string>>(1));
        },
        name_);
    if (!sealed || !sealed->second) {
        return std::nullopt;
    }
    return view.vault().open(place_of_secret(sealed->first), *sealed->second);
}

bool Secret::is_set(const storage::View& view) const {
    return configured_ || view.value<bool>(kHasSecret, name_).value_or(false);
}

Json Secret::state(const storage::View& view) const {
    const bool set = is_set(view);
    return {{"set", set}, {"from", configured_ ? Json("configuration") : set ? Json("settings") : Json(nullptr)}};
}

void Secret::write(storage::Transaction& tx, const std::optional<std::string>& value, Time now) const {
    tx.run(kAddSecret, name_, now);
    const auto id = tx.value<std::int64_t>(kReadSecret, name_).value();
    const auto sealed = value ? std::optional(tx.vault().seal(place_of_secret(id), *value)) : std::nullopt;
    tx.run(kWriteSecret, id, sealed ? std::optional(storage::Blob{*sealed}) : std::nullopt, now);
    tx.touched(storage::Topic::settings);
}

}  // namespace orderd::settings

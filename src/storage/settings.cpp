#include "storage/settings.h"

#include <stdexcept>

namespace orderd::settings {

namespace {

constexpr auto kRead = "SELECT value FROM setting WHERE name = ?1";
constexpr auto kWrite = R"sql(
    INSERT INTO setting (name, value, updated_at) VALUES (?1, ?2, ?3)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, version = version + 1
)sql";

std::optional<std::string> read_text(const storage::View& view, std::string_view name) {
    const auto value = read(view, name);
    return value ? std::optional(value->get<std::string>()) : std::nullopt;
}

}  // namespace

std::optional<Json> read(const storage::View& view, std::string_view name) {
    const auto text = view.value<std::string>(kRead, name);
    return text ? std::optional(Json::parse(*text)) : std::nullopt;
}

void write(storage::Transaction& tx, std::string_view name, const Json& value, Time now) {
    tx.run(kWrite, name, value.dump(), now);
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
    {
        const std::lock_guard lock(mutex_);
        if (!code_.empty() && generation_ == generation) {
            return code_;
        }
    }
    auto fresh = currency(store_.read());
    const std::lock_guard lock(mutex_);
    code_ = fresh;
    generation_ = generation;
    return fresh;
}

std::string shop_name(const storage::View& view) { return read_text(view, "shop_name").value_or("Your shop"); }

}  // namespace orderd::settings

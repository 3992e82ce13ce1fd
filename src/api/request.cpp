#include "api/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "api/conditional.h"
#include "api/refusals.h"
#include "api/request_parts.h"
#include "base/errors.h"
#include "base/text.h"

namespace orderd::api {
namespace {

constexpr std::size_t kSignature = 12;  ///< bytes; enough, since a forged cursor at worst shows a wrong page

/// A cursor's signature covers the list and its filters, but not `limit`, `cursor` and a page's `lang`, which may change
/// between pages.
std::string signature(const storage::Vault& vault, const Route& route,
                      const std::vector<std::pair<std::string, std::string>>& query, std::string_view key) {
    auto filters = query;
    std::erase_if(filters,
                  [](const auto& one) { return one.first == "limit" || one.first == "cursor" || one.first == "lang"; });
    std::sort(filters.begin(), filters.end());
    std::string signed_text = route.path;
    for (const auto& [name, value] : filters) {
        signed_text.append(1, '\0').append(name).append(1, '=').append(value);
    }
    signed_text.append(2, '\0').append(key);
    return vault.keyed_hash("cursor", signed_text).substr(0, kSignature);
}

}  // namespace

std::string make_cursor(const storage::Vault& vault, const Route& route,
                        const std::vector<std::pair<std::string, std::string>>& query, const Json& key) {
    const auto text = json_text(key);
    return to_base64url(signature(vault, route, query, text) + text);
}

Json read_cursor(const storage::Vault& vault, const Route& route,
                 const std::vector<std::pair<std::string, std::string>>& query, std::string_view cursor) {
    const auto bytes = from_base64url(cursor);
    if (!bytes || bytes->size() <= kSignature) {
        throw storage::bad_cursor();
    }
    const auto text = bytes->substr(kSignature);
    if (!equal_in_constant_time(bytes->substr(0, kSignature), signature(vault, route, query, text))) {
        throw storage::bad_cursor();
    }
    return stored_json(text);
}

const Route& Request::route() const { return parts_->route; }
const Caller& Request::caller() const { return parts_->caller; }
Time Request::now() const { return parts_->now; }
const std::string& Request::request_id() const { return parts_->request_id; }
bool Request::secure() const { return parts_->secure; }

std::int64_t Request::id(std::string_view name) const {
    const auto number = parse_integer(path_text(name));
    if (!number || *number < 1) {
        throw not_found("thing: its id is not a positive integer");
    }
    return *number;
}

std::string Request::path_text(std::string_view name) const {
    for (const auto& [known, value] : parts_->path_values) {
        if (known == name) {
            return value;
        }
    }
    throw std::logic_error(fmt::format("the path {} has no {{{}}}", parts_->route.path, name));
}

const std::string& Request::raw_body() const { return parts_->raw_body; }
std::string Request::take_raw_body() { return std::exchange(parts_->raw_body, {}); }

std::string Request::header(std::string_view name) const { return parts_->head.list_header(std::string(name)); }

std::optional<std::string> Request::query(std::string_view name) const {
    for (const auto& [known, value] : parts_->query) {
        if (known == name) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<bool> Request::query_flag(std::string_view name) const {
    const auto text = query(name);
    return text ? std::optional(*text == "true") : std::nullopt;
}

std::optional<std::int64_t> Request::query_integer(std::string_view name) const {
    const auto text = query(name);
    if (!text) {
        return std::nullopt;
    }
    const bool negative = text->starts_with('-');
    const auto number = parse_integer(std::string_view(*text).substr(negative ? 1 : 0));
    if (!number) {
        throw std::logic_error(fmt::format("the query parameter {} is not declared as an integer", name));
    }
    return negative ? -*number : *number;
}

std::vector<std::string> Request::query_list(std::string_view name) const {
    std::vector<std::string> values;
    const auto text = query(name);
    for (std::size_t at = 0; text && at <= text->size();) {
        const auto comma = std::min(text->find(',', at), text->size());
        auto value = text->substr(at, comma - at);
        if (std::find(values.begin(), values.end(), value) == values.end()) {
            values.push_back(std::move(value));
        }
        at = comma + 1;
    }
    return values;
}

storage::Page Request::page() const {
    storage::Page page;
    page.limit = query_integer("limit").value_or(page.limit);
    page.after = parts_->after;
    return page;
}

std::string Request::cursor_after(const Json& key) const {
    return make_cursor(parts_->store.vault(), parts_->route, parts_->query, key);
}

void Request::check_version(std::int64_t current) const {
    const auto wanted = header("if-match");
    if (wanted.empty() && parts_->caller.by_cookie) {
        throw Refusal(
            kIfMatchRequired,
            "the header If-Match is missing: it names the version that was read, so that nobody's change is lost");
    }
    if (!wanted.empty() && !names_version(wanted, current, false)) {
        throw precondition_failed(wanted, current);
    }
    if (const auto unwanted = header("if-none-match"); !unwanted.empty() && names_version(unwanted, current, true)) {
        throw Refusal(kExistsAlready, "it exists already, which the header If-None-Match excludes")
            .with("version", current);
    }
}

bool Request::is_wanted() const { return parts_->is_wanted(); }
void Request::hold(std::shared_ptr<void> held) { parts_->held = std::move(held); }

storage::Reader Request::read() const { return parts_->store.read(); }
storage::Store& Request::store() const { return parts_->store; }

Answer Request::mutate(const std::function<Answer(storage::Transaction& tx)>& mutation) {
    auto& writer = parts_->store.writer();
    if (!parts_->key) {
        return writer.run(mutation);
    }
    const auto remembered = [&](storage::Transaction& tx) {
        auto answer = mutation(tx);
        parts_->about = tx.concerned();
        remember_answer(tx, *parts_->key, answer, parts_->about, parts_->now);
        return answer;
    };
    if (parts_->key_is_held) {
        return writer.run(remembered);
    }
    const KeysUnderWay::Claim claim(parts_->keys_under_way, *parts_->key);
    return writer.run([&](storage::Transaction& tx) {
        if (auto earlier = earlier_answer(tx, *parts_->key, parts_->now)) {
            return std::move(*earlier);
        }
        return remembered(tx);
    });
}

void Request::take_key(std::string_view key, std::string_view content) {
    const auto& route = parts_->route;
    parts_->key = IdempotencyKey::of(parts_->store.vault(), key, parts_->caller, route.method + ' ' + route.path,
                                     parts_->head.target(), content, parts_->head.header("user-agent"));
    parts_->key_text = key;
}

const std::string& Request::idempotency_key() const { return parts_->key_text; }

void Request::act_as_holder(std::string access_token_hash) {
    parts_->caller.kind = Caller::Kind::capability;
    parts_->caller.capability_hash = std::move(access_token_hash);
}

void Request::act_as(Caller customer) {
    customer.address = std::move(parts_->caller.address);
    parts_->caller = std::move(customer);
}

Answer Request::once(const std::function<Answer()>& work) {
    if (!parts_->key || parts_->key_is_held) {
        return work();
    }
    const KeysUnderWay::Claim claim(parts_->keys_under_way, *parts_->key);
    if (auto earlier = earlier_answer(read(), *parts_->key, parts_->now)) {
        return std::move(*earlier);
    }
    parts_->key_is_held = true;
    auto answer = work();
    parts_->store.writer().run(
        [&](storage::Transaction& tx) { remember_answer(tx, *parts_->key, answer, parts_->about, parts_->now); });
    return answer;
}

}  // namespace orderd::api

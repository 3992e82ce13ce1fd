#include "api/idempotency.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

#include "api/problem.h"
#include "api/refusals.h"
#include "base/address.h"
#include "base/errors.h"
#include "base/text.h"

namespace orderd::api {
namespace {

constexpr std::size_t kMaxKey = 255;
constexpr std::size_t kUsualHead = 128;  // bytes of a stored answer before its body

constexpr auto kFind = R"sql(
    SELECT request_hash, status, answer_sealed FROM idempotency_key WHERE key_hash = ?1 AND created_at > ?2
)sql";

constexpr auto kStore = R"sql(
    INSERT OR REPLACE INTO idempotency_key (key_hash, request_hash, status, answer_sealed, about, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
)sql";
constexpr auto kAbout = R"sql(
    SELECT id, key_hash FROM idempotency_key
     WHERE about <> '' AND EXISTS (SELECT 1 FROM json_each(about)
                                    WHERE value IN (SELECT wanted.value FROM json_each(?1) AS wanted))
)sql";
constexpr auto kReplace = "UPDATE idempotency_key SET status = ?2, answer_sealed = ?3 WHERE id = ?1";
constexpr auto kReseal = "UPDATE idempotency_key SET answer_sealed = ?2 WHERE id = ?1";
constexpr auto kRow = "SELECT key_hash, answer_sealed FROM idempotency_key WHERE id = ?1";
constexpr auto kRowsAfter = R"sql(
    SELECT id, key_hash, answer_sealed FROM idempotency_key WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";

constexpr auto kOldKeys = R"sql(
    SELECT id, created_at, created_at < ?3 FROM idempotency_key WHERE id > ?1 ORDER BY id LIMIT ?2
)sql";
constexpr auto kRemoveKey = "DELETE FROM idempotency_key WHERE id = ?1";

/// The network and User-Agent of a caller without credentials.
std::string origin_of_nobody(const Caller& caller, std::string_view user_agent) {
    return fmt::format("nobody at {} with {}", to_hex(counted_as(caller.address)), user_agent);
}

std::string caller_identity(const Caller& caller, std::string_view key, std::string_view user_agent) {
    switch (caller.kind) {
        case Caller::Kind::nobody: return is_unguessable(key) ? "nobody" : origin_of_nobody(caller, user_agent);
        case Caller::Kind::capability: return "capability " + caller.capability_hash;
        case Caller::Kind::customer: return fmt::format("customer {}", caller.id);
        case Caller::Kind::admin: return fmt::format("admin {}", caller.id);
        case Caller::Kind::api_key: return fmt::format("api_key {}", caller.id);
    }
    return "nobody";
}

/// The place that a stored answer is sealed for. The table has no row id, so a number derived from the key is used.
storage::Place place_of(const storage::Vault& vault, std::string_view key_hash) {
    return {"idempotency_key", "answer_sealed", vault.keyed_number("idempotency row", key_hash)};
}

// A stored answer consists of its content type, its ETag and its headers, each on its own line (headers
// contain no line breaks), an empty line, and the body.

std::string packed(const Answer& answer) {
    std::string text;
    text.reserve(kUsualHead + (answer.text ? answer.text->size() : 0));
    text.append(answer.content_type).append(1, '\n').append(answer.etag).append(1, '\n');
    for (const auto& [name, value] : answer.headers) {
        text.append(name).append(1, ':').append(value).append(1, '\n');
    }
    text += '\n';
    if (answer.text) {
        text += *answer.text;
    }
    return text;
}

Answer unpacked(int status, std::string_view text) {
    const auto next_line = [&text] {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        return line;
    };
    Answer answer{.status = status, .content_type = std::string(next_line()), .etag = std::string(next_line())};
    for (auto line = next_line(); !line.empty(); line = next_line()) {
        const auto colon = line.find(':');
        answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    if (!text.empty()) {
        answer.text = std::make_shared<const std::string>(text);
    }
    return answer;
}

bool is_random_uuid(std::string_view key) {
    if (key.size() != 36 || key[8] != '-' || key[13] != '-' || key[18] != '-' || key[23] != '-') {
        return false;
    }
    return (key[14] == '4' || key[14] == '7') && std::string_view("89abAB").find(key[19]) != std::string_view::npos;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Whether the characters look random: at least `different` distinct ones, and few steps between neighbours.
bool is_mixed(std::string_view text, std::size_t different) {
    std::string seen(text);
    std::sort(seen.begin(), seen.end());
    const auto kinds = static_cast<std::size_t>(std::unique(seen.begin(), seen.end()) - seen.begin());
    std::size_t steady = 0;  // steps by one or zero: 1234, dcba, 0000
    for (std::size_t i = 1; i < text.size(); ++i) {
        steady += std::abs(text[i] - text[i - 1]) <= 1 ? 1 : 0;
    }
    return kinds >= different && steady * 2 < text.size();
}

}  // namespace

bool is_unguessable(std::string_view key) {
    std::string digits(key);
    const bool uuid = is_random_uuid(key);
    if (uuid) {
        std::erase(digits, '-');
    }
    constexpr std::size_t kHexKinds = 8;  // 32 random digits have fewer kinds in less than one of 100,000 keys
    if (std::all_of(digits.begin(), digits.end(), is_hex)) {
        return digits.size() >= 32 && is_mixed(digits, kHexKinds);
    }
    const auto has = [&](char from, char to) {
        return std::count_if(digits.begin(), digits.end(), [&](char c) { return c >= from && c <= to; }) >= 2;
    };
    const bool of_one_alphabet = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    return !uuid && digits.size() >= 22 && of_one_alphabet && has('a', 'z') && has('A', 'Z') && has('0', '9') &&
           is_mixed(digits, 14);
}

IdempotencyKey IdempotencyKey::of(const storage::Vault& vault, std::string_view key, const Caller& caller,
                                  std::string_view route, std::string_view target, std::string_view body,
                                  std::string_view user_agent) {
    const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (key.empty() || key.size() > kMaxKey || !visible) {
        throw Refusal(kInvalidIdempotencyKey,
                      fmt::format("the header Idempotency-Key is 1 to {} visible ASCII characters", kMaxKey));
    }
    constexpr char kEnd = '\0';  // occurs in none of the parts except the last
    std::string named;
    named.append(route).append(1, kEnd).append(key).append(1, kEnd).append(caller_identity(caller, key, user_agent));
    std::string whole;
    whole.reserve(target.size() + body.size() + 1);
    whole.append(target).append(1, kEnd).append(body);
    return {vault.keyed_hash("idempotency key", named), vault.keyed_hash("idempotency request", whole)};
}

std::optional<Answer> earlier_answer(const storage::View& view, const IdempotencyKey& key, Time now) {
    return view.first(
        kFind,
        [&](const storage::Row& row) {
            if (row.get<std::string_view>(0) != key.request_hash) {
                throw Refusal(kIdempotencyKeyReused,
                              "this Idempotency-Key was used for another request; each request needs its own key");
            }
            auto answer = unpacked(
                row.get<int>(1), view.vault().open(place_of(view.vault(), key.key_hash), row.get<std::string_view>(2)));
            return std::move(answer).header("Idempotent-Replayed", "true");
        },
        storage::Blob{key.key_hash}, now - kKeyLifetime);
}

void remember_answer(storage::Transaction& tx, const IdempotencyKey& key, Answer& answer, std::string_view about,
                     Time now) {
    if (answer.stream || answer.page_after) {
        throw std::logic_error(
            "a stream or a page cannot be stored for an Idempotency-Key: the repeated answer would be empty");
    }
    std::string shown_again;
    if (!answer.shown_once.empty()) {
        auto rest = answer;
        rest.body.erase(answer.shown_once);
        rest.text = std::make_shared<const std::string>(json_text(std::exchange(rest.body, nullptr)));
        shown_again = packed(rest);
    }
    if (!answer.body.is_null()) {
        answer.text = std::make_shared<const std::string>(json_text(std::exchange(answer.body, nullptr)));
    }
    const auto sealed =
        tx.vault().seal(place_of(tx.vault(), key.key_hash), shown_again.empty() ? packed(answer) : shown_again);
    tx.run(kStore, storage::Blob{key.key_hash}, storage::Blob{key.request_hash}, answer.status, storage::Blob{sealed},
           about, now);
}

void forget_answers(storage::Transaction& tx, const std::vector<std::string>& about) {
    auto gone = problem(Refusal(kErased, "this request was carried out, and its customer has been erased since"), "");
    gone.text = std::make_shared<const std::string>(json_text(std::exchange(gone.body, nullptr)));
    const auto text = packed(gone);
    std::vector<std::pair<std::int64_t, std::string>> found;
    tx.each(
        kAbout, [&](const storage::Row& row) { found.emplace_back(row.get<std::int64_t>(0), row.get<std::string>(1)); },
        Json(about).dump());
    for (const auto& [id, key_hash] : found) {
        const auto sealed = tx.vault().seal(place_of(tx.vault(), key_hash), text);
        tx.run(kReplace, id, gone.status, storage::Blob{sealed});
    }
}

bool renew_answer(storage::Transaction& tx, std::int64_t row) {
    const auto stored = tx.first(
        kRow, [](const storage::Row& it) { return std::pair(it.get<std::string>(0), it.get<std::string>(1)); }, row);
    if (!stored) {
        return false;
    }
    const auto place = place_of(tx.vault(), stored->first);
    if (tx.vault().is_under_newest(place, stored->second)) {
        return false;
    }
    const auto sealed = tx.vault().seal(place, tx.vault().open(place, stored->second));
    tx.run(kReseal, row, storage::Blob{sealed});
    return true;
}

std::pair<std::vector<std::int64_t>, std::optional<std::int64_t>> find_old_answers(const storage::View& view,
                                                                                   std::int64_t after,
                                                                                   std::int64_t most) {
    std::pair<std::vector<std::int64_t>, std::optional<std::int64_t>> found;
    view.each(
        kRowsAfter,
        [&](const storage::Row& row) {
            found.second = row.get<std::int64_t>(0);
            const auto place = place_of(view.vault(), row.get<std::string_view>(1));
            if (!view.vault().is_under_newest(place, row.get<std::string_view>(2))) {
                found.first.push_back(*found.second);
            }
        },
        after, most);
    return found;
}

storage::Pruned remove_old_keys(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::remove_old(tx, slice, kOldKeys, kRemoveKey);
}

KeysUnderWay::Claim::Claim(KeysUnderWay& keys, const IdempotencyKey& key) : keys_(keys), key_hash_(key.key_hash) {
    const MutexLock lock(keys_.mutex_);
    if (!keys_.claimed_.insert(key_hash_).second) {
        throw Refusal(kIdempotencyKeyInUse,
                      "a request with this Idempotency-Key is still running; send it again once it was answered")
            .retry_after(1);
    }
}

KeysUnderWay::Claim::~Claim() {
    const MutexLock lock(keys_.mutex_);
    keys_.claimed_.erase(key_hash_);
}

}  // namespace orderd::api

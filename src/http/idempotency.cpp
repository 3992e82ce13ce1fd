#include "http/idempotency.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <utility>

#include "base/errors.h"

namespace orderd::http {
namespace {

constexpr std::size_t kMaxKey = 255;
constexpr std::size_t kUsualHead = 128;  // bytes of a stored answer before its body

constexpr auto kFind = R"sql(
    SELECT request_hash, status, answer_sealed FROM idempotency_key WHERE key_hash = ?1 AND created_at > ?2
)sql";

constexpr auto kStore = R"sql(
    INSERT OR REPLACE INTO idempotency_key (key_hash, request_hash, status, answer_sealed, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5)
)sql";

constexpr auto kRemoveOld = R"sql(
    DELETE FROM idempotency_key WHERE id IN (SELECT id FROM idempotency_key WHERE created_at <= ?1 LIMIT 500)
)sql";

std::string caller_identity(const Caller& caller) {
    switch (caller.kind) {
        case Caller::Kind::nobody: return "nobody";
        case Caller::Kind::capability: return "capability " + caller.capability_hash;
        case Caller::Kind::customer: return fmt::format("customer {}", caller.id);
        case Caller::Kind::admin: return fmt::format("admin {}", caller.id);
        case Caller::Kind::api_key: return fmt::format("api_key {}", caller.id);
    }
    return "nobody";
}

/// The place that a stored answer is sealed for. The table has no row id; the key's hash stands for it.
storage::Place place_of(const storage::Vault& vault, const IdempotencyKey& key) {
    return {"idempotency_key", "answer_sealed", vault.index("idempotency row", key.key_hash)};
}

// A stored answer is its content type, its ETag and its headers, each on a line of its own (no header holds a line's
// end), an empty line, and then the body.

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

}  // namespace

IdempotencyKey IdempotencyKey::of(const storage::Vault& vault, std::string_view key, const Caller& caller,
                                  std::string_view route, std::string_view target, std::string_view body) {
    const bool visible = std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (key.empty() || key.size() > kMaxKey || !visible) {
        throw Refusal(Reason::invalid, "invalid_idempotency_key",
                      fmt::format("the header Idempotency-Key is 1 to {} visible ASCII characters", kMaxKey));
    }
    constexpr char kEnd = '\0';  // is in none of the parts before the last
    std::string named;
    named.append(route).append(1, kEnd).append(key).append(1, kEnd).append(caller_identity(caller));
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
                throw Refusal(Reason::invalid, "idempotency_key_reused",
                              "this Idempotency-Key was used for another request; each request has a key of its own");
            }
            auto answer =
                unpacked(row.get<int>(1), view.vault().open(place_of(view.vault(), key), row.get<std::string_view>(2)));
            return std::move(answer).header("Idempotent-Replayed", "true");
        },
        storage::Blob{key.key_hash}, now - kKeyLifetime);
}

void remember_answer(storage::Transaction& tx, const IdempotencyKey& key, Answer& answer, Time now) {
    assert(!answer.stream && !answer.page_after);
    if (!answer.body.is_null()) {
        answer.text = std::make_shared<const std::string>(json_text(std::exchange(answer.body, nullptr)));
    }
    const auto sealed = tx.vault().seal(place_of(tx.vault(), key), packed(answer));
    tx.run(kStore, storage::Blob{key.key_hash}, storage::Blob{key.request_hash}, answer.status, storage::Blob{sealed},
           now);
}

std::int64_t remove_old_keys(storage::Transaction& tx, Time now) { return tx.run(kRemoveOld, now - kKeyLifetime); }

KeysUnderWay::Claim::Claim(KeysUnderWay& keys, const IdempotencyKey& key) : keys_(keys), key_hash_(key.key_hash) {
    const std::lock_guard lock(keys_.mutex_);
    if (!keys_.claimed_.insert(key_hash_).second) {
        throw Refusal(Reason::conflict, "idempotency_key_in_use",
                      "a request with this Idempotency-Key is under way; ask again when it has been answered")
            .retry_after(1);
    }
}

KeysUnderWay::Claim::~Claim() {
    const std::lock_guard lock(keys_.mutex_);
    keys_.claimed_.erase(key_hash_);
}

}  // namespace orderd::http

#include "accounts/api_keys.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "accounts/admin.h"
#include "accounts/sessions.h"
#include "base/errors.h"
#include "base/random.h"
#include "base/text.h"
#include "storage/events.h"

namespace orderd::accounts {

namespace {

constexpr auto kInsertKey = R"sql(
    INSERT INTO api_key (label, token_hash, scopes, role, created_by, held_by, created_at, expires_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
)sql";
constexpr auto kListKeys = R"sql(
    SELECT id, label, role, created_by, created_at, expires_at, last_used_at, revoked_at, scopes, held_by
      FROM api_key WHERE id < ?1 ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kListHeld = R"sql(
    SELECT id, label, role, created_by, created_at, expires_at, last_used_at, revoked_at, scopes, held_by
      FROM api_key WHERE held_by = ?3 AND revoked_at IS NULL AND id < ?1 ORDER BY id DESC LIMIT ?2
)sql";
constexpr auto kHandOver = "UPDATE api_key SET held_by = ?2 WHERE id = ?1";
constexpr auto kRevoke = "UPDATE api_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";
constexpr auto kExists = "SELECT 1 FROM api_key WHERE id = ?1";
// Not the newest key: the next one would get its id, and logs name keys by id.
constexpr auto kRemoveEnded = R"sql(
    DELETE FROM api_key
     WHERE id IN (SELECT id FROM api_key WHERE coalesce(revoked_at, expires_at) < ?1 LIMIT ?2)
       AND id < (SELECT max(id) FROM api_key)
)sql";

ApiKey key_of(const storage::Row& row) {
    return {.id = row.get<ApiKeyId>(0),
            .label = row.get<std::string>(1),
            .role = *parse_role(row.get<std::string_view>(2)),
            .scopes = scopes_from(row.get<std::string_view>(8)),
            .created_by = row.get<AdminId>(3),
            .held_by = row.get<AdminId>(9),
            .created_at = row.get<Time>(4),
            .expires_at = row.get<std::optional<Time>>(5),
            .last_used_at = row.get<std::optional<Time>>(6),
            .revoked_at = row.get<std::optional<Time>>(7)};
}

}  // namespace

std::pair<ApiKey, std::string> add_api_key(storage::Transaction& tx, const NewApiKey& wanted, AdminId by,
                                           const Actor& actor, Time now) {
    const std::string label(trimmed(wanted.label));
    std::vector<Fault> faults;
    if (label.empty()) {
        faults.push_back({"/label", "is blank; say what the key is for"});
    }
    if (wanted.expires_at && *wanted.expires_at <= now) {
        faults.push_back({"/expires_at", "is over already"});
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    if (const auto maker = get_admin(tx, by); !maker.active || maker.role < wanted.role) {
        // The admin was deactivated or demoted after the request was authorized: the key would outlive that access.
        throw Refusal(kForbidden, "this user may not make such a key any more");
    }
    auto secret = random_token(kApiKeyPrefix);
    const auto hash = storage::hash_of_token(secret);
    ApiKey key{.id = {},
               .label = label,
               .role = wanted.role,
               .scopes = wanted.scopes,
               .created_by = by,
               .held_by = by,
               .created_at = now,
               .expires_at = wanted.expires_at,
               .last_used_at = {},
               .revoked_at = {}};
    key.id = ApiKeyId{tx.insert(kInsertKey, label, storage::Blob{hash}, json_text(wanted.scopes), to_text(wanted.role),
                                by, now, wanted.expires_at)};
    audit::record(tx, "api_key.add", {"api_key", number(key.id)}, nullptr,
                  {{"label", label},
                   {"role", to_text(key.role)},
                   {"scopes", key.scopes},
                   {"expires_at", or_null(key.expires_at)}},
                  actor, now);
    return {std::move(key), std::move(secret)};
}

void revoke_api_key(storage::Transaction& tx, ApiKeyId id, const Actor& actor, Time now) {
    if (tx.run(kRevoke, id, now) == 0) {
        if (!tx.value<std::int64_t>(kExists, id)) {
            throw not_found("API key");
        }
        return;  // already revoked
    }
    tx.touched(storage::Topic::sessions);
    audit::record(tx, "api_key.revoke", {"api_key", number(id)}, {{"revoked", false}}, {{"revoked", true}}, actor, now);
}

std::vector<ApiKey> list_api_keys(const storage::View& view, std::int64_t most, std::optional<ApiKeyId> before,
                                  std::optional<AdminId> held_by) {
    std::vector<ApiKey> keys;
    const auto add = [&](const storage::Row& row) { keys.push_back(key_of(row)); };
    const auto below = before ? number(*before) : std::numeric_limits<std::int64_t>::max();
    if (held_by) {
        view.each(kListHeld, add, below, most, *held_by);
    } else {
        view.each(kListKeys, add, below, most);
    }
    return keys;
}

std::vector<ApiKey> keys_above(const storage::View& view, AdminId held_by, Role role) {
    auto keys = list_api_keys(view, std::numeric_limits<std::int64_t>::max(), std::nullopt, held_by);
    std::erase_if(keys, [&](const ApiKey& key) { return key.role <= role; });
    std::reverse(keys.begin(), keys.end());
    return keys;
}

void hand_over_key(storage::Transaction& tx, const ApiKey& key, AdminId to, const Actor& actor, Time now) {
    tx.run(kHandOver, key.id, to);
    tx.touched(storage::Topic::sessions);
    audit::record(tx, "api_key.hand_over", {"api_key", number(key.id)}, {{"held_by", number(key.held_by)}},
                  {{"held_by", number(to)}}, actor, now);
}

storage::Pruned remove_ended_keys(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(tx.run(kRemoveEnded, slice.before, slice.most));
}

std::vector<std::string> scopes_from(std::string_view column) {
    return stored_json(column).get<std::vector<std::string>>();
}

Json to_json(const ApiKey& key) {
    return {{"id", number(key.id)},
            {"label", key.label},
            {"role", to_text(key.role)},
            {"scopes", key.scopes},
            {"created_by", number(key.created_by)},
            {"held_by", number(key.held_by)},
            {"created_at", rfc3339(key.created_at)},
            {"expires_at", or_null(key.expires_at)},
            {"last_used_at", or_null(key.last_used_at)},
            {"revoked_at", or_null(key.revoked_at)}};
}

}  // namespace orderd::accounts

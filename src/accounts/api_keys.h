#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/caller.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/pruning.h"

namespace orderd::accounts {

/// A program's access. It has its own role, never owner, limited by its scopes. It cannot outlive the access
/// of the admin who is responsible for it: the one who made it or took it over.
struct ApiKey {
    ApiKeyId id{};
    std::string label;
    Role role = Role::viewer;
    std::vector<std::string> scopes;  ///< of api::scopes(); empty: all of its role
    AdminId created_by{};
    AdminId held_by{};  ///< the responsible admin
    Time created_at;
    std::optional<Time> expires_at;    ///< nullopt: never
    std::optional<Time> last_used_at;  ///< to the minute
    std::optional<Time> revoked_at;
};

struct NewApiKey {
    std::string label;
    Role role = Role::viewer;
    std::vector<std::string> scopes = {};
    std::optional<Time> expires_at;
};

/// @returns the key, and its secret, which is never shown again
/// @throws Refusal 422 if the label is blank or the key would have expired already; 403 if the key's role is
///         higher than its maker's
std::pair<ApiKey, std::string> add_api_key(storage::Transaction& tx, const NewApiKey& wanted, AdminId by,
                                           const Actor& actor, Time now);

/// Once this is acknowledged, the key is refused. A revoked key stays in the list.
///
/// @throws Refusal `not_found`
void revoke_api_key(storage::Transaction& tx, ApiKeyId id, const Actor& actor, Time now);

/// Newest first. `held_by`: only the valid keys that this admin is responsible for.
std::vector<ApiKey> list_api_keys(const storage::View& view, std::int64_t most, std::optional<ApiKeyId> before,
                                  std::optional<AdminId> held_by = {});

/// The keys that an admin is responsible for and whose role is above `role`, oldest first. Role::none: all of them.
std::vector<ApiKey> keys_above(const storage::View& view, AdminId held_by, Role role);

/// Makes another admin responsible for a key.
void hand_over_key(storage::Transaction& tx, const ApiKey& key, AdminId to, const Actor& actor, Time now);

/// Removes a slice of the keys that were revoked or have expired.
storage::Pruned remove_ended_keys(storage::Transaction& tx, const storage::Slice& slice);

/// Parses the column's JSON list.
std::vector<std::string> scopes_from(std::string_view column);

Json to_json(const ApiKey& key);

}  // namespace orderd::accounts

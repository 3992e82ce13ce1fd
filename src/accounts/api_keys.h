#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/caller.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::accounts {

/// A program's way in: acts with its own role, never as an owner, and with no more of it than its scopes say. It
/// lives no longer than the access of the admin who answers for it: who made it, or took it over.
struct ApiKey {
    ApiKeyId id{};
    std::string label;
    Role role = Role::viewer;
    std::vector<std::string> scopes;  ///< of api::scopes(); none: all that the role may
    AdminId created_by{};
    AdminId held_by{};  ///< who answers for it
    Time created_at;
    std::optional<Time> expires_at;    ///< nothing: never
    std::optional<Time> last_used_at;  ///< to the minute
    std::optional<Time> revoked_at;
};

struct NewApiKey {
    std::string label;
    Role role = Role::viewer;
    std::vector<std::string> scopes = {};
    std::optional<Time> expires_at;
};

/// @returns the key, and its secret, which nobody can ask for again
/// @throws Refusal 422 if the label is blank or it would have run out already; 403 where the maker may not do as
/// much
std::pair<ApiKey, std::string> add_api_key(storage::Transaction& tx, const NewApiKey& wanted, AdminId by,
                                           const Actor& actor, Time now);

/// Once this is acknowledged, the key is refused. A key that is revoked stays in the list.
///
/// @throws Refusal `not_found`
void revoke_api_key(storage::Transaction& tx, ApiKeyId id, const Actor& actor, Time now);

/// Newest first. `held_by`: only the ones that work and that this admin answers for.
std::vector<ApiKey> list_api_keys(const storage::View& view, std::int64_t most, std::optional<ApiKeyId> before,
                                  std::optional<AdminId> held_by = {});

/// Those that an admin answers for and that may do more than the role, or all of them if there is none; oldest
/// first.
std::vector<ApiKey> keys_above(const storage::View& view, AdminId held_by, Role role);

/// Another admin answers for a key from now on.
void hand_over_key(storage::Transaction& tx, const ApiKey& key, AdminId to, const Actor& actor, Time now);

/// The column's JSON as a list.
std::vector<std::string> scopes_from(std::string_view column);

Json to_json(const ApiKey& key);

}  // namespace orderd::accounts

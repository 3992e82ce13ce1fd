#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/time.h"
#include "http/caller.h"
#include "storage/writer.h"

namespace orderd::accounts {

/// A program's way in: acts with a role of its own, never as an owner, and with no more of it than its scopes say.
struct ApiKey {
    ApiKeyId id{};
    std::string label;
    http::Role role = http::Role::viewer;
    std::vector<std::string> scopes;  ///< of http::scopes(); none: all that the role may
    AdminId created_by{};
    Time created_at;
    std::optional<Time> expires_at;    ///< nothing: never
    std::optional<Time> last_used_at;  ///< to the minute
    std::optional<Time> revoked_at;
};

struct NewApiKey {
    std::string label;
    http::Role role = http::Role::viewer;
    std::vector<std::string> scopes = {};
    std::optional<Time> expires_at;
};

/// @returns the key, and its secret, which nobody can ask for again
/// @throws Refusal 422 where the label is blank or it would have run out already
std::pair<ApiKey, std::string> add_api_key(storage::Transaction& tx, const NewApiKey& wanted, AdminId by,
                                           const Actor& actor, Time now);

/// From the moment on that this was acknowledged, the key is refused. A key that is revoked stays in the list.
///
/// @throws Refusal `not_found`
void revoke_api_key(storage::Transaction& tx, ApiKeyId id, const Actor& actor, Time now);

/// Newest first.
std::vector<ApiKey> list_api_keys(const storage::View& view, std::int64_t most, std::optional<ApiKeyId> before);

/// The column's JSON as a list.
std::vector<std::string> scopes_from(std::string_view column);

Json to_json(const ApiKey& key);

}  // namespace orderd::accounts

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/idempotency.h"
#include "api/request.h"
#include "api/route.h"
#include "wire/head.h"

namespace orderd::api {

/// What a Request is made of: the server fills it in, step by step, before the handler runs.
struct Request::Parts {
    const Route& route;
    const wire::Head& head;
    storage::Store& store;
    KeysUnderWay& keys_under_way;

    Time now;
    std::string request_id;
    bool secure = false;
    Caller caller = {};
    std::vector<std::pair<std::string, std::string>> path_values = {};
    std::vector<std::pair<std::string, std::string>> query = {};
    std::optional<Json> after = {};  ///< of the cursor
    std::string raw_body = {};
    Json body = nullptr;
    std::optional<IdempotencyKey> key = {};
    std::string about = {};    ///< whom the stored answer is about, as the last mutation said
    bool key_is_held = false;  ///< by once(): mutate() neither claims it nor looks for an earlier answer

    std::function<bool()> is_wanted = {};
    std::shared_ptr<void> held = {};

    bool takes_body() const { return route.body || !route.raw_body.empty(); }
};

/// A cursor: the sort key that a list goes on after, in a form that only this shop writes, for this list and these
/// filters.
std::string make_cursor(const storage::Vault& vault, const Route& route,
                        const std::vector<std::pair<std::string, std::string>>& query, const Json& key);

/// @throws Refusal 422 `invalid_cursor` for what make_cursor did not make for this list and these filters
Json read_cursor(const storage::Vault& vault, const Route& route,
                 const std::vector<std::pair<std::string, std::string>>& query, std::string_view cursor);

}  // namespace orderd::api

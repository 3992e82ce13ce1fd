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

/// The data of a Request. The server fills it in, step by step, before the handler runs.
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
    std::optional<Json> after = {};  ///< the cursor's sort key
    std::string raw_body = {};
    Json body = nullptr;
    std::optional<IdempotencyKey> key = {};
    std::string key_text = {};  ///< as it was sent
    std::string about = {};     ///< the orders and customers that the answer concerns, from the last mutation
    bool key_is_held = false;   ///< by once(): then mutate() neither claims it nor looks for an earlier answer

    std::function<bool()> is_wanted = {};
    std::shared_ptr<void> held = {};

    bool takes_body() const { return route.body || !route.raw_body.empty(); }
};

/// Makes a cursor: the sort key after which a list continues, signed by this shop for this list and these filters.
std::string make_cursor(const storage::Vault& vault, const Route& route,
                        const std::vector<std::pair<std::string, std::string>>& query, const Json& key);

/// @throws Refusal 422 `invalid_cursor` if make_cursor did not make it for this list and these filters
Json read_cursor(const storage::Vault& vault, const Route& route,
                 const std::vector<std::pair<std::string, std::string>>& query, std::string_view cursor);

}  // namespace orderd::api

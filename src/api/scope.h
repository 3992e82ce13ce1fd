#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "base/caller.h"

namespace orderd::api {

/// What an API key can be narrowed to: an area of the API, which is a group of routes in its documentation, to read or
/// to write: "orders:read", "orders:write". To write includes to read.
const std::vector<std::string>& scopes();

/// The scope that a call of the route takes: "orders:write".
std::string scope_of(const Route& route);

/// Holds a key's scopes against a route that is not for anyone. A key without scopes may do all that its role may.
///
/// @throws Refusal 403 `out_of_scope`, with member "scope": the one that is missing
void check_scope(const Route& route, const Caller& caller);

}  // namespace orderd::api

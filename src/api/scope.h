#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "base/caller.h"

namespace orderd::api {

/// The scopes that an API key can be limited to: reading or writing an area of the API, which is a group of
/// routes in the documentation: "orders:read", "orders:write". Writing includes reading.
const std::vector<std::string>& scopes();

/// The scope that the route requires: "orders:write".
std::string scope_of(const Route& route);

/// Checks a key's scopes for a route that is not for anyone. A key without scopes may do everything that its role may.
///
/// @throws Refusal 403 `out_of_scope`, with member "scope": the missing one
void check_scope(const Route& route, const Caller& caller);

}  // namespace orderd::api

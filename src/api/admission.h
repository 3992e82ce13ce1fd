#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/route.h"
#include "base/caller.h"
#include "base/errors.h"
#include "wire/head.h"

namespace orderd::api {

// What is checked against a route's row before its handler runs, in this order: who calls, the CSRF header, media
// types, then the query and the body by their shapes.

/// @throws Refusal 401 `unauthenticated`, or 403 `forbidden` for one who is signed in
void authorize(Who who, const Caller& caller);

/// Of a mutation by cookie (see session_cookie.h).
///
/// @throws Refusal 403 `csrf_token_required`
void check_csrf(const Route& route, const Caller& caller, const wire::Head& head);

/// @throws Refusal 415 for a body of another type than the route takes; 406 when the client takes none of its answers
void check_media(const Route& route, const wire::Head& head);

/// Adds the faults of the query's parameters: unknown ones, ones that are given twice, and values by their shapes.
void check_query(const Route& route, const std::vector<std::pair<std::string, std::string>>& query,
                 std::vector<Fault>& faults);

/// All query parameters of a route: its own, and those of every paged list.
std::vector<QueryParameter> query_parameters(const Route& route);

/// The token of an Authorization header, or empty without one.
///
/// @throws Refusal 401 for a header that is not a bearer token
std::string_view bearer_token(const wire::Head& head);

}  // namespace orderd::api

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "api/route.h"
#include "base/caller.h"
#include "base/errors.h"
#include "wire/head.h"

namespace orderd::api {

// Checks a request against its route's row before the handler runs, in this order: the caller, the CSRF
// header, media types, then the query and the body by their shapes.

/// @throws Refusal 401 `unauthenticated`; 403 `forbidden` if the caller is signed in
void authorize(Who who, const Caller& caller);

/// Checks a mutation by cookie (see session_cookie.h).
///
/// @throws Refusal 403 `csrf_token_required`
void check_csrf(const Route& route, const Caller& caller, const wire::Head& head);

/// @throws Refusal 415 if the body is not of the route's media type; 406 if the client accepts none of its answers
void check_media(const Route& route, const wire::Head& head);

/// Adds the faults of the query: unknown parameters, repeated ones, and values that do not fit their shapes.
void check_query(const Route& route, const std::vector<std::pair<std::string, std::string>>& query,
                 std::vector<Fault>& faults);

/// Leaves only the parameters that a route knows and that have a value: for Route::page, since a form sends its empty
/// fields too.
void keep_known(const Route& route, std::vector<std::pair<std::string, std::string>>& query);

/// All query parameters of a route: its own, and `limit` and `cursor` if it is paged.
std::vector<QueryParameter> query_parameters(const Route& route);

/// The token in the Authorization header; empty if there is no such header.
///
/// @throws Refusal 401 for a header that is not a bearer token
std::string_view bearer_token(const wire::Head& head);

}  // namespace orderd::api

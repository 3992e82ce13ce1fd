#pragma once

#include "api/route.h"
#include "base/json.h"

namespace orderd::api {

/// Whether the answer has an entity tag: a GET, or the version of what was changed.
bool has_etag(const Route& route, const Outcome& outcome);

/// Whether a client may ask with If-None-Match.
bool is_conditional(const Route& route);

/// The headers of a success, as OpenAPI's document declares them: references to its components.
Json headers_of_success(const Route& route, const Outcome& outcome);

/// Those of all of the route's answers, refusals included.
Json headers_of_all(const Route& route);

}  // namespace orderd::api

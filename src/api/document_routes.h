#pragma once

#include <functional>

#include "api/route.h"
#include "api/sent_events.h"

namespace orderd::api {

/// Adds what describes the API: /openapi.json for programs, /docs and its guides for people. Both are printed when they are
/// first asked for.
///
/// @param table  all routes, these included
/// @param events  what webhooks are sent
void add_document_routes(RouteTable& routes, const std::function<const RouteTable&()>& table,
                         const std::function<SentEvents()>& events);

}  // namespace orderd::api

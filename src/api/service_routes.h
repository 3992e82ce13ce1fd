#pragma once

#include <functional>
#include <string>

#include "api/route.h"

namespace orderd::api {

/// What the server's own routes ask.
struct Service {
    std::function<std::string()> trouble;  ///< why requests cannot be answered now; empty: they can
    std::function<std::string()> metrics;
    Who may_read_metrics = Who::viewer;
    std::function<const RouteTable&()> table;  ///< whole
};

/// Adds the routes that are about the server itself: /healthz, /readyz, /metrics, /openapi.json, /docs.
void add_service_routes(RouteTable& routes, const Service& service);

}  // namespace orderd::api

#pragma once

#include <functional>
#include <string>

#include "api/route.h"

namespace orderd::api {

/// What the server's own routes need.
struct Service {
    std::function<std::string()> trouble;  ///< why requests cannot be answered now; empty if they can
    std::function<std::string()> metrics;
    Who may_read_metrics = Who::viewer;
};

/// Adds the server's own routes: /healthz, /readyz, /metrics.
void add_service_routes(RouteTable& routes, const Service& service);

}  // namespace orderd::api

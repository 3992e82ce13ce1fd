#pragma once

#include "api/route.h"

namespace orderd::app {

/// Adds GET /admin/audit.
void add_log_routes(api::RouteTable& routes);

}  // namespace orderd::app

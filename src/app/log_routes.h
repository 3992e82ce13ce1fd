#pragma once

#include "api/route.h"

namespace orderd::app {

/// GET /admin/audit.
void add_log_routes(api::RouteTable& routes);

}  // namespace orderd::app

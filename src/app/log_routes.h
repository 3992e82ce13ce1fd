#pragma once

#include "http/route.h"

namespace orderd::app {

/// GET /admin/audit.
void add_log_routes(http::RouteTable& routes);

}  // namespace orderd::app

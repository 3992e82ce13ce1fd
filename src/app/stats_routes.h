#pragma once

#include "http/route.h"

namespace orderd::app {

/// GET /admin/stats: what waits for someone now. GET /admin/stats/sales: how it went, by day.
void add_stats_routes(http::RouteTable& routes);

}  // namespace orderd::app

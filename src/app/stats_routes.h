#pragma once

#include "api/route.h"
#include "app/backups.h"

namespace orderd::app {

/// Adds GET /admin/stats: what needs attention now; and GET /admin/stats/sales: sales by day. `backups` must
/// outlive the routes.
void add_stats_routes(api::RouteTable& routes, const Backups& backups);

}  // namespace orderd::app

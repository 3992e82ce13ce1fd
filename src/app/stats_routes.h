#pragma once

#include "api/route.h"
#include "app/backups.h"

namespace orderd::app {

/// GET /admin/stats: what waits for someone now. GET /admin/stats/sales: how it went, by day.
/// `backups` lives as long as the routes.
void add_stats_routes(api::RouteTable& routes, const Backups& backups);

}  // namespace orderd::app

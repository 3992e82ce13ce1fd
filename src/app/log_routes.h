#pragma once

#include "http/route.h"
#include "jobs/jobs.h"

namespace orderd::app {

/// GET /admin/audit, and /admin/jobs with retry and discard of dead letters.
void add_log_routes(http::RouteTable& routes);

}  // namespace orderd::app

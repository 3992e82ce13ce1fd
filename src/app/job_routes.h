#pragma once

#include "api/route.h"
#include "jobs/jobs.h"

namespace orderd::app {

/// The queue, as staff see it: its jobs, its lanes, and who does not answer.
void add_job_routes(api::RouteTable& routes, jobs::Workers& workers);

}  // namespace orderd::app

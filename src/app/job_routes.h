#pragma once

#include "api/route.h"
#include "jobs/jobs.h"

namespace orderd::app {

/// Adds the routes of the job queue: its jobs, its lanes, and the parties that do not answer.
void add_job_routes(api::RouteTable& routes, jobs::Workers& workers);

}  // namespace orderd::app

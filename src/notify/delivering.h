#pragma once

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"

namespace orderd::notify {

/// Adds the jobs that deliver events to webhooks. An endpoint gets each event at least once, always with the
/// same webhook-id: after a crash between its answer and our commit, it gets the event again. Answers other
/// than 2xx are retried on the schedule of Standard Webhooks, over about three days; 410 disables the
/// endpoint.
void add_delivery_jobs(jobs::Workers& workers, Desk& desk);

/// The reader of the event log that creates deliveries to webhooks.
LogReader webhook_reader();

}  // namespace orderd::notify

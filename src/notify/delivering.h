#pragma once

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"

namespace orderd::notify {

/// The jobs that carry events to webhooks. An endpoint gets each event at least once, with the same webhook-id however
/// often: after a crash between its answer and our commit it gets it again. Answers other than 2xx are tried again on
/// the schedule of Standard Webhooks, over some three days; 410 disables the endpoint.
void add_delivery_jobs(jobs::Workers& workers, Desk& desk);

/// The reader of the event log that makes deliveries to webhooks.
LogReader webhook_reader();

}  // namespace orderd::notify

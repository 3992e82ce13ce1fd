#pragma once

#include <optional>
#include <string>

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"

namespace orderd::notify {

/// The jobs that carry events to webhooks. An endpoint gets each event at least once, with the same webhook-id however
/// often: after a crash between its answer and our commit it gets it again. Answers other than 2xx are tried again on
/// the schedule of Standard Webhooks, over some three days; 410 disables the endpoint.
void add_delivery_jobs(jobs::Workers& workers, Desk& desk);

/// What puts events on their way to webhooks.
LogReader webhook_reader();

/// Whether a host can be seen to be no public one without asking for its name: it is an address, in any form that the
/// resolver takes, or a name of this machine. What a name leads to is looked at with each delivery.
bool is_private_host(const std::string& host);

/// The address to connect to for a URL's host. Whoever names a webhook must not reach what only the shop's machine can
/// (its own services, its network, a cloud's metadata), so every address that the name has must be a public one, and
/// the connection goes to the one that was looked at: a name that changes in between leads nowhere else. Redirects are
/// not followed.
///
/// @returns the address, or nothing, with the reason in `problem`
std::optional<std::string> public_address(const std::string& host, std::string& problem);

}  // namespace orderd::notify

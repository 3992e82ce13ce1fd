#pragma once

#include "api/route.h"
#include "notify/desk.h"

namespace orderd::notify {

/// Adds the routes of /admin/webhooks and /admin/webhook-deliveries.
void add_webhook_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::notify

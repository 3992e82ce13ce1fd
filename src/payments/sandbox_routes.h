#pragma once

#include "api/route.h"
#include "payments/desk.h"
#include "payments/sandbox.h"

namespace orderd::payments {

/// Adds the page on which the sandbox's 3-D Secure cards are confirmed or refused. `sandbox`: null if it is
/// off; then there is no such page.
void add_sandbox_routes(api::RouteTable& routes, Desk& desk, Sandbox* sandbox);

}  // namespace orderd::payments

#pragma once

#include "api/route.h"
#include "orders/routes.h"

namespace orderd::orders {

/// The routes for what an order would cost, and for the tax rates to begin with.
void add_quoting_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::orders

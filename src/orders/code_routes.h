#pragma once

#include "api/route.h"
#include "orders/routes.h"

namespace orderd::orders {

void add_code_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::orders

#pragma once

#include "api/route.h"
#include "orders/routes.h"

namespace orderd::app {

/// GET /admin/search: what a person types, in all that a shop has.
void add_search_routes(api::RouteTable& routes, orders::Desk& orders);

}  // namespace orderd::app

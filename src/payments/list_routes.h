#pragma once

#include "api/route.h"
#include "payments/desk.h"

namespace orderd::payments {

/// What staff see of all payments: the list with its totals, one of them, and the takings by day.
void add_list_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::payments

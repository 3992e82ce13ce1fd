#pragma once

#include "api/route.h"
#include "payments/desk.h"

namespace orderd::payments {

void add_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::payments

#pragma once

#include "http/route.h"
#include "payments/desk.h"

namespace orderd::payments {

void add_routes(http::RouteTable& routes, Desk& desk);

}  // namespace orderd::payments

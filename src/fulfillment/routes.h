#pragma once

#include "fulfillment/carrier.h"
#include "http/route.h"

namespace orderd::fulfillment {

/// What the handlers use; outlives the route table.
struct Desk {
    const Carriers& carriers;
};

void add_routes(http::RouteTable& routes, Desk& desk);

}  // namespace orderd::fulfillment

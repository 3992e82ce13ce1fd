#pragma once

#include "http/route.h"
#include "orders/rates.h"

namespace orderd::orders {

/// What the handlers use; outlives the route table.
struct Desk {
    RatesCache& rates;
    std::string currency;  ///< the shop's; fixed when it was made
};

void add_routes(http::RouteTable& routes, Desk& desk);

}  // namespace orderd::orders

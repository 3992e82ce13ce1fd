#pragma once

#include "http/route.h"
#include "orders/rates.h"
#include "storage/settings.h"

namespace orderd::orders {

/// What the handlers use; outlives the route table.
struct Desk {
    RatesCache& rates;
    settings::Currency& currency;
};

void add_routes(http::RouteTable& routes, Desk& desk);

}  // namespace orderd::orders

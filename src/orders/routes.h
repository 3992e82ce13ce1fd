#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/route.h"
#include "orders/beside.h"
#include "orders/list.h"
#include "orders/rates.h"
#include "storage/settings.h"

namespace orderd::orders {

/// What the handlers use. It must outlive the route table.
struct Desk {
    RatesCache& rates;
    settings::Currency& currency;
    std::function<std::string()> url = {};  ///< the shop's public address
    Beside beside = {};
};

void add_routes(api::RouteTable& routes, Desk& desk);
void add_delivery_routes(api::RouteTable& routes, Desk& desk);  ///< the shop's delivery methods; called by add_routes()

/// The filters of the list of orders, which its export has too.
std::vector<api::QueryParameter> list_filters();
Filter filter_of(const api::Request& in, const storage::View& view);

}  // namespace orderd::orders

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
/// An order as admins see it, after they changed it.
api::Answer answer_for_admin(const Desk& desk, const storage::View& view, OrderId id);
/// Records what a person of the shop changed in an order; what its customer does is no entry.
void audit_change(storage::Transaction& tx, api::Request& in, std::string_view action, OrderId id, const Json& before,
                  const Json& after);

void add_staff_discount_routes(api::RouteTable& routes, Desk& desk);  ///< called by add_routes()
void add_delivery_routes(api::RouteTable& routes, Desk& desk);  ///< the shop's delivery methods; called by add_routes()

/// The filters of the list of orders, which its export has too.
std::vector<api::QueryParameter> list_filters();
Filter filter_of(const api::Request& in, const storage::View& view);

}  // namespace orderd::orders

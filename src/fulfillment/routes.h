#pragma once

#include "api/route.h"
#include "base/templates.h"
#include "base/waiting_places.h"
#include "fulfillment/carrier.h"
#include "fulfillment/printing.h"
#include "fulfillment/returns.h"

namespace orderd::fulfillment {

/// What the handlers use. It must outlive the route table.
struct Desk {
    const Carriers& carriers;
    const Printer& printer;
    const Templates& templates;
    WaitingPlaces& places;                  ///< for requests that wait for a carrier
    std::function<std::string()> url = {};  ///< the shop's public address
    Refunds refunds = {};
    std::function<std::optional<std::string>()> easypost_webhook_secret = {};
};

void add_routes(api::RouteTable& routes, Desk& desk);
void add_packing_routes(api::RouteTable& routes, Desk& desk);    ///< the packing table; called by add_routes()
void add_printing_routes(api::RouteTable& routes, Desk& desk);   ///< labels and packing slips; called by add_routes()
void add_returning_routes(api::RouteTable& routes, Desk& desk);  ///< returns, cancelled rests; called by add_routes()
void add_return_request_routes(api::RouteTable& routes,
                               Desk& desk);                     ///< what customers ask for; called by add_routes()
void add_easypost_routes(api::RouteTable& routes, Desk& desk);  ///< its webhook; called by add_routes()

/// The answer of a call about many orders.
api::Shape bulk_shape();

/// Changes one order of many in its own transaction: if it is refused, the others are unaffected.
///
/// @param status  of the result if it succeeds
/// @param change  returns the order's shipments then
Json result_of_one(api::Request& in, OrderId id, int status, const std::function<Json(storage::Transaction&)>& change);

}  // namespace orderd::fulfillment

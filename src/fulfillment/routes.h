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
void add_printing_routes(api::RouteTable& routes, Desk& desk);   ///< labels and packing slips; called by add_routes()
void add_returning_routes(api::RouteTable& routes, Desk& desk);  ///< returns, cancelled rests; called by add_routes()
void add_easypost_routes(api::RouteTable& routes, Desk& desk);   ///< its webhook; called by add_routes()

}  // namespace orderd::fulfillment

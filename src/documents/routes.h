#pragma once

#include "api/route.h"
#include "fulfillment/printing.h"
#include "storage/settings.h"

namespace orderd::documents {

/// What the handlers use. It must outlive the route table.
struct Desk {
    const fulfillment::Printer& printer;  ///< its fonts
    settings::Currency& currency;
};

void add_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::documents

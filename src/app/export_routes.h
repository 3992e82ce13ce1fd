#pragma once

#include "api/route.h"

namespace orderd::app {

/// Adds GET /admin/orders/export and GET /admin/customers/export: CSV of what the lists of the same name show, with
/// the same filters.
void add_export_routes(api::RouteTable& routes);

}  // namespace orderd::app

#pragma once

#include "catalog/cache.h"
#include "http/route.h"
#include "storage/settings.h"

namespace orderd::catalog {

/// What the handlers use; outlives the route table.
struct Catalog {
    PrintedCache& printed;
    settings::Currency& currency;
};

/// Every route of products, inventory, alerts, and import and export.
void add_routes(http::RouteTable& routes, Catalog& catalog);

/// Those of import_routes.cpp, which add_routes() adds too.
void add_import_routes(http::RouteTable& routes, Catalog& catalog);

}  // namespace orderd::catalog

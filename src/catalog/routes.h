#pragma once

#include <atomic>

#include "api/route.h"
#include "base/budgets.h"
#include "base/fair_queue.h"
#include "catalog/cache.h"
#include "catalog/stock.h"
#include "storage/settings.h"

namespace orderd::catalog {

/// What the handlers use. It must outlive the route table.
struct Desk {
    PrintedCache& printed;
    settings::Currency& currency;
    /// Limits strangers' searches to a few at once, so that other reads do not wait behind them.
    FairQueue searches{{.at_once = budget::kSearchesAtOnce,
                        .waiting = budget::kSearchesWaiting,
                        .waiting_of_address = budget::kSearchesWaitingOfAddress,
                        .waiting_known = 0}};
    HoldsOf holds_of = {};
    std::atomic_flag import_under_way = {};  ///< set by a running import, from before its body is received
};

/// Adds the routes of products, inventory, alerts, import and export.
void add_routes(api::RouteTable& routes, Desk& desk);

/// Adds the routes of import_routes.cpp; add_routes() calls it.
void add_import_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::catalog

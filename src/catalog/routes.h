#pragma once

#include <atomic>

#include "api/route.h"
#include "base/budgets.h"
#include "base/fair_queue.h"
#include "catalog/cache.h"
#include "catalog/stock.h"
#include "storage/settings.h"

namespace orderd::catalog {

/// What the handlers use; outlives the route table.
struct Desk {
    PrintedCache& printed;
    settings::Currency& currency;
    /// Strangers' searches: few at once, so that what else is read does not wait behind them.
    FairQueue searches{{.at_once = budget::kSearchesAtOnce,
                        .waiting = budget::kSearchesWaiting,
                        .waiting_of_address = budget::kSearchesWaitingOfAddress,
                        .waiting_known = 0}};
    HoldsOf holds_of = {};
    std::atomic_flag import_under_way = {};  ///< set by the one that is, from before its file is sent
};

/// Every route of products, inventory, alerts, and import and export.
void add_routes(api::RouteTable& routes, Desk& desk);

/// Those of import_routes.cpp, which add_routes() adds too.
void add_import_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::catalog

#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "api/route.h"
#include "base/budgets.h"
#include "base/fair_queue.h"
#include "catalog/cache.h"
#include "catalog/picture_content.h"
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
    PictureCache picture_cache = {};
    /// Limits how many files of pictures are in memory.
    FairQueue picture_uploads{{.at_once = budget::kPictureUploads,
                               .waiting = 0,
                               .waiting_of_address = 0,
                               .waiting_known = budget::kPictureUploadsWaiting}};
    std::atomic_flag import_under_way = {};  ///< set by a running import, from before its body is received
};

/// Adds the routes of products, groups, inventory, alerts, import and export.
void add_routes(api::RouteTable& routes, Desk& desk);

/// Adds the routes of group_routes.cpp; add_routes() calls it.
void add_group_routes(api::RouteTable& routes, Desk& desk);

/// Adds the routes of import_routes.cpp, and those of picture_routes.cpp; add_routes() calls them.
void add_import_routes(api::RouteTable& routes, Desk& desk);
void add_logo_routes(api::RouteTable& routes, Desk& desk);
void add_picture_routes(api::RouteTable& routes, Desk& desk);

inline constexpr auto kPictureTypes = "image/jpeg, image/png, image/webp";  ///< of files of pictures

/// Waits for one of the few places for files of pictures, before the file is received: each is in memory until it is read.
void begin_upload(api::Request& in, Desk& desk);

/// A picture whose name is its content's, so that browsers and proxies never ask again.
api::Answer picture_answer(std::shared_ptr<const std::string> bytes, std::string_view name);

/// Adds the routes of receiving_routes.cpp; add_routes() calls it.
void add_receiving_routes(api::RouteTable& routes, Desk& desk);

/// Adds the routes of bulk_routes.cpp and collection_routes.cpp; add_routes() calls them.
void add_bulk_routes(api::RouteTable& routes, Desk& desk);
void add_collection_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::catalog

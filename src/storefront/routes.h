#pragma once

#include "api/route.h"
#include "storefront/desk.h"

namespace orderd::storefront {

// Each of the shop's pages is a route with `page = true` (api/route.h), and takes page_parameters().

/// Adds all pages of the shop.
void add_routes(api::RouteTable& routes, Desk& desk);

/// Adds the routes of window_routes.cpp: the first page, collections, search; and the style. add_routes() calls it, and
/// those below.
void add_window_routes(api::RouteTable& routes, Desk& desk);
void add_product_routes(api::RouteTable& routes, Desk& desk);

/// What browsers and search engines ask of any site: its icon, its map.
void add_site_routes(api::RouteTable& routes, Desk& desk);

}  // namespace orderd::storefront

#include "storefront/routes.h"

#include "storefront/legal.h"

namespace orderd::storefront {

void add_routes(api::RouteTable& routes, Desk& desk) {
    add_window_routes(routes, desk);
    add_product_routes(routes, desk);
    add_site_routes(routes, desk);
    add_legal_page_routes(routes, desk);
}

}  // namespace orderd::storefront

#include "accounts/routes.h"

namespace orderd::accounts {

void add_routes(http::RouteTable& routes, Desk& desk) {
    add_auth_routes(routes, desk);
    add_customer_routes(routes, desk);
    add_admin_routes(routes, desk);
}

}  // namespace orderd::accounts

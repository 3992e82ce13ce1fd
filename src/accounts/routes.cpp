#include "accounts/routes.h"

namespace orderd::accounts {

void add_routes(api::RouteTable& routes, Desk& desk) {
    add_auth_routes(routes, desk);
    add_session_routes(routes, desk);
    add_reset_routes(routes, desk);
    add_customer_routes(routes, desk);
    add_admin_routes(routes, desk);
    add_saved_list_routes(routes, desk);
}

api::Shape login_limit_shape() {
    using api::Shape;
    return Shape::object(
               {{"failures", Shape::integer(1, 1000).described("wrong passwords before an account is slowed")},
                {"window_minutes", Shape::integer(1, 1440).described("after which they are forgotten")}})
        .named("LoginLimit");
}

}  // namespace orderd::accounts

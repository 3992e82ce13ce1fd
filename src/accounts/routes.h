#pragma once

#include <vector>

#include "accounts/desk.h"
#include "api/route.h"
#include "api/shape.h"

namespace orderd::accounts {

/// Every route of this department.
void add_routes(api::RouteTable& routes, Desk& desk);

/// The filters of the list of customers, which its export has too.
std::vector<api::QueryParameter> list_filters();

/// The shape of the setting "login_limit", see attempts.h.
api::Shape login_limit_shape();

// Parts of add_routes(), one file each.
void add_auth_routes(api::RouteTable& routes, Desk& desk);      ///< signing in and out, set-up, passwords, codes
void add_session_routes(api::RouteTable& routes, Desk& desk);   ///< who is signed in where
void add_customer_routes(api::RouteTable& routes, Desk& desk);  ///< accounts, and customers as admins see them
void add_admin_routes(api::RouteTable& routes, Desk& desk);     ///< users and API keys

}  // namespace orderd::accounts

#pragma once

#include <functional>
#include <string>

#include "api/route.h"
#include "storage/settings.h"

namespace orderd::app {

/// What GET /admin/customers/{id}/export uses; outlives the routes.
struct CustomerExport {
    settings::Currency& currency;
    std::function<std::string()> url;  ///< how customers reach the shop
};

/// GET /admin/customers/{id}/export: all that the shop holds about one person, as a file of JSON, for who asks what is
/// held about them. Nothing of others is in it: staff are named by what they are. Each export is in the audit log.
void add_customer_export(api::RouteTable& routes, CustomerExport& desk);

}  // namespace orderd::app

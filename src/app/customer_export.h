#pragma once

#include <functional>
#include <string>

#include "api/route.h"
#include "storage/settings.h"

namespace orderd::app {

/// What GET /admin/customers/{id}/export uses. It must outlive the routes.
struct CustomerExport {
    settings::Currency& currency;
    std::function<std::string()> url;  ///< the shop's public address
};

/// Adds GET /admin/customers/{id}/export: everything that the shop stores about one person, as a JSON file,
/// for requests for access to personal data. It contains no data of others: staff appear only by their role.
/// Each export is in the audit log.
void add_customer_export(api::RouteTable& routes, CustomerExport& desk);

}  // namespace orderd::app

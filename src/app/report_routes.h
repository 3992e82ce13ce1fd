#pragma once

#include "api/route.h"

namespace orderd::app {

/// Adds GET /admin/reports/… for each of report_kinds(): a month's figures as JSON, and as CSV with `.csv` or by
/// `Accept`.
void add_report_routes(api::RouteTable& routes);

}  // namespace orderd::app

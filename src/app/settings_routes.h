#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/route.h"

namespace orderd::app {

/// One setting of the shop, as its department describes it.
struct Section {
    std::string name;  ///< in the database, and in the settings' JSON
    http::Shape shape;
    std::function<Json(const storage::View&)> read;  ///< what holds: what was set, or the default
    std::function<void(const Json& value, std::vector<Fault>& faults)> check = {};  ///< what the shape cannot see
    bool secret = false;  ///< audit says that it changed, not what it was
};

/// The sections that the shop and its orders have; other departments add theirs.
std::vector<Section> order_sections();

/// What fulfillment adds to them.
std::vector<Section> fulfillment_sections();

/// GET and PUT /admin/settings.
void add_settings_routes(http::RouteTable& routes, std::vector<Section> sections);

}  // namespace orderd::app

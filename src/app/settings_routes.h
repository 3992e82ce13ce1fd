#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "storage/settings.h"

namespace orderd::app {

/// One setting of the shop, as its department describes it.
struct Section {
    std::string name;  ///< in the database, and in the settings' JSON
    api::Shape shape;
    std::function<Json(const storage::View&)> read;  ///< what holds: what was set, or the default
    std::function<void(const Json& value, std::vector<Fault>& faults)> check = {};  ///< what the shape cannot see
    /// Runs in the transaction that changes it, after it was written.
    std::function<void(storage::Transaction& tx, const Json& before)> changed = {};
    /// A secret is written as text (null takes it away), and read as whether it is set.
    std::shared_ptr<const settings::Secret> secret = nullptr;
    std::string description = {};  ///< of a secret, as it is written
};

/// What is wrong with the form of a secret of Stripe's or EasyPost's, which their keys begin with; empty for others.
/// The value is not in the text.
std::string secret_fault(std::string_view name, std::string_view value);

/// The section of a secret. `description`: whose it is, and where to find it.
Section secret_section(const std::shared_ptr<const settings::Secret>& secret, const std::string& description);

/// The sections that the shop and its orders have; other departments add theirs.
std::vector<Section> order_sections();

/// What fulfillment adds to them.
std::vector<Section> fulfillment_sections();

/// What payments add to them, their secrets aside.
std::vector<Section> payment_sections();

/// What mail adds to them, its secret aside.
std::vector<Section> mail_sections();

/// GET and PUT /admin/settings.
void add_settings_routes(api::RouteTable& routes, std::vector<Section> sections);

}  // namespace orderd::app

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "storage/settings.h"

namespace orderd::app {

/// A setting of the shop, as its department describes it.
struct Section {
    std::string name;  ///< its name in the database and in the settings' JSON
    api::Shape shape;
    std::function<Json(const storage::View&)> read;  ///< the value in effect: the stored one, or the default
    std::function<void(const Json& value, std::vector<Fault>& faults)> check = {};  ///< what the shape cannot check
    /// Called in the transaction that changes the setting, after it was written.
    std::function<void(storage::Transaction& tx, const Json& before)> changed = {};
    /// Called once all settings of the request were written: what they must be together. Throws a Refusal.
    std::function<void(const storage::View& view)> together = {};
    /// A secret is written as text (null removes it), and read as whether it is set.
    std::shared_ptr<const settings::Secret> secret = nullptr;
    std::string description = {};  ///< for the shape of a secret
};

/// Checks the form of a secret of Stripe's or EasyPost's, whose keys have fixed beginnings. @returns the
/// fault, without the value; empty if there is none, or for other secrets
std::string secret_fault(std::string_view name, std::string_view value);

/// The section of a secret. `description`: whose it is, and where to find it.
Section secret_section(const std::shared_ptr<const settings::Secret>& secret, const std::string& description);

/// The sections of the shop and its orders.
std::vector<Section> order_sections();

/// The sections of fulfillment.
std::vector<Section> fulfillment_sections();

/// The sections of payments, without their secrets.
std::vector<Section> payment_sections();

/// Who sells, and how documents are numbered and issued.
std::vector<Section> document_sections();

/// The sections of mail, without its secret.
std::vector<Section> mail_sections();

/// The section of the shop's own pages.
std::vector<Section> storefront_sections();

/// Adds GET and PUT /admin/settings.
void add_settings_routes(api::RouteTable& routes, std::vector<Section> sections);

}  // namespace orderd::app

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fulfillment/shipment.h"

namespace orderd::fulfillment {

// The page on which a customer follows an order's parcels, without signing in. Whoever has its link sees
// where these parcels are and what is in them, but no name, address or price, and nothing about other orders.

/// The link's path, "/track/1001-…". It is derived from the order and the shop's key, so every mail can
/// contain it and nothing is stored.
std::string tracking_path(const storage::Vault& vault, OrderId order);

/// The order of a link's last part, or nullopt if the link is not valid.
std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view token);

/// items, tracking_number and tracking_url of one parcel, for a template in the order's language.
Json parcel_values(const orders::Order& order, const Shipment& shipment);

/// How an order stands, in a sentence. `has_parcels`: it is sent, and not fetched.
std::string state_in_words(orders::Status status, bool has_parcels, const Language& language);

/// The values for the template tracking.html, in the order's language.
Json tracking_values(const storage::View& view, const orders::Order& order);

}  // namespace orderd::fulfillment

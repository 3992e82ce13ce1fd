#pragma once

#include "api/shape.h"
#include "base/json.h"
#include "fulfillment/shipment.h"

namespace orderd::fulfillment {

// Shipments as JSON, each beside the shape that says so.

/// What staff see of a shipment.
Json describe(const Shipment& shipment);
const api::Shape& shipment_shape();

/// What an order's answer for admins shows of its parcels: orders::Beside::shipments_of.
Json describe_beside_order(const storage::View& view, OrderId order);

/// What an order's holder sees of its parcels: those that were not given up. `shop_url`: how customers reach the shop.
Json describe_tracking(const storage::View& view, const orders::Order& order, const std::string& shop_url);
const api::Shape& tracking_shape();

/// An order's status and all its shipments, as staff see them.
Json describe_fulfillment(const storage::View& view, OrderId order);
const api::Shape& fulfillment_shape();

}  // namespace orderd::fulfillment

#pragma once

#include "api/shape.h"
#include "base/json.h"
#include "fulfillment/return_request.h"
#include "fulfillment/shipment.h"

namespace orderd::fulfillment {

// Shipments and what is in them as JSON, each with its shape.

/// [{"item_id", "quantity"}]
Json to_json(const std::vector<Units>& units);

/// A shipment as staff see it.
Json describe(const Shipment& shipment);
const api::Shape& shipment_shape();

/// An order's parcels, for its answer to admins: orders::Beside::shipments_of.
Json describe_beside_order(const storage::View& view, OrderId order);

/// An order's parcels as its holder sees them, without voided ones. `shop_url`: the shop's public address.
Json describe_tracking(const storage::View& view, const orders::Order& order, const std::string& shop_url);
const api::Shape& tracking_shape();

/// What a customer asked for.
Json describe(const ReturnRequest& request);
const api::Shape& return_request_shape();

/// An order's status and all its shipments, as staff see them.
Json describe_fulfillment(const storage::View& view, OrderId order);
const api::Shape& fulfillment_shape();

}  // namespace orderd::fulfillment

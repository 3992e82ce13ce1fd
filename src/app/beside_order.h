#pragma once

#include <vector>

#include "orders/order.h"
#include "storage/events.h"

namespace orderd::app {

/// The payment, the shipments and the documents of an order, as subjects of events: orders::Beside::subjects_of.
std::vector<events::Subject> subjects_beside_order(const storage::View& view, OrderId order);

/// The orders with a parcel of this tracking number, or a document of this number.
std::vector<OrderId> orders_by_number(const storage::View& view, std::string_view text);

}  // namespace orderd::app

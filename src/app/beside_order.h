#pragma once

#include <vector>

#include "orders/order.h"
#include "storage/events.h"

namespace orderd::app {

/// The payment, the shipments and the documents of an order, as subjects of events: orders::Beside::subjects_of.
std::vector<events::Subject> subjects_beside_order(const storage::View& view, OrderId order);

}  // namespace orderd::app

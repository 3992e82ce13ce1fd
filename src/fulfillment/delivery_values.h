#pragma once

#include <string_view>

#include "base/json.h"
#include "orders/order.h"
#include "storage/view.h"

namespace orderd::fulfillment {

/// How an order gets to its customer, for the templates of pages and mails, in the order's language: {"name", "days",
/// "shipping", "pickup", "own_delivery", "place", "opening_hours", "note", "when"}. The last four are lines. Null where
/// nothing was agreed.
Json delivery_values(const storage::View& view, const orders::Order& order);

/// A text as a list of its lines.
Json lines_of(std::string_view text);

}  // namespace orderd::fulfillment

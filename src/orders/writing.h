#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalog/pricing.h"
#include "orders/order.h"
#include "orders/sums.h"
#include "storage/writer.h"

namespace orderd::orders {

// How a new order, and new lines of one, are written down. Who calls these takes the stock.

/// Writes the row of an order. `delivery`, `awaits`: as their columns have it.
void insert(storage::Transaction& tx, const Order& order, const Json& delivery, std::string_view awaits,
            std::optional<std::int64_t> placed_from);

/// Writes lines, each with its price, and adds them to `order`.
void insert_lines(storage::Transaction& tx, Order& order, const std::vector<catalog::Line>& lines,
                  const std::vector<PricedLine>& priced);

/// orders.awaits of an order with these lines.
std::string_view awaits_of(const std::vector<catalog::Line>& lines);

/// The body of "order.placed".
Json placed_body(const Order& order);

}  // namespace orderd::orders

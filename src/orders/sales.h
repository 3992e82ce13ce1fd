#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "base/time.h"
#include "storage/view.h"

namespace orderd::orders {

/// What was sold of a product in a span of time.
struct Sold {
    ProductId product{};
    std::string sku;
    std::string name;
    std::int64_t orders = 0;
    Quantity units = 0;  ///< at least 1: what was cancelled or came back is not counted
    Money discount;      ///< what these units cost less than their prices
    Money revenue;       ///< unit price × units − discount, with tax where prices include it
};

enum class MostFirst { units, revenue };

/// The products of the orders that were placed in a span, which are those that were paid or need not be: an order that
/// is pending, cancelled or expired sold nothing. Today's figures and the reports are made of it, so that they agree.
///
/// @param before  nullopt: to the newest order
std::vector<Sold> sold(const storage::View& view, Time from, std::optional<Time> before, MostFirst order,
                       std::int64_t most);

}  // namespace orderd::orders

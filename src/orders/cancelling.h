#pragma once

#include <string_view>
#include <vector>

#include "orders/shipping.h"

namespace orderd::orders {

inline constexpr Refused kNothingWouldBeLeft{
    409, "nothing_would_be_left",
    "Nothing of the order was shipped, and nothing would be left to ship. Cancel the whole order instead."};

/// Cancels some units of an open order that were not shipped: their stock is on sale again. The caller sees to it that they
/// are in no parcel. Once nothing is left to ship, the order becomes shipped. Records "order.rest_cancelled".
///
/// @param units  each line once, see one_line_each()
/// @returns what those units cost, see price_of()
/// @throws Refusal 409 `illegal_transition` for an order that is not open; `not_open` if fewer are left to ship;
///         `nothing_would_be_left`
Money cancel_units(storage::Transaction& tx, const Order& order, const std::vector<Units>& units,
                   std::string_view reason, const Actor& actor, Time now);

/// All that a partly shipped order has left to ship.
///
/// @throws Refusal 409 `illegal_transition` if it is not partly shipped
std::vector<Units> rest_of(const Order& order);

/// Has a partly shipped order of which nothing is left to ship be shipped, or returned. @returns whether it was one
bool close_if_sent(storage::Transaction& tx, OrderId id, const Actor& actor, Time now);

}  // namespace orderd::orders

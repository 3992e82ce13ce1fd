#pragma once

#include "base/caller.h"
#include "orders/order.h"

namespace orderd::orders {

/// Whether the caller may see an order: an admin, its customer, or whoever holds its access token.
bool may_see(const Caller& caller, const Order& order);

/// The order, if the caller may see it.
///
/// @throws Refusal 404 `not_found` if it does not exist or the caller may not see it: the answers are the
///         same
Order get_for(const storage::View& view, OrderId id, const Caller& caller);

}  // namespace orderd::orders

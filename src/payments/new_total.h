#pragma once

#include "base/time.h"
#include "orders/order.h"
#include "payments/desk.h"

namespace orderd::payments {

/// Sets the amount of an order's payment to the order's new total: orders::Beside::follow_total. Without a payment
/// there is nothing to set.
///
/// @returns false, and changes nothing, if money was taken or may be about to be: the payment is authorized or
///          captured, a charge has no outcome yet, or the shop was restored and a gateway was not asked yet what it knows of
///          the order
bool follow_total(const Desk& desk, storage::Transaction& tx, OrderId order, Money total, Time now);

}  // namespace orderd::payments

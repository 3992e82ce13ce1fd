#pragma once

#include "base/actor.h"
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

/// The same for an edit, which is not refused because money was taken: orders::Beside::meet_total. What was paid too much
/// is refunded; what is owed is charged by a further attempt. An authorization that is too small is let go, and the order
/// waits for another payment; one that is large enough is captured in part.
///
/// @throws Refusal 409 `money_cannot_follow` while a charge or a capture has no outcome yet, in a dispute, or if less is left
///         of the payment than would go back
void meet_total(const Desk& desk, storage::Transaction& tx, OrderId order, Money total, const Actor& actor, Time now);

}  // namespace orderd::payments

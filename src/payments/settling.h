#pragma once

#include "base/actor.h"
#include "orders/order.h"
#include "payments/gateway.h"
#include "payments/payment.h"

namespace orderd::payments {

/// How long an authorization may wait for its capture: card networks release it after seven days.
constexpr Duration kAuthorizationHolds = days(6);

/// How long an order waits for another payment after one failed that took days: long enough to read the mail about it.
constexpr Duration kAfterFailedDebit = days(3);

/// Whether the order still waits for a payment: it is neither paid nor closed.
inline bool waits_for_money(const orders::Order& order) {
    return order.status == orders::Status::pending || (orders::is_open(order.status) && order.balance.minor > 0);
}

/// Stores the outcome of an attempt. A successful charge pays the order, or is refunded automatically if the
/// order is no longer to be paid; a second charge for the same payment is refunded. What is already stored is
/// not stored again.
void settle(storage::Transaction& tx, AttemptId attempt, const Outcome& outcome, const Actor& actor, Time now);

}  // namespace orderd::payments

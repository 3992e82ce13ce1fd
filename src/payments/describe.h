#pragma once

#include <string>

#include "api/shape.h"
#include "base/json.h"
#include "payments/payment.h"

namespace orderd::payments {

// Payments as JSON, each beside the shape that says so. `base`: how customers reach the shop, for links that begin with
// "/".

/// What its order's holder sees, refunds included.
Json describe(const storage::View& view, const Payment& payment, const std::string& currency, const std::string& base);
const api::Shape& payment_shape();

/// What admins see: the same with the gateway's reference, what was written on receipt, and the attempts.
Json describe_for_admin(const storage::View& view, const Payment& payment, const std::string& currency,
                        const std::string& base);
const api::Shape& admin_payment_shape();

/// What an order's answer for admins shows of its payment: orders::Beside::payment_of. Null: it has none.
Json describe_beside_order(const storage::View& view, OrderId order);

Json describe(const Refund& refund, const std::string& currency);
const api::Shape& refund_shape();

Json describe(const Dispute& dispute, const std::string& currency);

}  // namespace orderd::payments

#pragma once

#include <string>

#include "api/shape.h"
#include "base/json.h"
#include "payments/list.h"
#include "payments/payment.h"

namespace orderd::payments {

// Payments as JSON, each with its shape. `base`: the shop's public address, for links that begin with "/".

/// A payment as its order's holder sees it, with its refunds.
Json describe(const storage::View& view, const Payment& payment, const std::string& currency, const std::string& base);
const api::Shape& payment_shape();

/// A payment as admins see it: the same with the gateway's reference, the reference noted on receipt, and the
/// attempts.
Json describe_for_admin(const storage::View& view, const Payment& payment, const std::string& currency,
                        const std::string& base);
const api::Shape& admin_payment_shape();

/// Orders' payments, for their answers to admins: orders::Beside::payments_of.
std::map<OrderId, Json> describe_beside_orders(const storage::View& view, const std::vector<OrderId>& orders);

/// The sums of a list. nullopt: there are too many payments to add up.
Json describe(const std::optional<Totals>& totals, const std::string& currency);
const api::Shape& totals_shape();

Json describe(const Refund& refund, const std::string& currency);
const api::Shape& refund_shape();

Json describe(const Dispute& dispute, const std::string& currency);

}  // namespace orderd::payments

#pragma once

#include <optional>
#include <string>

#include "base/actor.h"
#include "base/refused.h"
#include "orders/order.h"
#include "payments/gateway.h"
#include "payments/payment.h"

namespace orderd::payments {

inline constexpr Refused kOrderNotPayable{
    409, "order_not_payable",
    "The order cannot be paid: its reservation is over, or it is not pending any more. order_status says how it "
    "stands. Place it again if the customer still wants it."};
inline constexpr Refused kAlreadyPaid{
    409, "already_paid",
    "The order has a payment that took its money, or holds it; payment_id and payment_status name it. It is not "
    "charged a second time."};
inline constexpr Refused kAmountMismatch{
    422, "amount_mismatch",
    "The amount is not what is owed for the order; amount_owed is. Read the order again and show the customer its "
    "total."};
inline constexpr Refused kPaymentUnderWay{
    409, "payment_under_way",
    "A card is being charged for the order at the moment. Read payment_id until it is decided, then try again if it "
    "failed."};

/// A requested card payment. What needs no transaction has been done: the card is a token.
struct CardPayment {
    std::string gateway;
    Instrument instrument;
    std::string key;                              ///< drawn for the attempt; the gateway charges once per key
    std::string return_url;                       ///< where the customer comes back to from a confirmation
    std::optional<std::string> request_key = {};  ///< keyed hash of the client's Idempotency-Key
    std::optional<Money> amount = {};             ///< the client's amount; must equal what is owed
};

/// Starts a charge, or joins the one under way: 32 clients at once have one attempt.
///
/// @returns the attempt to wait for, or nullopt if the total was 0 and the order is now paid
/// @throws Refusal 409 `order_not_payable`, `already_paid`; 422 `amount_mismatch`; what require_chargeable() refuses
std::optional<AttemptId> begin_card(storage::Transaction& tx, const orders::Order& order, const CardPayment& wanted,
                                    const Actor& actor, Time now);

/// Starts a bank transfer or cash on delivery: from now on, the order waits for its money as long as
/// orders::HoldTimes says. A transfer is reminded of once in between (reminding.h).
///
/// @throws Refusal as begin_card; 409 `payment_under_way` while a card is being charged
Payment begin_manual(storage::Transaction& tx, const orders::Order& order, const std::string& method,
                     std::optional<Money> amount, const Actor& actor, Time now);

}  // namespace orderd::payments

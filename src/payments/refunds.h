#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "jobs/jobs.h"
#include "orders/lifecycle.h"
#include "orders/order.h"
#include "orders/shipping.h"
#include "payments/desk.h"
#include "payments/payment.h"

namespace orderd::payments {

inline constexpr Refused kGatewayNotAsked{409, "gateway_not_asked",
                                          "The shop was restored from a backup, and the gateway has not yet said what "
                                          "was refunded since. Try again in a minute."};
inline constexpr Refused kNothingCaptured{
    409, "nothing_captured",
    "No money was taken for the order, so none can go back. Void the payment, or leave the refund out."};
inline constexpr Refused kPaymentDisputed{
    409, "payment_disputed",
    "The customer disputes the payment with their bank, and the bank decides where the money goes. Do not refund it."};
inline constexpr Refused kRefundExceedsCaptured{
    409, "refund_exceeds_captured",
    "The refund is more than what is left of the payment; refundable says how much is left. Refund at most that."};
inline constexpr Refused kRefundNotToBeSent{
    409, "refund_not_to_be_sent",
    "The refund does not wait to be sent by hand; refund_status says how it stands. Read the payment again."};

// As with a charge, the transaction stores the refund and a job, and the job calls the gateway with the row's own key.

inline constexpr jobs::Kind kRefundJob{"payment.refund", jobs::Lane::money, jobs::kMoneyTries};  ///< {"refund_id"}

struct RefundWanted {
    std::optional<Money> amount;  ///< nullopt: all that is left
    std::string reason;
    std::vector<orders::Units> restock;     ///< units that came back and are restocked
    std::vector<orders::Units> units = {};  ///< that it pays back beside those; none of both: it is a sum
    std::string key;                        ///< drawn for the refund; the gateway refunds it once per key
    std::string_view pointer = {};          ///< the member of the request that has the amount; empty: none
};

/// Starts a refund: a manual one is to be sent by staff, another is made at the gateway by a job. One guarded
/// UPDATE takes the amount from what is left, so refunds never exceed what was captured.
///
/// @throws Refusal 409 `nothing_captured`, `payment_disputed`, `refund_exceeds_captured` with what is left;
///         422 `amount_off_step` for an amount that its gateway does not take;
///         `not_shipped` or `illegal_transition` if units to restock were not sent or came back before; 422
///         if a line does not belong to the order
RefundId refund(storage::Transaction& tx, Payment& payment, const RefundWanted& wanted, const Actor& actor, Time now);

/// The status of a captured payment, from its refunds and open disputes.
Status with_refunds(const storage::View& view, const Payment& payment);

/// Records that staff sent a refund by hand, with the event "payment.refunded": only now the customer is
/// told.
///
/// @throws Refusal 409 `refund_not_to_be_sent`
void refund_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now);

/// Records that a refund will not be sent after all: its amount can be refunded again. Records
/// "payment.refund_failed" with code `not_sent`.
///
/// @throws Refusal 409 `refund_not_to_be_sent`
void refund_not_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now);

/// Stores the refunds and disputes that a gateway reports for an attempt's charge, including those that were
/// made at the gateway and not here. What is already stored is not stored again. A lost dispute becomes a
/// refund that nobody requested.
void settle_returns(storage::Transaction& tx, AttemptId attempt, const Report& report, Time now);

/// Erases staff's comments on the payments and refunds of a customer's orders.
void erase_comments(storage::Transaction& tx, CustomerId customer);

/// Adds a job for each refund that has waited since before `until` without one.
void take_up_refunds(storage::Transaction& tx, Time until, Time now);

/// Registers the handlers of refunds, and of what closed orders hold (orders::kSettleJob).
void add_refund_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

#pragma once

#include <optional>
#include <string>
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

inline constexpr Refused kNotCapturable{
    409, "not_capturable",
    "The payment is not one that waits to be captured or received; payment_status says how it stands."};
inline constexpr Refused kCaptureUnderWay{409, "capture_under_way",
                                          "Another amount of the payment is being captured already; amount says how "
                                          "much. What is not captured then is released."};
inline constexpr Refused kNotVoidable{
    409, "not_voidable",
    "The payment holds nothing that could be released; payment_status says how it stands. Refund what was captured."};
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

// What happens to money once it was promised: it is captured, let go, or given back. As with a charge, the transaction
// writes what is wanted and a job, and the job asks the gateway with the row's own key.

inline constexpr jobs::Kind kCaptureJob{"payment.capture", jobs::Lane::money,
                                        jobs::kMoneyTries};  ///< {"payment_id", "amount", "actor"}
inline constexpr jobs::Kind kVoidJob{"payment.void", jobs::Lane::money,
                                     jobs::kMoneyTries};  ///< {"payment_id", "actor"}: who wanted it
inline constexpr jobs::Kind kRefundJob{"payment.refund", jobs::Lane::money, jobs::kMoneyTries};  ///< {"refund_id"}

/// Takes an authorized amount, or less of it: a job does. A manual payment is marked received, and is settled by that.
///
/// @returns whether it was begun by this: false if the same capture was under way
/// @throws Refusal 409 `not_capturable`, also while it is being let go; `capture_under_way` with its amount, where that
///         is another; 422 for more than was authorized
bool capture(storage::Transaction& tx, Payment& payment, std::optional<Money> amount, std::string_view reference,
             const Actor& actor, Time now);

/// Lets go of what was not captured: a job does. A manual payment is given up at once.
///
/// @returns whether it was begun by this: false if it was under way
/// @throws Refusal 409 `not_voidable`, also while it is being captured: of the two, the first wins
bool void_payment(storage::Transaction& tx, Payment& payment, const Actor& actor, Time now);

struct RefundWanted {
    std::optional<Money> amount;  ///< nullopt: all that is left
    std::string reason;
    std::vector<orders::Units> restock;  ///< units that came back and go on the shelf again
    std::string key;                     ///< drawn for the refund; the gateway gives back once for it
};

/// Starts a refund: by hand it is to be sent, at a gateway a job makes it. One guarded UPDATE takes the amount from
/// what is left, so that sums never pass what was captured.
///
/// @throws Refusal 409 `nothing_captured`, `payment_disputed`, `refund_exceeds_captured` with what is left;
///         `not_shipped` or `illegal_transition` for a restock of units that were not sent or came back before;
///         422 for one of a line that is not the order's
RefundId refund(storage::Transaction& tx, Payment& payment, const RefundWanted& wanted, const Actor& actor, Time now);

/// Staff sent a refund by hand: only now it is told to the customer. Records "payment.refunded".
///
/// @throws Refusal 409 `refund_not_to_be_sent`
void refund_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now);

/// It will not be sent after all: its sum can be refunded again. Records "payment.refund_failed" with code `not_sent`.
///
/// @throws Refusal 409 `refund_not_to_be_sent`
void refund_not_sent(storage::Transaction& tx, const Refund& refund, const Actor& actor, Time now);

/// Writes down what a gateway tells of the refunds and disputes of an attempt's charge: also those that were made
/// there, and not here. What was written before is not written again. A dispute that was lost is a refund that nobody
/// wanted.
void settle_returns(storage::Transaction& tx, AttemptId attempt, const Report& report, Time now);

/// Takes away what staff wrote about the payments and refunds of a customer's orders.
void erase_comments(storage::Transaction& tx, CustomerId customer);

/// Refunds that wait since before `until` without a job get one.
void take_up_refunds(storage::Transaction& tx, Time until, Time now);

/// Has the jobs above handled.
void add_returning_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

#pragma once

#include <optional>
#include <string_view>

#include "base/actor.h"
#include "base/json.h"
#include "base/refused.h"
#include "jobs/jobs.h"
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
// As with a charge, the transaction stores a job, and the job calls the gateway.

inline constexpr jobs::Kind kCaptureJob{"payment.capture", jobs::Lane::money,
                                        jobs::kMoneyTries};  ///< {"payment_id", "amount", "actor"}
inline constexpr jobs::Kind kVoidJob{"payment.void", jobs::Lane::money,
                                     jobs::kMoneyTries};  ///< {"payment_id", "actor"}: who requested it

/// Captures an authorized amount, or less of it, by a job. A manual payment is marked received, and is
/// settled at once.
///
/// @returns whether this call started it: false if the same capture was already under way
/// @throws Refusal 409 `not_capturable`, also while it is being voided; `capture_under_way` with the amount
///         of another capture; 422 for more than was authorized, `amount_off_step`
bool capture(storage::Transaction& tx, Payment& payment, std::optional<Money> amount, std::string_view reference,
             const Actor& actor, Time now);

/// Voids an uncaptured payment, by a job. A manual payment is voided at once.
///
/// @returns whether this call started it: false if it was already under way
/// @throws Refusal 409 `not_voidable`, also while it is being captured: of the two, the first wins
///
/// @param is_replaced  the order waits for another payment, as long as it waited for this one
bool void_payment(storage::Transaction& tx, Payment& payment, const Actor& actor, Time now, bool is_replaced = false);

/// The payload of the capture job, if there is one: until it is done, no other request may decide about the same money.
std::optional<Json> capture_under_way(const storage::View& view, const Payment& payment);

/// Registers the handlers of the jobs above.
void add_capturing_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

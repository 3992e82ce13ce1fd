#pragma once

#include <string_view>

#include "jobs/jobs.h"
#include "payments/payment.h"

namespace orderd::payments {

// The jobs for one attempt, and how to add them. charging.h handles them.

inline constexpr jobs::Kind kChargeJob{"payment.charge", jobs::Lane::money, jobs::kMoneyTries};  ///< {"attempt_id"}
/// {"attempt_id", "reference"}: asks for the state of a charge that may have changed.
inline constexpr jobs::Kind kLookUpJob{"payment.look_up", jobs::Lane::money, jobs::kMoneyTries};
/// {"attempt_id"}: refunds a second charge.
inline constexpr jobs::Kind kReturnJob{"payment.return", jobs::Lane::money, jobs::kMoneyTries};
/// {"attempt_id"}: like kLookUpJob, for one of many that nobody waits for; a few run at a time.
inline constexpr jobs::Kind kCompareJob{"payment.compare", jobs::Lane::upkeep, jobs::kMoneyTries};

/// Adds a job for an attempt, in the transaction that needs it. While one of its kind waits, no second one is
/// added.
///
/// @param again true if the gateway may have been called for this attempt before
void ask_for(storage::Transaction& tx, jobs::Kind kind, AttemptId attempt, Time now, bool again = false);

/// Adds a job that asks the gateway about an attempt. `reference`: the gateway's name for the charge; empty:
/// the stored one.
void ask_to_look_up(storage::Transaction& tx, AttemptId attempt, std::string_view reference, Time now);

}  // namespace orderd::payments

#pragma once

#include <string_view>

#include "jobs/jobs.h"
#include "payments/payment.h"

namespace orderd::payments {

// The jobs about one attempt, and how they are asked for. charging.h handles them.

inline constexpr jobs::Kind kChargeJob{"payment.charge", jobs::Lane::money, jobs::kMoneyTries};  ///< {"attempt_id"}
/// {"attempt_id", "reference"}: asks how a charge stands, since there is something to see.
inline constexpr jobs::Kind kLookUpJob{"payment.look_up", jobs::Lane::money, jobs::kMoneyTries};
/// {"attempt_id"}: gives a second charge back.
inline constexpr jobs::Kind kReturnJob{"payment.return", jobs::Lane::money, jobs::kMoneyTries};
/// {"attempt_id"}: as kLookUpJob, of one among many that nobody waits for; a few at a time.
inline constexpr jobs::Kind kCompareJob{"payment.compare", jobs::Lane::upkeep, jobs::kMoneyTries};

/// Asks for a job about an attempt, in the transaction that needs it. While one of its kind waits, no second one is
/// added.
///
/// @param again  a gateway may have been asked for this attempt before
void ask_for(storage::Transaction& tx, jobs::Kind kind, AttemptId attempt, Time now, bool again = false);

/// Asks the gateway about an attempt, soon, in a job. `reference`: what the gateway calls its charge; empty: as it is
/// written down.
void ask_to_look_up(storage::Transaction& tx, AttemptId attempt, std::string_view reference, Time now);

}  // namespace orderd::payments

#pragma once

#include <string_view>

#include "jobs/jobs.h"
#include "payments/charge_jobs.h"
#include "payments/desk.h"
#include "payments/payment.h"
#include "payments/settling.h"

namespace orderd::payments {

// How a card is charged exactly once. The request writes payment, attempt and job in one transaction
// (starting.h). The job calls the gateway with the attempt's own key, and settles the outcome in another
// transaction. If the process dies in between, the job runs again, and the gateway answers the same key with
// the same charge. Outcomes from webhooks, confirmations and the jobs below all go through the same settle()
// (settling.h), which counts a charge once.

/// Runs every few minutes: takes up charges that have been under way for too long.
inline constexpr jobs::Kind kLookAfterJob{"payment.look_after", jobs::Lane::upkeep};
/// Runs every few hours: asks about charges that gateways decide in days.
inline constexpr jobs::Kind kReconcileJob{"payment.reconcile", jobs::Lane::upkeep};

/// Asks the gateway about an attempt now, on this thread, and stores the answer. Call it outside any
/// transaction.
///
/// @throws GatewayTrouble
void look_up(Desk& desk, AttemptId attempt, std::string_view reference = {});

/// Wraps a handler: if the gateway is in trouble, the job waits, and so do the gateway's other jobs.
jobs::Handler asking_gateway(jobs::Handler handler);

/// Adds the handlers of these jobs and of those in charge_jobs.h.
void add_charging_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

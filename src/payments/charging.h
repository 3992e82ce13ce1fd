#pragma once

#include <string_view>

#include "jobs/jobs.h"
#include "payments/charge_jobs.h"
#include "payments/desk.h"
#include "payments/payment.h"
#include "payments/settling.h"

namespace orderd::payments {

// How money is taken from a card, once. The request writes payment, attempt and job in one transaction (starting.h).
// The job asks the gateway, with the attempt's own key, and settles what came of it in another. If the process dies in
// between, the job runs again, and the gateway answers the same key with the same charge. What comes by webhook, by
// confirmation or from the jobs below goes through the same settle() (settling.h), which counts a charge once.

/// Every few minutes: charges that have been under way for too long.
inline constexpr jobs::Kind kLookAfterJob{"payment.look_after", jobs::Lane::upkeep};
/// Every few hours: what gateways decide in days.
inline constexpr jobs::Kind kReconcileJob{"payment.reconcile", jobs::Lane::upkeep};

/// Asks the gateway about an attempt now, on this thread, and writes down what it says. Outside any transaction.
///
/// @throws GatewayTrouble
void look_up(Desk& desk, AttemptId attempt, std::string_view reference = {});

/// A handler whose job waits for its gateway, and with it the others, if the gateway cannot say what it did.
jobs::Handler asking_gateway(jobs::Handler handler);

/// Adds the handlers of these jobs and of those in charge_jobs.h.
void add_charging_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

#pragma once

#include <optional>
#include <string>

#include "base/actor.h"
#include "base/refused.h"
#include "jobs/jobs.h"
#include "orders/order.h"
#include "payments/desk.h"
#include "payments/payment.h"

namespace orderd::payments {

inline constexpr Refused kOrderNotPayable{
    409, "order_not_payable",
    "The order cannot be paid: its reservation is over, or it is not pending any more. order_status says how it "
    "stands. Place it again if the customer still wants it."};
inline constexpr Refused kAlreadyPaid{409, "already_paid",
                                      "The order has a payment that took its money, or holds it; payment_id and "
                                      "payment_status name it. It is not charged a second time."};
inline constexpr Refused kAmountMismatch{422, "amount_mismatch",
                                         "The amount is not what is owed for the order; amount_owed is. Read the order "
                                         "again and show the customer its total."};
inline constexpr Refused kPaymentUnderWay{409, "payment_under_way",
                                          "A card is being charged for the order at the moment. Read payment_id until "
                                          "it is decided, then try again if it failed."};

// How money is taken from a card, once. The request writes payment, attempt and job in one transaction. The job asks
// the gateway, with the attempt's own key, and settles what came of it in another. Whoever dies in between, the job is
// done again, and the gateway answers the same key with the same charge. What comes by webhook, by confirmation or by
// looking after it goes through the same settle(), which counts a charge once.

inline constexpr jobs::Kind kChargeJob{"payment.charge", jobs::Lane::money, jobs::kMoneyTries};  ///< {"attempt_id"}
/// {"attempt_id", "reference"}: asks how a charge stands, since there is something to see.
inline constexpr jobs::Kind kLookUpJob{"payment.look_up", jobs::Lane::money, jobs::kMoneyTries};
/// {"attempt_id"}: gives a second charge back.
inline constexpr jobs::Kind kReturnJob{"payment.return", jobs::Lane::money, jobs::kMoneyTries};
/// Again and again: what has been under way for too long.
inline constexpr jobs::Kind kLookAfterJob{"payment.look_after", jobs::Lane::upkeep};
/// Seldom: what gateways decide in days.
inline constexpr jobs::Kind kReconcileJob{"payment.reconcile", jobs::Lane::upkeep};
/// {"attempt_id"}: as kLookUpJob, of one among many that nobody waits for; a few at a time.
inline constexpr jobs::Kind kCompareJob{"payment.compare", jobs::Lane::upkeep, jobs::kMoneyTries};

/// A card payment as it is asked for. All that needs no transaction is done: the card is a token.
struct CardPayment {
    std::string gateway;
    Instrument instrument;
    std::string key;                              ///< drawn for the attempt; the gateway charges once for it
    std::string return_url;                       ///< where the customer comes back to from a confirmation
    std::optional<std::string> request_key = {};  ///< keyed hash of the client's Idempotency-Key
    std::optional<Money> amount = {};             ///< as the client thinks; must be what is owed
};

/// Starts a charge, or joins the one under way: 32 clients at once have one attempt.
///
/// @returns the attempt to wait for, or nothing where there was nothing to pay and the order is paid by that
/// @throws Refusal 409 `order_not_payable`, `already_paid`; 422 `amount_mismatch`
std::optional<AttemptId> begin_card(storage::Transaction& tx, const orders::Order& order, const CardPayment& wanted,
                                    const Actor& actor, Time now);

/// Bank transfer or cash on delivery: the order waits for its money as long as orders::HoldTimes says, from now on. A
/// transfer is asked for once more in between (reminding.h).
///
/// @throws Refusal as begin_card; 409 `payment_under_way` while a card is being charged
Payment begin_manual(storage::Transaction& tx, const orders::Order& order, const std::string& method,
                     std::optional<Money> amount, const Actor& actor, Time now);

/// Writes down how an attempt stands. A charge that landed pays the order, or goes back by itself where the order is no
/// longer to be paid; a second charge for the same payment goes back. What was written before is not written again.
void settle(storage::Transaction& tx, AttemptId attempt, const Outcome& outcome, const Actor& actor, Time now);

/// Asks the gateway about an attempt, soon, in a job. `reference`: what the gateway calls its charge; empty: as it is
/// written down.
void ask_to_look_up(storage::Transaction& tx, AttemptId attempt, std::string_view reference, Time now);

/// Asks the gateway about an attempt now, on this thread, and writes down what it says. Outside any transaction.
///
/// @throws GatewayTrouble
void look_up(Desk& desk, AttemptId attempt, std::string_view reference = {});

/// How long an authorization may wait for its capture: card networks let it go after seven days.
constexpr Duration kAuthorizationHolds = days(6);

/// Has the jobs above handled.
/// A handler whose job waits for its gateway, and with it the others, where the gateway cannot say what it did.
jobs::Handler asking_gateway(jobs::Handler handler);

void add_charging_jobs(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

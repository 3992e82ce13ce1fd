#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "jobs/jobs.h"
#include "payments/desk.h"

namespace orderd::payments {

// A backup does not know what the gateways did after it was made. So a restored shop asks each gateway once
// for everything since then, and stores the answers, before it charges or refunds anything for an order from
// the backup.

inline constexpr jobs::Kind kAskJob{"payment.ask_after_restore", jobs::Lane::money, 100};

/// The work that a restore left.
struct Restored {
    Time at;
    Time since;                      ///< gateways may have done things since then that the backup lacks
    OrderId last_order{};            ///< the last order in the backup
    std::vector<std::string> asked;  ///< gateways that have already answered
};

/// nullopt if the shop was never restored.
std::optional<Restored> read_restored(const storage::View& view);

/// Stores it, in the restore's transaction, and adds the job that asks.
void note_restored(storage::Transaction& tx, const Restored& restored);

/// Whether a gateway may know of charges or refunds for this order that the shop does not.
bool is_to_be_asked(const storage::View& view, OrderId order, std::string_view gateway);

/// Asks the gateway, if it still has to be asked for this order, and stores the answer. Call it outside any
/// transaction.
///
/// @throws GatewayTrouble if it did not answer: nothing may be charged or refunded there yet
void ask_first(Desk& desk, OrderId order, std::string_view gateway);

/// Whether a charge for the order, of which the shop's people were told since the backup lacks it, still has the customer's
/// money or may get it: no other one is made beside it. Asks the gateway; call it outside any transaction.
///
/// @throws GatewayTrouble
bool is_charged_already(Desk& desk, OrderId order);

/// Registers the job's handler.
void add_restore_job(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

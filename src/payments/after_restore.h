#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "jobs/jobs.h"
#include "payments/desk.h"

namespace orderd::payments {

// A backup does not know what the gateways did after it was made. So a shop that was restored asks each of them once
// for all that it did since, and takes that over, before anything is charged or refunded there for an order of the
// backup.

inline constexpr jobs::Kind kAskJob{"payment.ask_after_restore", jobs::Lane::money, 100};

/// What a restore left to be done.
struct Restored {
    Time at;
    Time since;                      ///< what gateways did from then on may not be in the backup
    OrderId last_order{};            ///< orders up to it are of the backup
    std::vector<std::string> asked;  ///< gateways that said what they did
};

/// Nothing in a shop that was never restored.
std::optional<Restored> read_restored(const storage::View& view);

/// Notes it, in the restore's transaction, and adds the job that asks.
void note_restored(storage::Transaction& tx, const Restored& restored);

/// Whether a gateway may know of charges or refunds for this order that the shop does not.
bool is_to_be_asked(const storage::View& view, OrderId order, std::string_view gateway);

/// Asks the gateway where it is to be asked for this order, and writes down what it says. Outside any transaction.
///
/// @throws GatewayTrouble if it did not answer: nothing may be charged or refunded there yet
void ask_first(Desk& desk, OrderId order, std::string_view gateway);

/// Has the job handled.
void add_restore_job(jobs::Workers& workers, Desk& desk);

}  // namespace orderd::payments

#pragma once

#include "base/refused.h"
#include "fulfillment/fulfilling.h"
#include "jobs/jobs.h"

namespace orderd::fulfillment {

// Staff who mark parcels as shipped can take that back for a minute. Until the minute is over the parcel is in the shop: no
// stock has moved, no mail, webhook or invoice was made. So taking it back undoes all of it.

inline constexpr Refused kAlreadyLeft{
    409, "already_left",
    "The minute in which it could be taken back is over, or nothing of the order was marked as shipped: parcels that have "
    "left stay so, and their customers were told."};

constexpr Duration kMayStay = minutes(1);  ///< how long it can be taken back

/// {"shipment_id", "actor"}: the parcel leaves now, unless it was taken back.
inline constexpr jobs::Kind kLeaveJob{"shipment.leave", jobs::Lane::upkeep, 5};

/// Marks a parcel as shipped: it leaves when kMayStay is over, by a job. Does nothing if it is marked already. Records
/// "shipment.leaving".
///
/// @throws Refusal what ship() would refuse now
void leave_soon(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Takes back that parcels of an order were marked as shipped. Records "shipment.stayed" for each.
///
/// @throws Refusal 409 `already_left`
void stay(storage::Transaction& tx, OrderId order, const Actor& actor, Time now);

/// The job: ships the parcel. What cannot be shipped any more becomes a dead letter that says why.
void leave_now(storage::Store& store, const Clock& clock, const jobs::Job& job);

inline constexpr auto kShipWhenPacked = "ship_when_packed";

/// Whether an order is marked as shipped once its last unit was scanned at the packing table: a setting.
bool read_ship_when_packed(const storage::View& view);

}  // namespace orderd::fulfillment

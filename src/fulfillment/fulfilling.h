#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/refused.h"
#include "fulfillment/carrier.h"
#include "jobs/lanes.h"
#include "orders/lifecycle.h"
#include "orders/list.h"

namespace orderd::fulfillment {

inline constexpr Refused kNothingToShip{
    409, "nothing_to_ship",
    "Every unit of the order is in a parcel already, or was cancelled. Read the order's parcels."};
inline constexpr Refused kWeightUnknown{
    409, "weight_unknown",
    "The carrier needs the parcel's weight, and a product in it has none. items names those products. Send "
    "parcel.weight_g; a weight that is set on a product counts for later orders."};
inline constexpr Refused kNewerKnown{
    409, "newer_known",
    "What you say of the parcel is older than what is known of it; newest_at says how new that is. Leave at out to say "
    "how it stands now."};
inline constexpr Refused kAlreadyTold{409, "already_told",
                                      "The same was said of the parcel before. There is nothing to do."};

// What happens to shipments. Each is one change inside the writer's transaction: the shipment, its order's lines, stock
// and status, and the events that tell of it.

/// {"shipment_id", "actor"}: who wants it.
inline constexpr jobs::Kind kLabelJob{"shipment.label", jobs::Lane::parcels, 8};
inline constexpr jobs::Kind kVoidJob{"shipment.void", jobs::Lane::parcels};
inline constexpr jobs::Kind kVoidAllJob = orders::kVoidAllJob;  ///< {"order_id", "actor"}

struct NewShipment {
    std::string carrier = "local";
    std::string service = "standard";
    std::optional<std::int64_t> weight_g;  ///< nothing: what the items weigh, as far as that is known
    bool needs_weight = false;             ///< its carrier does (Carrier::needs_weight)
    std::optional<std::int64_t> length_mm;
    std::optional<std::int64_t> width_mm;
    std::optional<std::int64_t> height_mm;
    std::vector<Units> items;                    ///< empty: everything that is in no parcel yet
    std::optional<std::string> tracking_number;  ///< of a label that was bought elsewhere, tidy
};

/// The parcel as start() would make it; nothing is written.
///
/// @throws Refusal 409 `nothing_to_ship`, `not_open`, `weight_unknown` with its "items"; 422 for a line that is not the
/// order's
Shipment plan(const storage::View& view, const orders::Order& order, const NewShipment& wanted);

/// Starts a parcel: a job gets its label. With its first parcel the order becomes processing.
///
/// @throws Refusal 409 `illegal_transition`, `not_paid`, `nothing_to_ship`; 409 `not_open` if the units are in
///         another parcel already; 422 for a line that is not the order's
ShipmentId start(storage::Transaction& tx, const orders::Order& order, const NewShipment& wanted, const Actor& actor,
                 Time now);

/// The label is there: label_pending → label_ready. Does nothing if the shipment is no longer pending.
///
/// @param actor  who asked for it
/// @returns whether it did
bool label_made(storage::Transaction& tx, ShipmentId id, const Label& label, const Actor& actor, Time now);

/// label_pending → failed, with why. Does nothing if the shipment is no longer pending.
void label_failed(storage::Transaction& tx, ShipmentId id, std::string_view why, Time now);

/// Asks for the label once more: failed → label_pending.
void retry(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Gives up a parcel whose label was not used: its units can go into another one. A carrier that sold it is asked for
/// the money by a job.
void void_label(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Adds a job that asks for the refund of a label that will not be used.
void ask_for_money_back(storage::Transaction& tx, ShipmentId id, Time now);

/// Voids every parcel of an order that has not left the shop.
void void_all(storage::Transaction& tx, OrderId order, const Actor& actor, Time now);

/// The parcel leaves the house: label_ready → in_transit; on_hand and reserved fall.
void ship(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// The parcel arrived. The order is delivered with its last one.
void deliver(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Adds a tracking event, once; a time in the future counts as now. What staff say (`strict`) moves the
/// shipment, or is refused. What a carrier tells moves it where nothing newer is known, and always where the parcel
/// came to its end: senders' clocks may be wrong. A label that a carrier scans was shipped, whether somebody said so
/// here or not.
///
/// @returns whether it was new
/// @throws Refusal if `strict`: 409 `illegal_transition` for a step that the machine does not have, `already_told`,
///         `newer_known`
bool track(storage::Transaction& tx, ShipmentId id, const TrackingEvent& event, bool strict, const Actor& actor,
           Time now);

/// How far the parcels of these orders are; orders without parcels are left out.
std::map<OrderId, orders::ParcelProgress> progress_of(const storage::View& view, const Carriers& carriers,
                                                      const std::vector<OrderId>& orders);

/// Removes the personal data in parcels and returns of a customer's orders: labels, which show a name and a street,
/// what carriers said, and why goods came back.
void erase_parcels(storage::Transaction& tx, CustomerId customer);

}  // namespace orderd::fulfillment

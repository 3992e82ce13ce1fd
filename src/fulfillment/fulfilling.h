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
    "Every unit of the order is already in a parcel, or was cancelled. Read the order's parcels."};
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

inline constexpr Refused kPickedUp{
    409, "picked_up",
    "The order is picked up, so it goes in no parcel and has no label. Say that it is ready (status: ready), and once it was "
    "handed over, that it is delivered."};
inline constexpr Refused kShippedInParcels{
    409, "shipped_in_parcels",
    "Only an order that is picked up, or that the shop brings itself, becomes ready without a parcel. Start a parcel."};

// Changes of shipments. Each is one change inside the writer's transaction: the shipment, its order's lines,
// stock and status, and the events that record it.

/// {"shipment_id", "actor"}: the actor requested it.
inline constexpr jobs::Kind kLabelJob{"shipment.label", jobs::Lane::parcels, 8};
inline constexpr jobs::Kind kVoidJob{"shipment.void", jobs::Lane::parcels};
inline constexpr jobs::Kind kVoidAllJob = orders::kVoidAllJob;  ///< {"order_id", "actor"}

struct NewShipment {
    std::string carrier = "local";
    std::string service = "standard";
    std::optional<std::int64_t> weight_g;  ///< nullopt: the sum of the items, as far as it is known
    bool needs_weight = false;             ///< Carrier::needs_weight of its carrier
    std::optional<std::int64_t> length_mm;
    std::optional<std::int64_t> width_mm;
    std::optional<std::int64_t> height_mm;
    std::vector<Units> items;                    ///< empty: everything in stock that is in no parcel yet
    std::optional<std::string> tracking_number;  ///< of a label bought elsewhere; normalized by tidy_number()
};

/// The parcel that start() would create; nothing is written.
///
/// @throws Refusal 409 `nothing_to_ship`, `not_open`, `units_awaited`, `weight_unknown` with its "items"; 422 for a line
/// that is not the order's
Shipment plan(const storage::View& view, const orders::Order& order, const NewShipment& wanted);

/// The units of an order that are in stock and in no parcel yet.
std::vector<Units> open_units_in_stock(const storage::View& view, const orders::Order& order);

/// Starts a parcel: a job gets its label. With its first parcel the order becomes processing.
///
/// @throws Refusal 409 `illegal_transition`, `not_paid`, `nothing_to_ship`; `picked_up`; 409 `not_open` if the units are
///         in another parcel already, `units_awaited` if they are not in stock yet; 422 for a line that is not the order's
ShipmentId start(storage::Transaction& tx, const orders::Order& order, const NewShipment& wanted, const Actor& actor,
                 Time now);

/// Whether an order is handed over without parcels: it is picked up, or the shop brings it.
bool has_no_parcels(const orders::Order& order);

/// Says that such an order can be fetched, or is brought next: all of it that is not ready yet, or these items. Its
/// customer gets a mail.
///
/// @throws Refusal what start() refuses; 409 `shipped_in_parcels`
ShipmentId set_ready(storage::Transaction& tx, const orders::Order& order, const std::vector<Units>& items,
                     const Actor& actor, Time now);

/// Stores the label: label_pending → label_ready. Does nothing if the shipment is no longer pending. If the order was
/// changed while it was being bought, it is outdated from the start (outdating.h).
///
/// @param actor  who asked for it
/// @returns whether the label was stored
bool label_made(storage::Transaction& tx, ShipmentId id, const Label& label, const Actor& actor, Time now);

/// label_pending → failed, with the reason. Does nothing if the shipment is no longer pending.
void label_failed(storage::Transaction& tx, ShipmentId id, std::string_view why, Time now);

/// Requests the label again: failed → label_pending.
void retry(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Voids a parcel whose label was not used: its units can go into another one. A job asks the carrier that
/// sold the label for a refund.
void void_label(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Adds a job that asks for the refund of a label that will not be used.
void ask_for_money_back(storage::Transaction& tx, ShipmentId id, Time now);

/// Voids every parcel of an order that has not left the shop.
void void_all(storage::Transaction& tx, OrderId order, const Actor& actor, Time now);

/// Records that the parcel left the shop: label_ready → in_transit; on_hand and reserved fall.
///
/// @throws Refusal 409 `illegal_transition`, `label_outdated`; as orders::require_paid() and orders::ship()
void ship(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Records that the parcel arrived, or that what was ready was handed over: then on_hand and reserved fall now. When the last parcel of an order arrives, the order is delivered.
void deliver(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Adds a tracking event, once; a time in the future counts as now. If staff report it (`strict`), it moves
/// the shipment or is refused. If a carrier reports it, it moves the shipment only if nothing newer is known;
/// but delivered and returned always count, since the sender's clock may be wrong. If a carrier has scanned a
/// parcel, it was shipped, whether or not staff said so.
///
/// @returns whether it was new
/// @throws Refusal if `strict`: 409 `illegal_transition` for a step that the machine does not have, `already_told`,
///         `newer_known`
bool track(storage::Transaction& tx, ShipmentId id, const TrackingEvent& event, bool strict, const Actor& actor,
           Time now);

/// The progress of these orders' parcels; orders without parcels are left out.
std::map<OrderId, orders::ParcelProgress> progress_of(const storage::View& view, const Carriers& carriers,
                                                      const std::vector<OrderId>& orders);

/// Erases the personal data in parcels and returns of a customer's orders: labels (which show name and
/// street), what carriers reported, and the reasons for returns.
void erase_parcels(storage::Transaction& tx, CustomerId customer);

}  // namespace orderd::fulfillment

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"
#include "fulfillment/machine.h"
#include "orders/shipping.h"
#include "storage/writer.h"

namespace orderd::fulfillment {

inline constexpr Refused kNoShipment{
    409, "no_shipment",
    "The order has no parcel that this could be done with: none was started, or all of them have left or were given "
    "up. Start a parcel first."};

using orders::Units;

/// The weight and size of a parcel.
struct Parcel {
    std::optional<std::int64_t> weight_g;  ///< nullopt: unknown, which is not 0
    std::optional<std::int64_t> length_mm;
    std::optional<std::int64_t> width_mm;
    std::optional<std::int64_t> height_mm;
};

/// One parcel of an order.
struct Shipment {
    ShipmentId id{};
    OrderId order{};
    std::string carrier;  ///< who makes the label: "local", "easypost"; nobody: "pickup", "own_delivery"
    std::string service;
    Status status = Status::label_pending;
    std::optional<std::string> tracking_number;
    std::optional<std::string> tracked_by;  ///< whose tracking number it is: "ups", "dhl", …
    std::optional<std::string> tracking_url;
    std::optional<std::string> carrier_reference;
    std::optional<Money> cost;  ///< of the label
    std::optional<std::string> cost_currency;
    Parcel parcel;
    std::string failure;  ///< why there is no label; without personal data
    std::optional<Time> shipped_at;
    std::optional<Time> delivered_at;
    std::optional<Time> outdated_at = {};  ///< since when its order says something else than its label (outdating.h)
    std::optional<Time> leaves_at = {};    ///< marked shipped, which counts from then on (leaving.h)
    Time created_at;
    Time updated_at;
    std::int64_t version = 1;
    std::vector<Units> items;
};

/// @throws Refusal 404 `not_found`
Shipment get_shipment(const storage::View& view, ShipmentId id);

/// The newest parcels with a tracking number, however it is typed. They are few.
std::vector<Shipment> find_by_number(const storage::View& view, std::string_view typed);

/// Oldest first.
/// The units of an order that are in parcels, and have not left.
std::map<ItemId, Quantity> packed_of(const storage::View& view, OrderId order);

std::vector<Shipment> shipments_of(const storage::View& view, OrderId order);

/// Those that have not left the shop: is_in_house(). Oldest first.
std::vector<Shipment> parcels_in_house(const storage::View& view, OrderId order);

/// Whether a parcel of the order was handed over and has not been delivered.
bool is_under_way(const storage::View& view, OrderId order);

/// Something that happened to a parcel, as the carrier or an admin reports it.
struct TrackingEvent {
    Status status = Status::in_transit;
    std::string description;
    std::string location;
    Time at;
};

/// Oldest first.
std::vector<TrackingEvent> events_of(const storage::View& view, ShipmentId id);

/// Writes the row's own columns and increases its version.
void save(storage::Transaction& tx, const Shipment& shipment, Time now);

/// @returns the new shipment's id
ShipmentId insert(storage::Transaction& tx, const Shipment& shipment, Time now);

/// @returns whether it is new: an equal event is stored once
bool insert(storage::Transaction& tx, ShipmentId id, const TrackingEvent& event, Time now);

/// The label as its carrier made it, PNG and ZPL; nullopt if it is drawn on demand.
std::optional<std::string> read_label(const storage::View& view, ShipmentId id);
std::optional<std::string> read_zpl(const storage::View& view, ShipmentId id);
void save_label(storage::Transaction& tx, ShipmentId id, const std::optional<std::string>& png,
                const std::optional<std::string>& zpl);

}  // namespace orderd::fulfillment

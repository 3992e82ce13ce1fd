#pragma once

#include <string>
#include <vector>

#include "base/refused.h"
#include "fulfillment/fulfilling.h"

namespace orderd::fulfillment {

// Labels and customs declarations are made outside the database: bought, and printed. If the order changes after that, they
// are outdated, and staff decide: void and make anew, or keep. Until then the parcel is not shipped.

inline constexpr Refused kLabelOutdated{
    409, "label_outdated",
    "The order was changed after the parcel's label was made, so the label says something else than the order. Replace the "
    "label, or keep it, and then ship the parcel."};
inline constexpr Refused kLabelNotOutdated{
    409, "label_not_outdated",
    "The parcel's label says what its order says, or the parcel has left: there is nothing to decide."};

/// Marks the labels of an order's parcels that are still in the shop as outdated: orders::Beside::outdate_parcels. Records
/// "shipment.label_outdated" for each. A label that is being bought meanwhile is marked when it comes (label_made).
///
/// @param what  what of the order has changed; what no label shows outdates none
void outdate(storage::Transaction& tx, OrderId order, const std::vector<std::string>& what, const Actor& actor,
             Time now);

/// @throws Refusal 409 `label_outdated`
void require_current(const Shipment& shipment);

/// Staff decide that the parcel goes with its label as it is. Records "shipment.label_kept".
///
/// @throws Refusal 409 `label_not_outdated`
void keep_label(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now);

/// Voids the parcel, and starts another one with the same contents, carrier and service.
///
/// @returns the new parcel's id
/// @throws Refusal 409 `label_not_outdated`; what void_label() and start() refuse
ShipmentId replace_label(storage::Transaction& tx, const Shipment& shipment, const Carriers& carriers,
                         const Actor& actor, Time now);

}  // namespace orderd::fulfillment

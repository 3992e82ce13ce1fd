#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "fulfillment/carrier.h"

namespace orderd::fulfillment {

// Requests to EasyPost, and parsing of its answers (https://docs.easypost.com/docs/shipments).

/// A consignment as EasyPost's shipment, with customs_info if it crosses a border.
///
/// @throws CarrierRefused if the shop's address or the parcel's weight is not known
Json shipment_json(const Consignment& consignment);

/// The reference under which EasyPost finds a shipment again. It is derived from the content.
std::string reference_of(const Consignment& consignment);

/// One rate; its amount is a decimal in text ("5.60"), or a number. nullopt if it is not an amount of a currency.
std::optional<Rate> rate_from(const Json& json);

/// The rates of a shipment, the cheapest first.
std::vector<Rate> rates_in(const Json& shipment);

/// The rate of a service as EasyPost::rates() names it, or the cheapest if none was asked for.
///
/// @throws CarrierRefused with the services that exist
const Rate& choose(const std::vector<Rate>& rates, const std::string& service);

/// The events of an EasyPost tracker, oldest first; details with a status that orderd does not know are left
/// out.
std::vector<TrackingEvent> tracker_events(const Json& tracker);

}  // namespace orderd::fulfillment

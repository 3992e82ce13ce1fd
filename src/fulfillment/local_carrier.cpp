#include "fulfillment/local_carrier.h"

#include "fulfillment/tracking_number.h"

namespace orderd::fulfillment {

Label LocalCarrier::buy(const Consignment& consignment, const std::function<void(const std::string&)>&) {
    const auto& shipment = consignment.shipment;
    Label label{.tracking_number = shipment.tracking_number.value_or(own_number(number(shipment.id)))};
    if (const auto by = recognise(label.tracking_number)) {
        label.tracked_by = by->carrier;
        if (!by->url.empty()) {
            label.tracking_url = by->url;
        }
    }
    return label;
}

}  // namespace orderd::fulfillment

#include "fulfillment/local_carrier.h"

#include "fulfillment/tracking_number.h"

namespace orderd::fulfillment {

Label LocalCarrier::buy(const Consignment& consignment, const Remember&) {
    const auto& shipment = consignment.shipment;
    Label label{.tracking_number = shipment.tracking_number.value_or(own_number(number(shipment.id)))};
    if (const auto by = recognise(label.tracking_number)) {
        label.tracked_by = by->carrier;
        if (!by->url.empty()) {
            label.tracking_url = by->url;
        }
    }
    auto labelled = consignment;
    labelled.shipment.tracking_number = label.tracking_number;
    printer_.check(labelled);
    return label;
}

}  // namespace orderd::fulfillment

#include "fulfillment/outdating.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "orders/lifecycle.h"
#include "storage/events.h"

namespace orderd::fulfillment {

namespace {

/// What a label or a customs declaration shows of an order.
constexpr std::array<std::string_view, 3> kOnLabels{"name", "phone", "shipping_address"};

bool is_on_labels(const std::string& field) {
    return std::find(kOnLabels.begin(), kOnLabels.end(), field) != kOnLabels.end();
}

void record(storage::Transaction& tx, std::string_view kind, const Shipment& shipment, Json more, const Actor& actor,
            Time now) {
    more["shipment_id"] = number(shipment.id);
    more["order_id"] = number(shipment.order);
    events::record(tx, kind, {"shipment", number(shipment.id)}, more, actor, now);
    orders::grow_version(tx, shipment.order, now);
}

void require_outdated(const Shipment& shipment) {
    if (shipment.status != Status::label_ready || !shipment.outdated_at) {
        throw Refusal(kLabelNotOutdated, fmt::format("the label of parcel {} is not outdated", number(shipment.id)));
    }
}

}  // namespace

void outdate(storage::Transaction& tx, OrderId order, const std::vector<std::string>& what, const Actor& actor,
             Time now) {
    if (std::none_of(what.begin(), what.end(), is_on_labels)) {
        return;
    }
    for (auto& shipment : shipments_of(tx, order)) {
        if (shipment.status == Status::label_ready && !shipment.outdated_at) {
            shipment.outdated_at = now;
            save(tx, shipment, now);
            record(tx, "shipment.label_outdated", shipment, {{"what", what}}, actor, now);
        }
    }
}

void require_current(const Shipment& shipment) {
    if (shipment.outdated_at) {
        throw Refusal(kLabelOutdated,
                      fmt::format("the label of parcel {} shows what order {} said before it was changed: replace it, "
                                  "or keep it",
                                  number(shipment.id), number(shipment.order)))
            .with("shipment_id", number(shipment.id));
    }
}

void keep_label(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now) {
    require_outdated(shipment);
    shipment.outdated_at.reset();
    save(tx, shipment, now);
    record(tx, "shipment.label_kept", shipment, Json::object(), actor, now);
}

ShipmentId replace_label(storage::Transaction& tx, const Shipment& shipment, const Carriers& carriers,
                         const Actor& actor, Time now) {
    require_outdated(shipment);
    void_label(tx, shipment, actor, now);
    const auto* carrier = carriers.find(shipment.carrier);
    const NewShipment again{.carrier = shipment.carrier,
                            .service = shipment.service,
                            .weight_g = shipment.parcel.weight_g,
                            .needs_weight = carrier != nullptr && carrier->needs_weight(),
                            .length_mm = shipment.parcel.length_mm,
                            .width_mm = shipment.parcel.width_mm,
                            .height_mm = shipment.parcel.height_mm,
                            .items = shipment.items,
                            .tracking_number = {}};
    return start(tx, orders::get(tx, shipment.order), again, actor, now);
}

}  // namespace orderd::fulfillment

#include "fulfillment/carrier.h"

#include "base/plain_time.h"
#include "base/text.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"

namespace orderd::fulfillment {

namespace {

constexpr std::size_t kFingerprint = 12;  // bytes

std::string fingerprint(const storage::View& view, const Consignment& consignment) {
    const auto& parcel = consignment.shipment.parcel;
    const auto length = [](const std::optional<std::int64_t>& measured) { return measured.value_or(0); };
    const Json all = {
        consignment.from.name,
        accounts::to_json(consignment.from.address),
        consignment.to.contact.name,
        consignment.to.contact.phone,
        accounts::to_json(consignment.to.address),
        consignment.shipment.service,
        {length(parcel.weight_g), length(parcel.length_mm), length(parcel.width_mm), length(parcel.height_mm)}};
    return to_hex(view.vault().keyed_hash("consignment", all.dump()).substr(0, kFingerprint));
}

}  // namespace

Carrier* Carriers::find(std::string_view name) const {
    for (const auto& carrier : all_) {
        if (carrier->name() == name) {
            return carrier.get();
        }
    }
    return nullptr;
}

std::vector<std::string> Carriers::names() const {
    std::vector<std::string> names;
    for (const auto& carrier : all_) {
        names.emplace_back(carrier->name());
    }
    return names;
}

Consignment consignment_of(const storage::View& view, const Shipment& shipment) {
    auto order = orders::get(view, shipment.order);
    if (!order.recipient) {
        throw CarrierRefused("the customer's data was erased on request: the parcel has no recipient");
    }
    const auto address = settings::read(view, "shop_address").value_or(nullptr);
    Sender from{.name = settings::shop_name(view), .address = {}};
    if (address.is_object()) {
        from.address = accounts::address_from(address);
    }
    Consignment consignment{.shipment = shipment, .from = std::move(from), .to = std::move(*order.recipient)};
    consignment.currency = settings::currency(view);
    for (const auto& units : shipment.items) {
        const auto& item = orders::line(order, units.item, "/items");
        consignment.contents.push_back({item.name, units.quantity, item.unit_price, item.weight_g});
    }
    const auto zone = settings::time_zone(view);
    consignment.made_on = plain_date(shipment.created_at, *zone);
    consignment.ordered_on = zone->day_of(order.placed_at);
    consignment.fingerprint = fingerprint(view, consignment);
    return consignment;
}

}  // namespace orderd::fulfillment

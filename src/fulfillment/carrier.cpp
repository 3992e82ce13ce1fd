#include "fulfillment/carrier.h"

#include "storage/settings.h"

namespace orderd::fulfillment {

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
        throw CarrierRefused("the customer's data was erased on request: there is nobody to send it to");
    }
    const auto address = settings::read(view, "shop_address").value_or(nullptr);
    Sender from{.name = settings::shop_name(view), .address = {}};
    if (address.is_object()) {
        from.address = accounts::address_from(address);
    }
    return {.shipment = shipment, .from = std::move(from), .to = std::move(*order.recipient)};
}

}  // namespace orderd::fulfillment

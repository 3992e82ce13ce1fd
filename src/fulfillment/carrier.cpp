#include "fulfillment/carrier.h"

#include "base/plain_time.h"
#include "base/text.h"
#include "catalog/product.h"
#include "orders/tax_rates.h"
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
        Content content{.name = item.name,
                        .quantity = units.quantity,
                        .unit_price = item.unit_price,
                        .weight_g = item.weight_g,
                        .sku = item.sku};
        // What staff learn of a product counts for parcels that are packed after, whenever it was ordered.
        if (const auto product = item.product ? catalog::find(view, *item.product) : std::nullopt) {
            content.customs_code = product->customs_code;
            content.origin_country = product->origin_country;
        }
        consignment.contents.push_back(std::move(content));
    }
    const auto zone = settings::time_zone(view);
    consignment.made_on = plain_date(shipment.created_at, *zone);
    consignment.ordered_on = zone->day_of(order.placed_at);
    consignment.fingerprint = fingerprint(view, consignment);
    return consignment;
}

std::vector<CustomsGap> customs_gaps(const Consignment& consignment) {
    std::vector<CustomsGap> gaps;
    const auto& from = consignment.from.address.country;
    const auto& to = consignment.to.address.country;
    if (from == to || (orders::is_in_eu(from) && orders::is_in_eu(to))) {
        return gaps;
    }
    for (const auto& content : consignment.contents) {
        CustomsGap gap{.sku = content.sku, .name = content.name, .missing = {}};
        if (content.customs_code.empty()) {
            gap.missing.emplace_back("customs_code");
        }
        if (content.origin_country.empty()) {
            gap.missing.emplace_back("origin_country");
        }
        if (!content.weight_g) {
            gap.missing.emplace_back("weight_g");
        }
        if (!gap.missing.empty()) {
            gaps.push_back(std::move(gap));
        }
    }
    return gaps;
}

}  // namespace orderd::fulfillment

#include "fulfillment/delivery_values.h"

#include <algorithm>
#include <string>

#include "fulfillment/label.h"
#include "storage/settings.h"

namespace orderd::fulfillment {

namespace {

/// Its name and address; without the country, where it is the shop's.
Json place_lines(const storage::View& view, const orders::PickupPlace& place, const Language& language) {
    const auto shop_address = settings::read(view, "shop_address").value_or(nullptr);
    const auto from_country = shop_address.is_object() ? text_member(shop_address, "country") : "";
    Json lines = address_lines(place.address, from_country, language);
    lines.insert(lines.begin(), place.name.empty() ? settings::shop_name(view) : place.name);
    return lines;
}

}  // namespace

Json lines_of(std::string_view text) {
    auto lines = Json::array();
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(std::string(text.substr(at, end - at)));
        at = end + 1;
    }
    return lines;
}

Json delivery_values(const storage::View& view, const orders::Order& order) {
    if (!order.delivery) {
        return nullptr;
    }
    const auto& it = *order.delivery;
    return {{"name", it.name},
            {"days", it.days},
            {"shipping", it.kind == orders::DeliveryKind::shipping},
            {"pickup", it.kind == orders::DeliveryKind::pickup},
            {"own_delivery", it.kind == orders::DeliveryKind::own_delivery},
            {"place", it.pickup ? place_lines(view, *it.pickup, *order.language) : Json::array()},
            {"opening_hours", lines_of(it.pickup ? it.pickup->opening_hours : "")},
            {"note", lines_of(it.note)},
            {"when", lines_of(order.delivery_note)}};
}

}  // namespace orderd::fulfillment

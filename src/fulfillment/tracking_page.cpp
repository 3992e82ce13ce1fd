#include "fulfillment/tracking_page.h"

#include <fmt/format.h>

#include "base/plain_time.h"
#include "base/text.h"
#include "fulfillment/shop_values.h"
#include "orders/links.h"
#include "storage/shop_zone.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kPurpose = "tracking page";

std::string_view in_words(Status status) {
    switch (status) {
        case Status::label_pending:
        case Status::label_ready: return "Being packed";
        case Status::in_transit: return "On its way";
        case Status::out_for_delivery: return "Out for delivery";
        case Status::delivered: return "Delivered";
        case Status::exception: return "Held up";
        case Status::returned: return "Going back to the sender";
        case Status::voided:
        case Status::failed: break;
    }
    return "";
}

std::string_view in_words(orders::Status status, bool has_parcels) {
    using orders::Status;
    switch (status) {
        case Status::pending: return "The order waits for its payment.";
        case Status::paid: return "The order is being prepared.";
        case Status::processing: return "The order is being packed.";
        case Status::partially_shipped: return "A part of the order is on its way.";
        case Status::shipped: return has_parcels ? "The order is on its way." : "The order has left.";
        case Status::delivered: return "The order was delivered.";
        case Status::returned: return "The order came back.";
        case Status::cancelled: return "The order was cancelled.";
        case Status::expired: return "The order was not paid in time, and is closed.";
    }
    return "";
}

std::string carrier_name(const Shipment& shipment) {
    const auto& by = shipment.tracked_by;
    if (!by) {
        return "";
    }
    if (*by == "fedex") {
        return "FedEx";
    }
    if (by->starts_with("post-")) {
        return fmt::format("Post ({})", in_capitals(by->substr(5)));
    }
    return by->size() <= 4 ? in_capitals(*by) : *by;  // UPS, USPS, DHL
}

Json followed_values(const storage::View& view, const orders::Order& order, const Shipment& shipment, int count,
                     const TimeZone& zone) {
    auto steps = Json::array();
    const auto events = events_of(view, shipment.id);
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
        steps.push_back({{"what", it->description.empty() ? std::string(in_words(it->status)) : it->description},
                         {"when", plain_time(it->at, zone)},
                         {"where", it->location}});
    }
    auto values = parcel_values(order, shipment);
    values["count"] = count;
    values["status"] = in_words(shipment.status);
    values["carrier"] = carrier_name(shipment);
    values["shipped"] = shipment.shipped_at ? plain_time(*shipment.shipped_at, zone) : "";
    values["delivered"] = shipment.delivered_at ? plain_time(*shipment.delivered_at, zone) : "";
    values["steps"] = std::move(steps);
    return values;
}

}  // namespace

std::string tracking_path(const storage::Vault& vault, OrderId order) {
    return "/track/" + orders::link_token(vault, kPurpose, order);
}

std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view token) {
    return orders::order_of_link(vault, kPurpose, token);
}

Json parcel_values(const orders::Order& order, const Shipment& shipment) {
    auto items = Json::array();
    for (const auto& units : shipment.items) {
        items.push_back({{"quantity", units.quantity}, {"name", orders::line(order, units.item, "/items").name}});
    }
    const auto url = shipment.tracking_url.value_or("");
    return {{"items", std::move(items)},
            {"tracking_number", shipment.tracking_number.value_or("")},
            {"tracking_url", url.starts_with("https://") ? url : ""}};
}

Json tracking_values(const storage::View& view, const orders::Order& order) {
    auto values = shop_values(view);
    const auto zone = settings::time_zone(view);
    auto parcels = Json::array();
    for (const auto& shipment : shipments_of(view, order.id)) {
        if (shipment.status != Status::voided && shipment.status != Status::failed) {
            parcels.push_back(followed_values(view, order, shipment, static_cast<int>(parcels.size()) + 1, *zone));
        }
    }
    values["title"] = fmt::format("Order {}", number(order.id));
    values["state"] = in_words(order.status, !parcels.empty());
    values["parcels"] = std::move(parcels);
    return values;
}

}  // namespace orderd::fulfillment

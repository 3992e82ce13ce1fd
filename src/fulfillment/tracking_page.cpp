#include "fulfillment/tracking_page.h"

#include <fmt/format.h>

#include "base/text.h"
#include "fulfillment/delivery_values.h"
#include "fulfillment/shop_values.h"
#include "orders/links.h"
#include "storage/shop_zone.h"

namespace orderd::fulfillment {

namespace {

constexpr auto kPurpose = "tracking page";

std::string in_words(Status status, bool is_fetched, const Language& language) {
    switch (status) {
        case Status::label_pending:
        case Status::label_ready: return language.text("parcel.packing");
        case Status::ready: return language.text(is_fetched ? "parcel.ready_to_fetch" : "parcel.ready");
        case Status::in_transit: return language.text("parcel.in_transit");
        case Status::out_for_delivery: return language.text("parcel.out_for_delivery");
        case Status::delivered: return language.text(is_fetched ? "parcel.fetched" : "parcel.delivered");
        case Status::exception: return language.text("parcel.exception");
        case Status::returned: return language.text("parcel.returned");
        case Status::voided:
        case Status::failed: break;
    }
    return "";
}

std::string in_words(orders::Status status, bool has_parcels, const Language& language) {
    using orders::Status;
    switch (status) {
        case Status::draft:
        case Status::pending: return language.text("tracking.pending");
        case Status::paid: return language.text("tracking.paid");
        case Status::processing: return language.text("tracking.processing");
        case Status::partially_shipped: return language.text("tracking.partially_shipped");
        case Status::shipped: return language.text(has_parcels ? "tracking.shipped" : "tracking.left");
        case Status::delivered: return language.text("tracking.delivered");
        case Status::returned: return language.text("tracking.returned");
        case Status::cancelled: return language.text("tracking.cancelled");
        case Status::expired: return language.text("tracking.expired");
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
    const auto& words = *order.language;
    const bool is_fetched = shipment.carrier == "pickup";
    auto steps = Json::array();
    const auto events = events_of(view, shipment.id);
    for (auto it = events.rbegin(); it != events.rend(); ++it) {
        steps.push_back({{"what", it->description.empty() ? in_words(it->status, is_fetched, words) : it->description},
                         {"when", words.time(it->at, zone)},
                         {"where", it->location}});
    }
    auto values = parcel_values(order, shipment);
    values["count"] = count;
    values["fetched"] = is_fetched;
    values["status"] = in_words(shipment.status, is_fetched, words);
    values["carrier"] = carrier_name(shipment);
    values["shipped"] = shipment.shipped_at ? words.time(*shipment.shipped_at, zone) : "";
    values["delivered"] = shipment.delivered_at ? words.time(*shipment.delivered_at, zone) : "";
    values["steps"] = std::move(steps);
    return values;
}

}  // namespace

std::string tracking_path(const storage::Vault& vault, OrderId order) {
    return "/track/" + orders::link_token(vault, kPurpose, order);
}

std::string state_in_words(orders::Status status, bool has_parcels, const Language& language) {
    return in_words(status, has_parcels, language);
}

std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view token) {
    return orders::order_of_link(vault, kPurpose, token);
}

Json parcel_values(const orders::Order& order, const Shipment& shipment) {
    auto items = Json::array();
    for (const auto& units : shipment.items) {
        items.push_back({{"quantity", order.language->number(units.quantity)},
                         {"name", orders::line(order, units.item, "/items").name}});
    }
    const auto url = shipment.tracking_url.value_or("");
    return {{"items", std::move(items)},
            {"tracking_number", shipment.tracking_number.value_or("")},
            {"tracking_url", url.starts_with("https://") ? url : ""}};
}

Json tracking_values(const storage::View& view, const orders::Order& order) {
    auto values = shop_values(view, *order.language);
    const auto zone = settings::time_zone(view);
    auto parcels = Json::array();
    for (const auto& shipment : shipments_of(view, order.id)) {
        if (shipment.status != Status::voided && shipment.status != Status::failed) {
            parcels.push_back(followed_values(view, order, shipment, static_cast<int>(parcels.size()) + 1, *zone));
        }
    }
    const auto& words = *order.language;
    values["title"] = words.say("order.title", {{"order_number", std::to_string(number(order.id))}});
    values["state"] = in_words(order.status, !parcels.empty(), words);
    values["parcels"] = std::move(parcels);
    values["delivery"] = delivery_values(view, order);
    return values;
}

}  // namespace orderd::fulfillment

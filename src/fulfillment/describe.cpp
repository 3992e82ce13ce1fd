#include "fulfillment/describe.h"

#include "fulfillment/tracking_page.h"
#include "orders/bodies.h"

namespace orderd::fulfillment {

namespace {

using api::Shape;

Shape items_shape() { return Shape::list(api::shape_of<Units>()); }

Shape status_shape() {
    return Shape::one_of({"label_pending", "label_ready", "ready", "in_transit", "out_for_delivery", "delivered",
                          "exception", "returned", "voided", "failed"});
}

Json tracked_json(const storage::View& view, const Shipment& shipment) {
    auto events = Json::array();
    for (const auto& event : events_of(view, shipment.id)) {
        events.push_back({{"at", rfc3339(event.at)},
                          {"status", to_text(event.status)},
                          {"description", event.description},
                          {"location", event.location}});
    }
    return {{"id", number(shipment.id)},
            {"carrier", shipment.tracked_by.value_or(shipment.carrier)},
            {"tracking_number", or_null(shipment.tracking_number)},
            {"tracking_url", or_null(shipment.tracking_url)},
            {"status", to_text(shipment.status)},
            {"items", to_json(shipment.items)},
            {"shipped_at", or_null(shipment.shipped_at)},
            {"delivered_at", or_null(shipment.delivered_at)},
            {"events", std::move(events)}};
}

}  // namespace

Json to_json(const std::vector<Units>& units) {
    auto list = Json::array();
    for (const auto& some : units) {
        list.push_back({{"item_id", number(some.item)}, {"quantity", some.quantity}});
    }
    return list;
}

Json describe(const Shipment& it) {
    auto allowed = Json::array();
    for (const auto status : next(it.status)) {
        allowed.push_back(to_text(status));
    }
    return {{"id", number(it.id)},
            {"order_id", number(it.order)},
            {"carrier", it.carrier},
            {"service", it.service},
            {"status", to_text(it.status)},
            {"next_statuses", std::move(allowed)},
            {"tracking_number", or_null(it.tracking_number)},
            {"tracked_by", or_null(it.tracked_by)},
            {"tracking_url", or_null(it.tracking_url)},
            {"parcel",
             {{"weight_g", or_null(it.parcel.weight_g)},
              {"length_mm", or_null(it.parcel.length_mm)},
              {"width_mm", or_null(it.parcel.width_mm)},
              {"height_mm", or_null(it.parcel.height_mm)}}},
            {"items", to_json(it.items)},
            {"cost", it.cost ? Json(it.cost->minor) : Json(nullptr)},
            {"cost_currency", or_null(it.cost_currency)},
            {"failure", it.failure},
            {"outdated_at", or_null(it.outdated_at)},
            {"leaves_at", or_null(it.leaves_at)},
            {"shipped_at", or_null(it.shipped_at)},
            {"delivered_at", or_null(it.delivered_at)},
            {"created_at", rfc3339(it.created_at)},
            {"updated_at", rfc3339(it.updated_at)},
            {"version", it.version}};
}

const Shape& shipment_shape() {
    static const auto length = Shape::integer(1, 10'000).nullable();
    static const auto shape =
        Shape::object(
            {
                {"id", Shape::id()},
                {"order_id", Shape::id()},
                {"carrier", Shape::text(1, 40).described("who makes the label")},
                {"service", Shape::text(0, 80)},
                {"status", status_shape()},
                {"next_statuses", Shape::list(status_shape())},
                {"tracking_number", Shape::text(0, 80).nullable()},
                {"tracked_by", Shape::text(0, 40).nullable().described("whose number it is, where that is known")},
                {"tracking_url", Shape::text(0, 2000).nullable()},
                {"parcel", Shape::object({{"weight_g",
                                           Shape::integer(1, 1'000'000'000'000).nullable().described("null: unknown")},
                                          {"length_mm", length},
                                          {"width_mm", length},
                                          {"height_mm", length}})
                               .named("ParcelSize")},
                {"items", items_shape()},
                {"cost", Shape::money().nullable().described("of the label, in minor units of cost_currency")},
                {"cost_currency", Shape::currency().nullable()},
                {"failure", Shape::text(0, 1000).described("why there is no label")},
                {"outdated_at",
                 Shape::time().nullable().described("since when the order says something else than the label; null: "
                                                    "it does not")},
                {"leaves_at",
                 Shape::time().nullable().described("marked shipped, which counts from then on; null: not marked")},
                {"shipped_at", Shape::time().nullable()},
                {"delivered_at", Shape::time().nullable()},
                {"created_at", Shape::time()},
                {"updated_at", Shape::time()},
                {"version", Shape::id()},
            })
            .named("Shipment");
    return shape;
}

Json describe_beside_order(const storage::View& view, OrderId order) {
    auto shipments = Json::array();
    for (const auto& it : shipments_of(view, order)) {
        shipments.push_back({{"id", number(it.id)},
                             {"carrier", it.carrier},
                             {"service", it.service},
                             {"status", to_text(it.status)},
                             {"tracking_number", or_null(it.tracking_number)},
                             {"tracking_url", or_null(it.tracking_url)},
                             {"items", to_json(it.items)},
                             {"cost", it.cost ? Json(it.cost->minor) : Json(nullptr)},
                             {"cost_currency", or_null(it.cost_currency)},
                             {"failure", it.failure},
                             {"outdated_at", or_null(it.outdated_at)},
                             {"leaves_at", or_null(it.leaves_at)},
                             {"created_at", rfc3339(it.created_at)},
                             {"version", it.version}});
    }
    return shipments;
}

Json describe_tracking(const storage::View& view, const orders::Order& order, const std::string& shop_url) {
    auto shipments = Json::array();
    for (const auto& shipment : shipments_of(view, order.id)) {
        if (shipment.status != Status::voided && shipment.status != Status::failed) {
            shipments.push_back(tracked_json(view, shipment));
        }
    }
    return {{"order_id", number(order.id)},
            {"status", orders::to_text(order.status)},
            {"page_url", shop_url + tracking_path(view.vault(), order.id)},
            {"shipments", std::move(shipments)}};
}

const Shape& tracking_shape() {
    static const auto event = Shape::object({
                                                {"at", Shape::time()},
                                                {"status", status_shape()},
                                                {"description", Shape::text(0, 500)},
                                                {"location", Shape::text(0, 200)},
                                            })
                                  .named("TrackingEvent");
    static const auto shipment = Shape::object({
                                                   {"id", Shape::id()},
                                                   {"carrier", Shape::text(1, 40)},
                                                   {"tracking_number", Shape::text(0, 80).nullable()},
                                                   {"tracking_url", Shape::text(0, 2000).nullable()},
                                                   {"status", status_shape()},
                                                   {"items", items_shape()},
                                                   {"shipped_at", Shape::time().nullable()},
                                                   {"delivered_at", Shape::time().nullable()},
                                                   {"events", Shape::list(event, 0, 100'000)},
                                               })
                                     .named("TrackedShipment");
    static const auto shape =
        Shape::object(
            {
                {"order_id", Shape::id()},
                {"status", Shape::text(1, 40)},
                {"page_url", Shape::text(1, 2000).described("a page that shows the same to whoever has this link")},
                {"shipments", Shape::list(shipment, 0, 100'000)},
            })
            .named("Tracking");
    return shape;
}

Json describe_fulfillment(const storage::View& view, OrderId id) {
    const auto order = orders::get(view, id);
    auto shipments = Json::array();
    for (const auto& shipment : shipments_of(view, id)) {
        shipments.push_back(describe(shipment));
    }
    return {{"order_id", number(id)},
            {"status", orders::to_text(order.status)},
            {"shipments", std::move(shipments)},
            {"version", order.version}};
}

const Shape& fulfillment_shape() {
    static const auto shape = Shape::object({
                                                {"order_id", Shape::id()},
                                                {"status", Shape::text(1, 40).described("of the order")},
                                                {"shipments", Shape::list(shipment_shape(), 0, 100'000)},
                                                {"version", Shape::id().described("of the order")},
                                            })
                                  .named("Fulfillment");
    return shape;
}

}  // namespace orderd::fulfillment

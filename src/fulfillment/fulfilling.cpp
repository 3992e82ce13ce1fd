#include "fulfillment/fulfilling.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "fulfillment/outdating.h"
#include "fulfillment/tracking_number.h"
#include "fulfillment/tracking_updates.h"
#include "jobs/jobs.h"
#include "orders/lifecycle.h"
#include "orders/packing.h"
#include "orders/shipping.h"
#include "storage/events.h"

namespace orderd::fulfillment {

namespace {

using orders::Order;

constexpr auto kInParcels = R"sql(
    SELECT coalesce(sum(si.quantity), 0) FROM shipment_item si JOIN shipment s ON s.id = si.shipment_id
     WHERE si.item_id = ?1 AND s.status IN ('label_pending', 'label_ready', 'ready', 'failed')
)sql";
constexpr auto kNewestEvent = "SELECT coalesce(max(min(at, ?2)), 0) FROM tracking_event WHERE shipment_id = ?1";
constexpr auto kCarrierOf = "SELECT carrier FROM shipment WHERE id = ?1";
constexpr auto kEraseLabels = R"sql(
    UPDATE shipment SET label_sealed = NULL, zpl_sealed = NULL, failure = ''
     WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?1)
)sql";
// Two events at the same time may differ only in their texts: one of them is kept then.
constexpr auto kEraseTracking = R"sql(
    UPDATE OR REPLACE tracking_event SET description = '', location = ''
     WHERE shipment_id IN (SELECT s.id FROM shipment s JOIN orders o ON o.id = s.order_id WHERE o.customer_id = ?1)
)sql";
constexpr auto kEraseReasons = R"sql(
    UPDATE order_return SET reason = '' WHERE order_id IN (SELECT id FROM orders WHERE customer_id = ?1)
)sql";

/// Takes the step, writes the row, and records the event. `moved`: the units that left the shop with it.
void step(storage::Transaction& tx, Shipment& shipment, Status to, const Actor& actor, Time now,
          const Json& moved = nullptr) {
    require_step(shipment.status, to);
    shipment.status = to;
    shipment.leaves_at.reset();
    if (to != Status::label_ready) {
        shipment.outdated_at.reset();
    }
    if (to == Status::delivered) {
        shipment.delivered_at = now;
    }
    save(tx, shipment, now);
    Json body{{"shipment_id", number(shipment.id)}, {"order_id", number(shipment.order)}};
    if (!moved.is_null()) {
        body["items"] = moved;
    }
    events::record(tx, fmt::format("shipment.{}", to_text(to)), {"shipment", number(shipment.id)}, body, actor, now);
    orders::grow_version(tx, shipment.order, now);
}

void ask_for_label(storage::Transaction& tx, ShipmentId id, const Actor& actor, Time now) {
    jobs::add(tx,
              {.kind = kLabelJob,
               .payload = {{"shipment_id", number(id)}, {"actor", to_text(actor)}},
               .run_at = now,
               .dedupe_key = jobs::key_of(kLabelJob, number(id)),
               .party = tx.value<std::string>(kCarrierOf, id).value_or("")},
              now);
}

/// The units of a line that are in no parcel.
struct Loose {
    Quantity open = 0;
    Quantity in_stock = 0;  ///< of those
};

Loose loose(const storage::View& view, const orders::Item& item) {
    const auto packed = view.value<Quantity>(kInParcels, item.id).value_or(0);
    return {.open = item.open() - packed, .in_stock = std::max<Quantity>(0, item.in_stock() - packed)};
}

/// All units that are in no parcel and in stock. What is awaited waits for a later parcel.
std::vector<Units> everything_loose(const storage::View& view, const Order& order) {
    std::vector<Units> all;
    auto awaited = Json::array();
    for (const auto& item : order.items) {
        const auto its = loose(view, item);
        if (its.in_stock > 0) {
            all.push_back({item.id, its.in_stock});
        } else if (its.open > 0) {
            awaited.push_back(orders::awaited_units(item, its.open, 0));
        }
    }
    if (all.empty() && !awaited.empty()) {
        throw Refusal(orders::kUnitsAwaited,
                      fmt::format("nothing of order {} that is in no parcel is in stock yet", number(order.id)))
            .with("items", std::move(awaited));
    }
    if (all.empty()) {
        throw Refusal(kNothingToShip,
                      fmt::format("every unit of order {} is already in a parcel, or was cancelled", number(order.id)));
    }
    return all;
}

/// The requested units, each line once, checked against the units that are in no parcel.
std::vector<Units> chosen(const storage::View& view, const Order& order, const std::vector<Units>& wanted) {
    auto units = orders::one_line_each(order, wanted, "/items");
    auto short_lines = Json::array();
    auto awaited = Json::array();
    for (const auto& [id, quantity] : units) {
        const auto& item = orders::line(order, id, "/items");
        const auto left = loose(view, item);
        if (quantity > left.open) {
            short_lines.push_back(
                {{"item_id", number(id)}, {"sku", item.sku}, {"requested", quantity}, {"open", left.open}});
        } else if (quantity > left.in_stock) {
            awaited.push_back(orders::awaited_units(item, quantity, left.in_stock));
        }
    }
    if (!short_lines.empty()) {
        throw Refusal(orders::kNotOpen, "fewer units than that are left to ship, and in no other parcel")
            .with("items", std::move(short_lines));
    }
    if (!awaited.empty()) {
        throw Refusal(orders::kUnitsAwaited, "fewer units than that are in stock for this order, and in no parcel")
            .with("items", std::move(awaited));
    }
    return units;
}

/// The weight of the units; nullopt if it is not known for all of them.
std::optional<std::int64_t> weight_of(const Order& order, const std::vector<Units>& units) {
    std::int64_t weight = 0;
    for (const auto& unit : units) {
        const auto& item = orders::line(order, unit.item, "/items");
        if (item.product && !item.weight_g) {
            return std::nullopt;
        }
        weight += item.weight_g.value_or(0) * unit.quantity;
    }
    return weight;
}

[[noreturn]] void refuse_unknown_weight(const Order& order, const std::vector<Units>& units) {
    auto items = Json::array();
    std::string names;
    for (const auto& unit : units) {
        const auto& item = orders::line(order, unit.item, "/items");
        if (item.product && !item.weight_g) {
            items.push_back({{"item_id", number(item.id)}, {"sku", item.sku}, {"name", item.name}});
            names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", item.name, item.sku);
        }
    }
    throw Refusal(kWeightUnknown,
                  fmt::format("what this weighs is not known: {}. Say what the parcel weighs, in parcel.weight_g; the "
                              "weight of a product counts for orders that are placed after it is set",
                              names))
        .with("items", std::move(items));
}

/// @param seen  a carrier has it: its units were in stock
void leave(storage::Transaction& tx, const Order& order, Shipment& shipment, Status to, bool seen, const Actor& actor,
           Time now) {
    orders::ship(tx, order, shipment.items, seen, actor, now);
    shipment.shipped_at = now;
    auto moved = Json::array();
    for (const auto& unit : shipment.items) {
        moved.push_back(orders::moved_units(orders::line(order, unit.item, "/items"), unit.quantity));
    }
    step(tx, shipment, to, actor, now, moved);
}

/// Handles a carrier's scan: the parcel has left, paid or not, unless its order had ended before.
void scanned(storage::Transaction& tx, Shipment& shipment, const Actor& actor, Time now) {
    const auto order = orders::get(tx, shipment.order);
    if (order.status == orders::Status::processing || order.status == orders::Status::partially_shipped) {
        leave(tx, order, shipment, Status::in_transit, true, actor, now);
    }
}

/// What is packed now, as a parcel or without one. The order becomes processing with its first.
ShipmentId begin(storage::Transaction& tx, const Order& order, const NewShipment& wanted, Status status,
                 const Actor& actor, Time now) {
    orders::require_paid(tx, order);
    const bool packed_before =
        order.status == orders::Status::processing || order.status == orders::Status::partially_shipped;
    if (!packed_before) {
        orders::require_step(order.status, orders::Status::processing);
    }
    auto shipment = plan(tx, order, wanted);
    shipment.status = status;
    shipment.id = insert(tx, shipment, now);
    events::record(tx, fmt::format("shipment.{}", to_text(status)), {"shipment", number(shipment.id)},
                   {{"shipment_id", number(shipment.id)}, {"order_id", number(order.id)}, {"carrier", wanted.carrier}},
                   actor, now);
    if (packed_before) {
        orders::grow_version(tx, order.id, now);
    } else {
        orders::start_processing(tx, order, actor, now);
    }
    return shipment.id;
}

/// The parcel is handed over: it leaves the shop, and arrives at once.
void hand_over(storage::Transaction& tx, Shipment& shipment, const Actor& actor, Time now) {
    const auto order = orders::get(tx, shipment.order);
    orders::require_paid(tx, order);
    leave(tx, order, shipment, Status::delivered, false, actor, now);
}

orders::DeliveryKind kind_of(const Order& order) {
    return order.delivery ? order.delivery->kind : orders::DeliveryKind::shipping;
}

}  // namespace

std::vector<Units> open_units_in_stock(const storage::View& view, const Order& order) {
    std::vector<Units> units;
    for (const auto& item : order.items) {
        if (const auto its = loose(view, item); its.in_stock > 0) {
            units.push_back({item.id, its.in_stock});
        }
    }
    return units;
}

Shipment plan(const storage::View& view, const Order& order, const NewShipment& wanted) {
    const auto units = wanted.items.empty() ? everything_loose(view, order) : chosen(view, order, wanted.items);
    const auto weight = wanted.weight_g ? wanted.weight_g : weight_of(order, units);
    if (wanted.needs_weight && !weight) {
        refuse_unknown_weight(order, units);
    }
    Shipment shipment;
    shipment.order = order.id;
    shipment.carrier = wanted.carrier;
    shipment.service = wanted.service;
    shipment.tracking_number = wanted.tracking_number;
    shipment.parcel = {
        .weight_g = weight, .length_mm = wanted.length_mm, .width_mm = wanted.width_mm, .height_mm = wanted.height_mm};
    shipment.items = units;
    return shipment;
}

ShipmentId start(storage::Transaction& tx, const Order& order, const NewShipment& wanted, const Actor& actor,
                 Time now) {
    if (kind_of(order) == orders::DeliveryKind::pickup) {
        throw Refusal(kPickedUp, fmt::format("order {} is picked up: it goes in no parcel", number(order.id)));
    }
    const auto id = begin(tx, order, wanted, Status::label_pending, actor, now);
    ask_for_label(tx, id, actor, now);
    return id;
}

bool has_no_parcels(const Order& order) { return kind_of(order) != orders::DeliveryKind::shipping; }

ShipmentId set_ready(storage::Transaction& tx, const Order& order, const std::vector<Units>& items, const Actor& actor,
                     Time now) {
    if (!has_no_parcels(order)) {
        throw Refusal(kShippedInParcels, fmt::format("order {} is shipped in parcels: start one", number(order.id)));
    }
    NewShipment wanted;
    wanted.carrier = orders::kDeliveryKinds[kind_of(order)];
    wanted.service.clear();
    wanted.items = items;
    return begin(tx, order, wanted, Status::ready, actor, now);
}

namespace {

/// Whether the order was changed while its label was being bought.
bool is_outdated(const storage::View& view, const Shipment& shipment, const Label& label) {
    try {
        return !label.made_of.empty() && label.made_of != consignment_of(view, shipment).fingerprint;
    } catch (const CarrierRefused&) {
        return false;  // the customer was erased: nothing is shipped
    }
}

}  // namespace

bool label_made(storage::Transaction& tx, ShipmentId id, const Label& label, const Actor& actor, Time now) {
    auto shipment = get_shipment(tx, id);
    if (shipment.status != Status::label_pending) {
        return false;
    }
    if (is_outdated(tx, shipment, label)) {
        shipment.outdated_at = now;
    }
    shipment.tracking_number = label.tracking_number;
    shipment.tracked_by = label.tracked_by;
    shipment.tracking_url = label.tracking_url;
    shipment.service = label.service.value_or(shipment.service);
    shipment.cost = label.cost ? std::optional(Money{*label.cost}) : std::nullopt;
    shipment.cost_currency = label.cost_currency;
    shipment.failure.clear();
    save_label(tx, id, label.png, label.zpl);
    const bool typed = shipment.carrier == "local" && label.tracked_by;
    if (label.is_followed || (typed && read_follow_typed_numbers(tx))) {
        start_tracking_updates(tx, id, now);
    }
    step(tx, shipment, Status::label_ready, actor, now);
    return true;
}

void label_failed(storage::Transaction& tx, ShipmentId id, std::string_view why, Time now) {
    auto shipment = get_shipment(tx, id);
    if (shipment.status != Status::label_pending) {
        return;
    }
    shipment.failure = why;
    step(tx, shipment, Status::failed, Actor::system(), now);
}

void retry(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now) {
    const auto order = orders::get(tx, shipment.order);
    orders::require_paid(tx, order);
    shipment.failure.clear();
    step(tx, shipment, Status::label_pending, actor, now);
    ask_for_label(tx, shipment.id, actor, now);
}

void void_label(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now) {
    const bool has_label = shipment.status != Status::ready;
    step(tx, shipment, Status::voided, actor, now);
    if (has_label) {
        ask_for_money_back(tx, shipment.id, now);
    }
}

void ask_for_money_back(storage::Transaction& tx, ShipmentId id, Time now) {
    jobs::add(tx,
              {.kind = kVoidJob,
               .payload = {{"shipment_id", number(id)}},
               .run_at = now,
               .dedupe_key = jobs::key_of(kVoidJob, number(id)),
               .party = tx.value<std::string>(kCarrierOf, id).value_or("")},
              now);
}

void void_all(storage::Transaction& tx, OrderId order, const Actor& actor, Time now) {
    for (const auto& shipment : parcels_in_house(tx, order)) {
        void_label(tx, shipment, actor, now);
    }
}

void ship(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now) {
    require_leave(shipment.status);
    require_current(shipment);
    const auto order = orders::get(tx, shipment.order);
    orders::require_paid(tx, order);
    leave(tx, order, shipment, Status::in_transit, false, actor, now);
}

void deliver(storage::Transaction& tx, Shipment shipment, const Actor& actor, Time now) {
    if (shipment.status == Status::ready) {
        hand_over(tx, shipment, actor, now);
    } else {
        step(tx, shipment, Status::delivered, actor, now);
    }
    if (!is_under_way(tx, shipment.order)) {
        orders::arrived(tx, orders::get(tx, shipment.order), actor, now);
    }
}

bool track(storage::Transaction& tx, ShipmentId id, const TrackingEvent& event, bool strict, const Actor& actor,
           Time now) {
    auto shipment = get_shipment(tx, id);
    // These are final, and true even if the sender's clock is wrong.
    const bool final = event.status == Status::delivered || event.status == Status::returned;
    const auto newest = tx.value<Time>(kNewestEvent, id, now).value_or(Time{});
    const bool counts = final || std::min(event.at, now) >= newest;
    if (strict && event.status != shipment.status && shipment.status != Status::label_ready) {
        require_step(shipment.status, event.status);
        if (!counts) {
            throw Refusal(
                kNewerKnown,
                fmt::format("what is known of {} is newer: leave `at` out to say how it stands now", rfc3339(newest)))
                .with("newest_at", rfc3339(newest));
        }
    }
    if (!insert(tx, id, event, now)) {
        if (strict) {
            throw Refusal(kAlreadyTold, "the same was said of the parcel before");
        }
        return false;
    }
    const bool left = event.status != Status::label_ready && event.status != Status::label_pending;
    if (shipment.status == Status::label_ready && left) {
        if (strict) {
            ship(tx, shipment, actor, now);
            shipment = get_shipment(tx, id);
        } else {
            scanned(tx, shipment, actor, now);
        }
    }
    const bool can_move = is_under_way(shipment.status) || shipment.status == Status::ready;
    if (counts && can_move && may_step(shipment.status, event.status)) {
        if (event.status == Status::delivered) {
            deliver(tx, shipment, actor, now);
        } else {
            step(tx, shipment, event.status, actor, now);
        }
    } else {
        orders::grow_version(tx, shipment.order, now);
    }
    return true;
}

void erase_parcels(storage::Transaction& tx, CustomerId customer) {
    tx.run(kEraseLabels, customer);
    tx.run(kEraseTracking, customer);
    tx.run(kEraseReasons, customer);
}

}  // namespace orderd::fulfillment

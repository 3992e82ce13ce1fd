#include "fulfillment/short_pick.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/stock.h"
#include "fulfillment/labelling.h"
#include "storage/trial.h"

namespace orderd::fulfillment {

namespace {

using orders::Order;

bool holds_any(const Shipment& shipment, const std::vector<Units>& lines) {
    return std::any_of(shipment.items.begin(), shipment.items.end(), [&](const Units& held) {
        return std::any_of(lines.begin(), lines.end(), [&](const Units& line) { return line.item == held.item; });
    });
}

std::vector<ShipmentId> void_parcels_of(storage::Transaction& tx, OrderId order, const std::vector<Units>& missing,
                                        const Actor& actor, Time now) {
    std::vector<ShipmentId> voided;
    for (const auto& shipment : parcels_in_house(tx, order)) {
        if (holds_any(shipment, missing)) {
            void_label(tx, shipment, actor, now);
            voided.push_back(shipment.id);
        }
    }
    return voided;
}

Quantity missing_of(const std::vector<Units>& missing, ItemId item) {
    const auto found = std::find_if(missing.begin(), missing.end(), [&](const Units& it) { return it.item == item; });
    return found == missing.end() ? 0 : found->quantity;
}

/// What can be packed of the order without what is missing.
std::vector<Units> found_units(const storage::View& view, const Order& order, const std::vector<Units>& missing) {
    std::vector<Units> found;
    const auto open = open_units_in_stock(view, order);
    for (const auto& units : open) {
        const auto left = units.quantity - missing_of(missing, units.item);
        if (left > 0) {
            found.push_back({units.item, left});
        }
    }
    return found;
}

void require_open(const storage::View& view, const Order& order, const std::vector<Units>& missing) {
    const auto open = open_units_in_stock(view, order);
    for (const auto& units : missing) {
        const auto there = missing_of(open, units.item);
        if (units.quantity > there) {
            throw Refusal(orders::kNotOpen,
                          fmt::format("{} of {} cannot be missing: {} are to be packed", units.quantity,
                                      orders::line(order, units.item, "/missing").sku, there));
        }
    }
}

Quantity write_off(storage::Transaction& tx, const Order& order, const std::vector<Units>& missing, const Actor& actor,
                   Time now) {
    Quantity taken = 0;
    for (const auto& units : missing) {
        const auto& item = orders::line(order, units.item, "/missing");
        if (item.counted && catalog::is_counted(tx, item.product.value())) {
            const catalog::StockChange change{.delta = -units.quantity,
                                              .reason = catalog::MovementReason::damaged,
                                              .note = fmt::format("missing for order {}", number(order.id))};
            catalog::change(tx, *item.product, {}, change, actor, now);
            taken += units.quantity;
        }
    }
    return taken;
}

ShipmentId pack(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, const Carriers& carriers,
                const Actor& actor, Time now) {
    if (has_no_parcels(order)) {
        return set_ready(tx, order, units, actor, now);
    }
    NewShipment parcel;
    parcel.items = units;
    const auto made = start(tx, order, parcel, actor, now);
    return with_label(tx, carriers, get_shipment(tx, made), actor, now).id;
}

}  // namespace

ShortPicked pick_short(storage::Transaction& tx, const Order& order, const ShortPick& wanted, const Carriers& carriers,
                       const Refunds& refunds, const Actor& actor, Time now) {
    const auto missing = orders::one_line_each(order, wanted.missing, "/missing");
    ShortPicked done{.given = {}, .voided = void_parcels_of(tx, order.id, missing, actor, now)};
    require_open(tx, order, missing);
    done.packed = wanted.pack ? found_units(tx, order, missing) : std::vector<Units>();
    if (!done.packed.empty()) {
        done.parcel = pack(tx, orders::get(tx, order.id), done.packed, carriers, actor, now);
    }
    if (wanted.rest == Rest::refund) {
        done.given = give_up(tx, orders::get(tx, order.id), missing, wanted.refund, wanted.reason, refunds, actor, now);
    }
    if (wanted.missing_units == MissingUnits::write_off) {
        done.written_off = write_off(tx, order, missing, actor, now);
    }
    return done;
}

ShortPicked plan_short(storage::Transaction& tx, const Order& order, const ShortPick& wanted, const Carriers& carriers,
                       const Refunds& refunds, const Actor& actor, Time now) {
    ShortPicked planned;
    storage::try_out(tx, [&] { planned = pick_short(tx, order, wanted, carriers, refunds, actor, now); });
    planned.parcel.reset();
    return planned;
}

}  // namespace orderd::fulfillment

#include "orders/cancelling.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/state_table.h"
#include "catalog/price_step.h"
#include "catalog/stock.h"
#include "orders/awaited.h"
#include "orders/lifecycle.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kCancelUnits = R"sql(
    UPDATE order_item
       SET cancelled = cancelled + ?2, awaited = min(awaited, quantity - shipped - cancelled - ?2)
     WHERE id = ?1 AND quantity - shipped - cancelled >= ?2
)sql";

void require_some_left(const Order& order, const std::vector<Units>& units) {
    Quantity left = 0;
    for (const auto& item : order.items) {
        left += item.shipped + item.open();
    }
    for (const auto& unit : units) {
        left -= unit.quantity;
    }
    if (left <= 0) {
        throw Refusal(kNothingWouldBeLeft, fmt::format("nothing of order {} would be left", number(order.id)));
    }
}

void require_open(const Order& order) {
    if (!is_open(order.status)) {
        throw Refusal(kIllegalTransition,
                      fmt::format("an order that is {} has no units to cancel", to_text(order.status)))
            .with("order_status", to_text(order.status))
            .with("allowed", Json::array());
    }
}

}  // namespace

bool close_if_sent(storage::Transaction& tx, OrderId id, const Actor& actor, Time now) {
    const auto order = get(tx, id);
    const auto& items = order.items;
    if (order.status != Status::partially_shipped ||
        std::any_of(items.begin(), items.end(), [](const Item& item) { return item.open() > 0; })) {
        return false;
    }
    step(tx, order, Status::shipped, actor, now);
    if (std::all_of(items.begin(), items.end(), [](const Item& item) { return item.returned == item.shipped; })) {
        step(tx, get(tx, id), Status::returned, actor, now);  // everything that was shipped is back
    }
    return true;
}

Money cancel_units(storage::Transaction& tx, const Order& order, const std::vector<Units>& units,
                   std::string_view reason, const Actor& actor, Time now) {
    require_open(order);
    require_some_left(order, units);
    const auto price_step = catalog::price_step(tx);
    Money price;
    auto cancelled = Json::array();
    for (const auto& unit : units) {
        const auto& item = line(order, unit.item, "/items");
        if (tx.run(kCancelUnits, unit.item, unit.quantity) != 1) {
            throw Refusal(kNotOpen, fmt::format("{} of {} cannot be cancelled: {} are left to ship", unit.quantity,
                                                item.sku, item.open()));
        }
        price += price_of(item, item.shipped + item.cancelled, unit.quantity, order.totals.tax.minor > 0, price_step);
        if (item.counted) {
            catalog::release(tx, item.product.value(), unit.quantity, now);
        }
        cancelled.push_back(moved_units(item, unit.quantity));
    }
    if (awaits_stock(order)) {
        keep_awaits(tx, order.id);
    }
    events::record(tx, "order.rest_cancelled", {"order", number(order.id)},
                   {{"reason", reason}, {"items", std::move(cancelled)}}, actor, now);
    if (!close_if_sent(tx, order.id, actor, now)) {
        grow_version(tx, order.id, now);
    }
    return price;
}

std::vector<Units> rest_of(const Order& order) {
    if (order.status != Status::partially_shipped) {
        throw Refusal(kIllegalTransition,
                      fmt::format("an order that is {} has no rest to cancel; one that is partially_shipped has",
                                  to_text(order.status)))
            .with("order_status", to_text(order.status))
            .with("allowed", Json::array());
    }
    std::vector<Units> rest;
    for (const auto& item : order.items) {
        if (item.open() > 0) {
            rest.push_back({item.id, item.open()});
        }
    }
    return rest;
}

}  // namespace orderd::orders

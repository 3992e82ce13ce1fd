#include "orders/shipping.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/shares.h"
#include "base/state_table.h"
#include "catalog/price_step.h"
#include "catalog/stock.h"
#include "orders/lifecycle.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kShip = R"sql(
    UPDATE order_item SET shipped = shipped + ?2 WHERE id = ?1 AND quantity - shipped - cancelled >= ?2
)sql";
constexpr auto kReturn = "UPDATE order_item SET returned = returned + ?2 WHERE id = ?1 AND shipped - returned >= ?2";
constexpr auto kCancelOpen = "UPDATE order_item SET cancelled = quantity - shipped WHERE order_id = ?1";

bool all_shipped(const std::vector<Item>& items) {
    return std::all_of(items.begin(), items.end(), [](const Item& item) { return item.open() == 0; });
}

bool all_returned(const std::vector<Item>& items) {
    return std::all_of(items.begin(), items.end(), [](const Item& item) { return item.returned == item.shipped; });
}

const Item* find_line(const Order& order, ItemId id) {
    const auto found = std::find_if(order.items.begin(), order.items.end(), [&](const Item& i) { return i.id == id; });
    return found == order.items.end() ? nullptr : &*found;
}

const Item& line_of(const Order& order, ItemId id) {
    const auto* item = find_line(order, id);
    if (item == nullptr) {
        throw std::logic_error("a parcel holds a line of another order");
    }
    return *item;
}

std::string no_such_line(const Order& order, ItemId id) {
    return fmt::format("order {} has no line {}", number(order.id), number(id));
}

}  // namespace

void ship(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, const Actor& actor, Time now) {
    if (order.status != Status::partially_shipped) {
        require_step(order.status, Status::partially_shipped);
    }
    for (const auto& unit : units) {
        const auto& item = line_of(order, unit.item);
        if (tx.run(kShip, unit.item, unit.quantity) != 1) {
            throw Refusal(kNotOpen, fmt::format("{} of {} cannot be shipped: {} are left to ship", unit.quantity,
                                                item.sku, item.open()));
        }
        catalog::ship(tx, item.product, unit.quantity, order.id, actor, now);
    }
    const auto to = all_shipped(items_of(tx, order.id)) ? Status::shipped : Status::partially_shipped;
    if (to == order.status) {
        grow_version(tx, order.id, now);
    } else {
        step(tx, order, to, actor, now);
    }
}

void arrived(storage::Transaction& tx, const Order& order, const Actor& actor, Time now) {
    if (order.status == Status::shipped) {
        step(tx, order, Status::delivered, actor, now);
    }
}

Money price_of(const Item& item, Quantity already, Quantity quantity, bool tax_added, Money step) {
    const auto cost = item.amount() + (tax_added ? item.tax : Money{});
    return share_of(cost, already + quantity, item.quantity, step) - share_of(cost, already, item.quantity, step);
}

Money cancel_rest(storage::Transaction& tx, const Order& order, std::string_view reason, const Actor& actor, Time now) {
    if (order.status != Status::partially_shipped) {
        throw Refusal(kIllegalTransition,
                      fmt::format("an order that is {} has no rest to cancel; one that is partially_shipped has",
                                  to_text(order.status)))
            .with("order_status", to_text(order.status))
            .with("allowed", Json::array());
    }
    const auto price_step = catalog::price_step(tx);
    Money price;
    for (const auto& item : order.items) {
        if (item.open() > 0) {
            price += price_of(item, item.shipped + item.cancelled, item.open(), order.totals.tax.minor > 0, price_step);
            catalog::release(tx, item.product, item.open(), now);
        }
    }
    tx.run(kCancelOpen, order.id);
    events::record(tx, "order.rest_cancelled", {"order", number(order.id)},
                   {{"reason", reason}, {"items", open_units(order)}}, actor, now);
    step(tx, order, Status::shipped, actor, now);
    if (all_returned(order.items)) {  // everything that was shipped is back
        step(tx, get(tx, order.id), Status::returned, actor, now);
    }
    return price;
}

void take_back(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, bool restock,
               std::string_view note, const Actor& actor, Time now) {
    if (order.status != Status::partially_shipped) {
        require_step(order.status, Status::returned);
    }
    for (const auto& unit : units) {
        const auto& item = line_of(order, unit.item);
        if (tx.run(kReturn, unit.item, unit.quantity) != 1) {
            throw Refusal(kNotShipped, fmt::format("{} of {} cannot come back: {} are with the customer", unit.quantity,
                                                   item.sku, item.shipped - item.returned));
        }
        if (restock) {
            catalog::take_back(tx, item.product, unit.quantity, order.id, actor, note, now);
        }
    }
    if (order.status != Status::partially_shipped && all_returned(items_of(tx, order.id))) {
        step(tx, order, Status::returned, actor, now);
    } else {
        grow_version(tx, order.id, now);
    }
}

std::vector<Units> one_line_each(const Order& order, const std::vector<Units>& wanted, std::string_view pointer) {
    std::map<ItemId, Quantity> sums;
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (find_line(order, wanted[i].item) == nullptr) {
            faults.push_back({fmt::format("{}/{}/item_id", pointer, i), no_such_line(order, wanted[i].item)});
        }
        sums[wanted[i].item] += wanted[i].quantity;
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    std::vector<Units> units;
    for (const auto& [item, quantity] : sums) {
        units.push_back({item, quantity});
    }
    return units;
}

const Item& line(const Order& order, ItemId id, std::string_view pointer) {
    const auto* item = find_line(order, id);
    if (item == nullptr) {
        throw invalid(std::string(pointer), no_such_line(order, id));
    }
    return *item;
}

}  // namespace orderd::orders

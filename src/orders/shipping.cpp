#include "orders/shipping.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/shares.h"
#include "base/state_table.h"
#include "catalog/stock.h"
#include "orders/awaited.h"
#include "orders/lifecycle.h"
#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kShip = R"sql(
    UPDATE order_item SET shipped = shipped + ?2, awaited = min(awaited, quantity - shipped - cancelled - ?2)
     WHERE id = ?1 AND quantity - shipped - cancelled >= ?2
)sql";
constexpr auto kReturn = "UPDATE order_item SET returned = returned + ?2 WHERE id = ?1 AND shipped - returned >= ?2";

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

Json awaited_units(const Item& item, Quantity requested, Quantity in_stock) {
    return {{"item_id", number(item.id)},
            {"sku", item.sku},
            {"name", item.name},
            {"requested", requested},
            {"in_stock", in_stock},
            {"expected_on", item.expected_on ? Json(to_text(*item.expected_on)) : Json(nullptr)}};
}

void require_some_in_stock(const Order& order) {
    auto awaited = Json::array();
    for (const auto& item : order.items) {
        if (item.in_stock() > 0) {
            return;
        }
        if (item.awaited > 0) {
            awaited.push_back(awaited_units(item, item.open(), 0));
        }
    }
    if (!awaited.empty()) {
        throw Refusal(kUnitsAwaited, fmt::format("nothing of order {} is in stock yet", number(order.id)))
            .with("items", std::move(awaited));
    }
}

namespace {

void require_in_stock(const Order& order, const std::vector<Units>& units) {
    auto awaited = Json::array();
    for (const auto& unit : units) {
        const auto& item = line_of(order, unit.item);
        if (unit.quantity > item.in_stock() && unit.quantity <= item.open()) {
            awaited.push_back(awaited_units(item, unit.quantity, item.in_stock()));
        }
    }
    if (!awaited.empty()) {
        throw Refusal(kUnitsAwaited, "fewer units than that are in stock for this order")
            .with("items", std::move(awaited));
    }
}

}  // namespace

void ship(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, bool seen, const Actor& actor,
          Time now) {
    if (order.status != Status::partially_shipped) {
        require_step(order.status, Status::partially_shipped);
    }
    if (!seen) {
        require_in_stock(order, units);
    }
    for (const auto& unit : units) {
        const auto& item = line_of(order, unit.item);
        if (tx.run(kShip, unit.item, unit.quantity) != 1) {
            throw Refusal(kNotOpen, fmt::format("{} of {} cannot be shipped: {} are left to ship", unit.quantity,
                                                item.sku, item.open()));
        }
        if (unit.quantity > item.in_stock()) {
            catalog::find_missing(tx, item.product.value(), unit.quantity, order.id, actor, now);
        }
        if (item.counted) {
            catalog::ship(tx, item.product.value(), unit.quantity, order.id, actor, now);
        }
    }
    if (awaits_stock(order)) {
        keep_awaits(tx, order.id);
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
        if (restock && item.counted) {
            catalog::take_back(tx, item.product.value(), unit.quantity, order.id, actor, note, now);
        }
    }
    share_out_stock(tx);  // now, since this order may be the one that waits
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

#include "orders/awaited.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "storage/events.h"

namespace orderd::orders {

namespace {

constexpr auto kMissingUnits = "SELECT max(0, reserved - on_hand) FROM product WHERE id = ?1";
constexpr auto kAwaitedUnits = R"sql(
    SELECT coalesce(sum(awaited), 0) FROM order_item INDEXED BY order_item_awaited WHERE product_id = ?1 AND awaited > 0
)sql";
constexpr auto kWaiting = R"sql(
    SELECT id, order_id, awaited, 0 FROM order_item INDEXED BY order_item_awaited
     WHERE product_id = ?1 AND awaited > 0 ORDER BY order_id, id LIMIT ?2
)sql";
// All lines of the product, since an index of the open ones would cost each order a page.
constexpr auto kNewest = R"sql(
    SELECT id, order_id, awaited, counted * (quantity - shipped - cancelled - awaited)
      FROM order_item INDEXED BY order_item_by_product
     WHERE product_id = ?1 AND (order_id, id) < (?2, ?3) ORDER BY order_id DESC, id DESC LIMIT ?4
)sql";
constexpr auto kSetAwaited = "UPDATE order_item SET awaited = ?2 WHERE id = ?1";
constexpr auto kKeepAwaits = R"sql(
    UPDATE orders
       SET awaits = (SELECT CASE WHEN sum(awaited) = 0 THEN 'none'
                                 WHEN sum(awaited) = sum(quantity - shipped - cancelled) THEN 'all' ELSE 'some' END
                       FROM order_item WHERE order_id = ?1)
     WHERE id = ?1
)sql";
constexpr auto kGrow = "UPDATE orders SET updated_at = ?2, version = version + 1 WHERE id = ?1";

// What is on hand of each product is given to its open lines, oldest order first. Products of which all that is reserved is
// on hand have lines that await nothing.
constexpr std::string_view kRight = R"sql(
    WITH held (id, order_id, product_id, awaited, units, on_hand, up_to) AS (
        SELECT i.id, i.order_id, i.product_id, i.awaited, i.quantity - i.shipped - i.cancelled, p.on_hand,
               sum(i.quantity - i.shipped - i.cancelled)
                   OVER (PARTITION BY i.product_id ORDER BY i.order_id, i.id ROWS UNBOUNDED PRECEDING)
          FROM product p JOIN order_item i ON i.product_id = p.id
         WHERE p.reserved > p.on_hand AND i.counted AND i.quantity > i.shipped + i.cancelled),
    wrong (id, order_id, product_id, awaited, units) AS (
        SELECT id, order_id, product_id, awaited, min(units, max(0, up_to - on_hand))
          FROM held WHERE awaited <> min(units, max(0, up_to - on_hand))
        UNION ALL
        SELECT i.id, i.order_id, i.product_id, i.awaited, 0
          FROM order_item i JOIN product p ON p.id = i.product_id
         WHERE i.awaited > 0 AND p.reserved <= p.on_hand)
)sql";
constexpr std::string_view kWrongOrders = R"sql(
    SELECT o.id AS id, o.awaits AS awaits, i.awaits AS by_lines
      FROM orders o
      JOIN (SELECT order_id, CASE WHEN sum(awaited) = 0 THEN 'none'
                                  WHEN sum(awaited) = sum(quantity - shipped - cancelled) THEN 'all'
                                  ELSE 'some' END AS awaits
              FROM order_item GROUP BY order_id) i ON i.order_id = o.id
     WHERE o.awaits <> i.awaits
)sql";

struct HeldLine {
    std::int64_t id = 0;
    OrderId order{};
    Quantity awaited = 0;
    Quantity in_stock = 0;
};

HeldLine read_line(const storage::Row& row) {
    return {row.get<std::int64_t>(0), row.get<OrderId>(1), row.get<Quantity>(2), row.get<Quantity>(3)};
}

constexpr std::int64_t kLinesAtOnce = 200;

void set_awaited(storage::Transaction& tx, ProductId product, const HeldLine& line, Quantity awaited, Time now) {
    tx.run(kSetAwaited, line.id, awaited);
    keep_awaits(tx, line.order);
    tx.run(kGrow, line.order, now);
    events::record(
        tx, "order.awaited_changed", {"order", number(line.order)},
        {{"item_id", line.id}, {"product_id", number(product)}, {"awaited_before", line.awaited}, {"awaited", awaited}},
        Actor::system(), now);
    tx.touched(storage::Topic::orders);
}

/// Gives units that came to the lines that wait for them, oldest order first.
void give(storage::Transaction& tx, ProductId product, Quantity units, Time now) {
    while (units > 0) {
        std::vector<HeldLine> lines;
        tx.each(
            kWaiting, [&](const storage::Row& row) { lines.push_back(read_line(row)); }, product, kLinesAtOnce);
        for (const auto& line : lines) {
            const auto given = std::min(units, line.awaited);
            if (given > 0) {
                set_awaited(tx, product, line, line.awaited - given, now);
                units -= given;
            }
        }
        if (lines.empty()) {
            return;
        }
    }
}

/// Takes units that went from the lines that had them, newest order first.
void take(storage::Transaction& tx, ProductId product, Quantity units, Time now) {
    HeldLine last{.id = 0, .order = OrderId{std::numeric_limits<std::int64_t>::max()}};
    while (units > 0) {
        std::vector<HeldLine> lines;
        tx.each(
            kNewest, [&](const storage::Row& row) { lines.push_back(read_line(row)); }, product, last.order, last.id,
            kLinesAtOnce);
        for (const auto& line : lines) {
            const auto taken = std::min(units, line.in_stock);
            if (taken > 0) {
                set_awaited(tx, product, line, line.awaited + taken, now);
                units -= taken;
            }
        }
        if (lines.empty()) {
            return;
        }
        last = lines.back();
    }
}

}  // namespace

void share_out_stock(storage::Transaction& tx) {
    for (const auto& [product, at] : tx.moved_stock()) {
        const auto missing = tx.value<Quantity>(kMissingUnits, product).value_or(0);
        const auto awaited = tx.value<Quantity>(kAwaitedUnits, product).value_or(0);
        if (missing < awaited) {
            give(tx, product, awaited - missing, at);
        } else if (missing > awaited) {
            take(tx, product, missing - awaited, at);
        }
    }
}

void keep_awaits(storage::Transaction& tx, OrderId order) { tx.run(kKeepAwaits, order); }

std::vector<std::string> repair_awaited(storage::Transaction& tx, Time now) {
    struct Wrong {
        HeldLine line;
        ProductId product{};
        Quantity right = 0;
    };
    std::vector<Wrong> wrong;
    tx.each(fmt::format("{} SELECT id, order_id, awaited, 0, product_id, units FROM wrong", kRight),
            [&](const storage::Row& row) {
                wrong.push_back({read_line(row), row.get<ProductId>(4), row.get<Quantity>(5)});
            });
    std::vector<std::string> lines;
    for (const auto& it : wrong) {
        set_awaited(tx, it.product, it.line, it.right, now);
        lines.push_back(fmt::format("order {}: of product {}, {} -> {} units are awaited", number(it.line.order),
                                    number(it.product), it.line.awaited, it.right));
    }
    std::vector<OrderId> orders;
    tx.each(kWrongOrders, [&](const storage::Row& row) { orders.push_back(row.get<OrderId>(0)); });
    for (const auto id : orders) {
        keep_awaits(tx, id);
        tx.run(kGrow, id, now);
        lines.push_back(fmt::format("order {}: it says again whether it waits for stock", number(id)));
    }
    return lines;
}

std::string_view wrong_lines() {
    static const auto sql = fmt::format(
        "{} SELECT format('item %d of order %d awaits %d units, and %d of them are not in stock', id, order_id, awaited, "
        "units) FROM wrong",
        kRight);
    return sql;
}

std::string_view wrong_orders() {
    static const auto sql = fmt::format(
        "SELECT format('order %d awaits %s of its units, and its lines say %s', id, awaits, by_lines) FROM ({})",
        kWrongOrders);
    return sql;
}

}  // namespace orderd::orders

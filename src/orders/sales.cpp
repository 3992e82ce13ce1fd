#include "orders/sales.h"

#include <limits>

#include "orders/numbering.h"

namespace orderd::orders {

namespace {

// The span's orders lead: without statistics, SQLite would read every line that was ever ordered. Of a line, units that
// are still sold have their part of its discount, rounded down; divided first, since the product could be too large.
#define ORDERD_SOLD                                                                                                  \
    "SELECT sold.product_id, product.sku, product.name, sold.orders, sold.units, sold.discount, "                    \
    "sold.price - sold.discount FROM (SELECT line.product_id, count(DISTINCT line.order_id) AS orders, "             \
    "sum(line.units) AS units, sum(line.unit_price * line.units) AS price, "                                         \
    "sum(line.discount / line.quantity * line.units + line.discount % line.quantity * line.units / line.quantity) "  \
    "AS discount FROM (SELECT order_item.product_id, order_item.order_id, unit_price, order_item.discount, "         \
    "quantity, quantity - order_item.cancelled - order_item.returned AS units FROM orders CROSS JOIN order_item ON " \
    "order_item.order_id = orders.id WHERE orders.id >= ?3 AND orders.id < ?4 AND placed_at >= ?1 AND "              \
    "placed_at < ?2 AND status NOT IN ('draft', 'pending', 'cancelled', 'expired')) AS line WHERE line.units > 0 "   \
    "GROUP BY line.product_id) AS sold JOIN product ON product.id = sold.product_id ORDER BY "
constexpr auto kMostUnits = ORDERD_SOLD "sold.units DESC, 7 DESC, sold.product_id LIMIT ?5";
constexpr auto kMostRevenue = ORDERD_SOLD "7 DESC, sold.units DESC, sold.product_id LIMIT ?5";
#undef ORDERD_SOLD

}  // namespace

std::vector<Sold> sold(const storage::View& view, Time from, std::optional<Time> before, MostFirst order,
                       std::int64_t most) {
    const auto span = span_of(view, from, before);
    std::vector<Sold> found;
    view.each(
        order == MostFirst::units ? kMostUnits : kMostRevenue,
        [&](const storage::Row& row) {
            found.push_back({.product = row.get<ProductId>(0),
                             .sku = row.get<std::string>(1),
                             .name = row.get<std::string>(2),
                             .orders = row.get<std::int64_t>(3),
                             .units = row.get<Quantity>(4),
                             .discount = row.get<Money>(5),
                             .revenue = row.get<Money>(6)});
        },
        from, before.value_or(Time{std::numeric_limits<std::int64_t>::max()}), span.from, span.below, most);
    return found;
}

}  // namespace orderd::orders

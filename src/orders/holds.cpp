#include "orders/holds.h"

#include <limits>

namespace orderd::orders {

namespace {

// The lines of a product, newest order first, with the units left to ship if the order is open.
constexpr auto kHeldLines = R"sql(
    SELECT o.id, o.status, i.counted * (i.quantity - i.shipped - i.cancelled), o.placed_at, o.expires_at,
           o.status IN ('pending', 'paid', 'processing', 'partially_shipped'), i.awaited
      FROM order_item i JOIN orders o ON o.id = i.order_id
     WHERE i.product_id = ?1 AND i.order_id < ?2
     ORDER BY i.order_id DESC LIMIT ?3
)sql";

}  // namespace

std::vector<catalog::Hold> holds_of(const storage::View& view, const catalog::Product& product, std::int64_t most) {
    // A product that has sold for years has far more lines than holds. Its holds are among the newest orders:
    // the search ends once they add up to what is reserved.
    constexpr std::int64_t kHeldStep = 200;
    std::vector<catalog::Hold> found;
    Quantity seen = 0;
    auto below = OrderId{std::numeric_limits<std::int64_t>::max()};
    bool more = true;
    while (more && seen < product.reserved) {
        std::int64_t rows = 0;
        view.each(
            kHeldLines,
            [&](const storage::Row& row) {
                ++rows;
                below = row.get<OrderId>(0);
                const auto quantity = row.get<Quantity>(2);
                if (quantity <= 0 || !row.get<bool>(5)) {
                    return;
                }
                seen += quantity;
                if (static_cast<std::int64_t>(found.size()) < most) {
                    found.push_back({.order = row.get<OrderId>(0),
                                     .status = row.get<std::string>(1),
                                     .quantity = quantity,
                                     .awaited = row.get<Quantity>(6),
                                     .placed_at = row.get<Time>(3),
                                     .expires_at = row.get<std::optional<Time>>(4)});
                }
            },
            product.id, below, kHeldStep);
        more = rows == kHeldStep && static_cast<std::int64_t>(found.size()) < most;
    }
    return found;
}

}  // namespace orderd::orders

#include "payments/list.h"

#include <limits>

namespace orderd::payments {

namespace {

// One status is read from its index; several are filtered while reading in order.
constexpr auto kByStatus = R"sql(
    SELECT id FROM payment
     WHERE status = ?2 AND id < ?1 AND (?3 IS NULL OR method = ?3) AND (?4 IS NULL OR gateway = ?4)
       AND (?5 IS NULL OR order_id = ?5) AND created_at >= ?6 AND created_at < ?7
       AND (?8 IS NULL OR (SELECT status FROM orders WHERE id = order_id) IN (SELECT value FROM json_each(?8)))
     ORDER BY id DESC LIMIT ?9
)sql";
constexpr auto kAll = R"sql(
    SELECT id FROM payment
     WHERE id < ?1 AND (?2 IS NULL OR status IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR method = ?3)
       AND (?4 IS NULL OR gateway = ?4) AND (?5 IS NULL OR order_id = ?5) AND created_at >= ?6 AND created_at < ?7
       AND (?8 IS NULL OR (SELECT status FROM orders WHERE id = order_id) IN (SELECT value FROM json_each(?8)))
     ORDER BY id DESC LIMIT ?9
)sql";

// Where few orders have such a status, they drive the query, and not all payments that ever failed. More of them would
// all be sorted, to show a page.
constexpr auto kAreMany = R"sql(
    SELECT count(*) = 2000
      FROM (SELECT 1 FROM orders WHERE status IN (SELECT value FROM json_each(?1)) LIMIT 2000)
)sql";
constexpr auto kOfFewOrders = R"sql(
    SELECT payment.id
      FROM (SELECT id FROM orders WHERE status IN (SELECT value FROM json_each(?8)) LIMIT 2000) AS few
           CROSS JOIN payment ON payment.order_id = few.id
     WHERE payment.id < ?1
       AND (?2 IS NULL OR payment.status IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR method = ?3)
       AND (?4 IS NULL OR gateway = ?4) AND (?5 IS NULL OR order_id = ?5) AND created_at >= ?6 AND created_at < ?7
     ORDER BY payment.id DESC LIMIT ?9
)sql";

// Few refunds wait to be sent, so they drive the query.
constexpr auto kToSend = R"sql(
    SELECT id FROM payment
     WHERE id IN (SELECT payment_id FROM refund WHERE status = 'to_be_sent') AND id < ?1
       AND (?2 IS NULL OR status IN (SELECT value FROM json_each(?2))) AND (?3 IS NULL OR method = ?3)
       AND (?4 IS NULL OR gateway = ?4) AND (?5 IS NULL OR order_id = ?5) AND created_at >= ?6 AND created_at < ?7
       AND (?8 IS NULL OR (SELECT status FROM orders WHERE id = order_id) IN (SELECT value FROM json_each(?8)))
     ORDER BY id DESC LIMIT ?9
)sql";

constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();

}  // namespace

Payments list(const storage::View& view, const Filter& filter, const storage::Page& page) {
    const auto before = storage::below_id(page);
    std::optional<std::string> order_statuses;
    if (!filter.order_statuses.empty()) {
        order_statuses = Json(filter.order_statuses).dump();
    }
    const bool of_few_orders =
        order_statuses && !filter.refund_to_be_sent && !view.value<bool>(kAreMany, *order_statuses).value();
    const bool one = filter.statuses.size() == 1 && !of_few_orders && !filter.refund_to_be_sent;
    std::optional<std::string> statuses;
    if (!filter.statuses.empty()) {
        statuses = one ? filter.statuses.front() : Json(filter.statuses).dump();
    }
    std::vector<PaymentId> ids;
    view.each(
        filter.refund_to_be_sent ? kToSend
        : of_few_orders          ? kOfFewOrders
        : one                    ? kByStatus
                                 : kAll,
        [&](const storage::Row& row) { ids.push_back(row.get<PaymentId>(0)); }, before, statuses, filter.method,
        filter.gateway, filter.order, filter.from.value_or(Time{0}), filter.before.value_or(Time{kEnd}), order_statuses,
        storage::rows_to_read(page));
    Payments found;
    if (storage::cut(ids, page)) {
        found.after = number(ids.back());
    }
    for (const auto id : ids) {
        found.rows.push_back(get(view, id));
    }
    return found;
}

}  // namespace orderd::payments

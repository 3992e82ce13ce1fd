#include "payments/list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "base/budgets.h"
#include "base/text.h"
#include "payments/search.h"

namespace orderd::payments {

namespace {

// Conditions are SQL text. They have only numbers and our own words, so they are written out: each statement then says
// which index leads to its rows. A condition that begins with + is checked for each row, and leads nowhere.

/// What an index leads to: FROM and WHERE of a SELECT of payments. Empty `where`: all of them.
struct Range {
    std::string from = "payment";
    std::string where = {};
};

/// Every payment that a filter finds is in one of these, or in several.
using Ranges = std::vector<Range>;

/// Few orders with a status lead to their payments. More of them would all be sorted to show a page.
constexpr std::int64_t kFewOrders = 2000;

std::string in_list(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") != std::string::npos) {
            throw std::logic_error("a filter's word is not one of ours: " + word);
        }
    }
    return fmt::format("IN ('{}')", fmt::join(words, "', '"));
}

template <class Id>
std::string in_numbers(const std::vector<Id>& ids) {
    std::vector<std::int64_t> numbers;
    for (const auto id : ids) {
        numbers.push_back(number(id));
    }
    return fmt::format("IN ({})", fmt::join(numbers, ", "));
}

/// What each row is checked for, whatever led to it: " AND …".
std::string checks_of(const Filter& filter) {
    std::string text;
    const auto add = [&](const std::string& condition) { text += " AND " + condition; };
    if (!filter.statuses.empty()) {
        add("+payment.status " + in_list(filter.statuses));
    }
    if (filter.method) {
        add("payment.method " + in_list({*filter.method}));
    }
    if (filter.gateway) {
        add("payment.gateway " + in_list({*filter.gateway}));
    }
    if (filter.order) {
        add(fmt::format("+payment.order_id = {}", number(*filter.order)));
    }
    if (filter.from) {
        add(fmt::format("+payment.created_at >= {}", filter.from->ms));
    }
    if (filter.before) {
        add(fmt::format("+payment.created_at < {}", filter.before->ms));
    }
    if (filter.refund_to_be_sent) {
        add("payment.to_be_sent > 0");
    }
    if (!filter.order_statuses.empty()) {
        add("(SELECT status FROM orders WHERE id = payment.order_id) " + in_list(filter.order_statuses));
    }
    return text;
}

Ranges ranges_of(const Hits& hits) {
    Ranges ranges;
    if (hits.amount) {
        ranges.push_back({.where = fmt::format("payment.amount = {}", hits.amount->minor)});
    }
    if (!hits.orders.empty()) {
        ranges.push_back({.where = "payment.order_id " + in_numbers(hits.orders)});
    }
    if (!hits.payments.empty()) {
        ranges.push_back({.where = "payment.id " + in_numbers(hits.payments)});
    }
    return ranges;
}

/// The same as a check of each row `payment`: " AND …".
std::string check_of(const Hits& hits) {
    std::vector<std::string> any;
    if (hits.amount) {
        any.push_back(fmt::format("+payment.amount = {}", hits.amount->minor));
    }
    if (!hits.orders.empty()) {
        any.push_back("+payment.order_id " + in_numbers(hits.orders));
    }
    if (!hits.payments.empty()) {
        any.push_back("+payment.id " + in_numbers(hits.payments));
    }
    return fmt::format(" AND ({})", fmt::join(any, " OR "));
}

Range range_of_order(OrderId order) { return {.where = fmt::format("payment.order_id = {}", number(order))}; }

/// Few refunds wait to be sent.
Range range_to_be_sent() {
    return {.where = "payment.id IN (SELECT payment_id FROM refund WHERE status = 'to_be_sent')"};
}

Ranges ranges_of_statuses(const std::vector<std::string>& statuses) {
    Ranges ranges;
    for (const auto& status : statuses) {
        ranges.push_back({.where = "payment.status " + in_list({status})});
    }
    return ranges;
}

/// @param most  orders; more of them are left out
Range range_of_order_statuses(const std::vector<std::string>& statuses, std::int64_t most) {
    return {.from = fmt::format("(SELECT id FROM orders WHERE status {} LIMIT {}) AS few CROSS JOIN payment ON "
                                "payment.order_id = few.id",
                                in_list(statuses), most)};
}

bool are_few(const storage::View& view, const std::vector<std::string>& order_statuses) {
    return view.value<std::int64_t>(fmt::format("SELECT count(*) FROM (SELECT 1 FROM orders WHERE status {} LIMIT {})",
                                                in_list(order_statuses), kFewOrders))
               .value_or(0) < kFewOrders;
}

bool has_text(const Filter& filter) { return !trimmed(filter.text).empty(); }

/// The ranges that a page is read from, newest first. Of several, each is read in order, and they are merged: if one
/// query asked for several statuses, SQLite would sort all their payments to show fifty.
Ranges ranges_to_list(const storage::View& view, const Filter& filter) {
    if (has_text(filter)) {
        return ranges_of(search(view, filter.text));
    }
    if (filter.order) {
        return {range_of_order(*filter.order)};
    }
    if (filter.refund_to_be_sent) {
        return {range_to_be_sent()};
    }
    if (!filter.order_statuses.empty() && are_few(view, filter.order_statuses)) {
        return {range_of_order_statuses(filter.order_statuses, kFewOrders)};
    }
    return filter.statuses.empty() ? Ranges{Range{}} : ranges_of_statuses(filter.statuses);
}

std::string condition_of(const Range& range) { return range.where.empty() ? "" : range.where + " AND "; }

std::vector<PaymentId> page_of(const storage::View& view, const Ranges& ranges, const std::string& checks,
                               std::int64_t before, std::int64_t most) {
    std::vector<std::string> walks;
    for (const auto& range : ranges) {
        walks.push_back(
            fmt::format("SELECT payment.id FROM {} WHERE {}payment.id < ?1{} ORDER BY payment.id DESC LIMIT ?2",
                        range.from, condition_of(range), checks));
    }
    std::vector<PaymentId> ids;
    if (walks.empty()) {
        return ids;
    }
    const auto sql = walks.size() == 1 ? walks.front()
                                       : fmt::format("SELECT * FROM ({}) ORDER BY 1 DESC LIMIT ?2",
                                                     fmt::join(walks, ") UNION SELECT * FROM ("));
    view.each(
        sql, [&](const storage::Row& row) { ids.push_back(row.get<PaymentId>(0)); }, before, most);
    return ids;
}

/// Of one range, at most as many as are looked through, and one more.
std::string some_of(const Range& range) {
    return fmt::format("SELECT payment.id AS id FROM {}{} LIMIT {}", range.from,
                       range.where.empty() ? "" : " WHERE " + range.where, budget::kPaymentsSummed + 1);
}

bool can_be_summed(const storage::View& view, const Ranges& ranges) {
    std::int64_t rows = 0;
    for (const auto& range : ranges) {
        rows += view.value<std::int64_t>(fmt::format("SELECT count(*) FROM ({})", some_of(range))).value_or(0);
    }
    return rows <= budget::kPaymentsSummed;
}

Totals sum_up(const storage::View& view, const Ranges& ranges, const std::string& checks) {
    std::vector<std::string> parts;
    for (const auto& range : ranges) {
        parts.push_back(fmt::format("SELECT id FROM ({})", some_of(range)));
    }
    // The found ones lead; the order says whether something is owed.
    const auto sql = fmt::format(
        "SELECT count(*), coalesce(sum(payment.amount), 0), coalesce(sum(payment.captured), 0), "
        "coalesce(sum(payment.refunded), 0), coalesce(sum(payment.to_be_sent), 0), coalesce(sum(iif(o.status IN "
        "('cancelled', 'expired'), 0, payment.amount - payment.captured)), 0) FROM ({}) AS found CROSS JOIN payment ON "
        "payment.id = found.id CROSS JOIN orders o ON o.id = payment.order_id WHERE TRUE{}",
        fmt::join(parts, " UNION "), checks);
    return view
        .first(sql,
               [](const storage::Row& row) {
                   return Totals{.count = row.get<std::int64_t>(0),
                                 .amount = row.get<Money>(1),
                                 .captured = row.get<Money>(2),
                                 .refunded = row.get<Money>(3),
                                 .to_be_sent = row.get<Money>(4),
                                 .outstanding = row.get<Money>(5)};
               })
        .value();
}

/// What each of a filter's parts leads to, those that usually lead to few first.
std::vector<Ranges> ranges_to_sum(const Filter& filter) {
    std::vector<Ranges> all;
    if (filter.order) {
        all.push_back({range_of_order(*filter.order)});
    }
    if (filter.refund_to_be_sent) {
        all.push_back({range_to_be_sent()});
    }
    if (!filter.order_statuses.empty()) {
        all.push_back({range_of_order_statuses(filter.order_statuses, budget::kPaymentsSummed + 1)});
    }
    if (!filter.statuses.empty()) {
        all.push_back(ranges_of_statuses(filter.statuses));
    }
    if (filter.from || filter.before) {
        const auto from = filter.from ? fmt::format("payment.created_at >= {}", filter.from->ms) : "";
        const auto before = filter.before ? fmt::format("payment.created_at < {}", filter.before->ms) : "";
        const auto* const both = filter.from && filter.before ? " AND " : "";
        all.push_back({Range{.where = from + both + before}});
    }
    all.push_back({Range{}});
    return all;
}

}  // namespace

Payments list(const storage::View& view, const Filter& filter, const storage::Page& page) {
    auto ids = page_of(view, ranges_to_list(view, filter), checks_of(filter), storage::below_id(page),
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

std::optional<Totals> totals(const storage::View& view, const Filter& filter) {
    auto checks = checks_of(filter);
    auto all = ranges_to_sum(filter);
    if (has_text(filter)) {
        const auto hits = search(view, filter.text);
        if (hits.none()) {
            return Totals{};
        }
        if (!hits.complete) {
            return std::nullopt;
        }
        checks += check_of(hits);
        all.insert(all.begin(), ranges_of(hits));
    }
    for (const auto& ranges : all) {
        if (can_be_summed(view, ranges)) {
            return sum_up(view, ranges, checks);
        }
    }
    return std::nullopt;
}

}  // namespace orderd::payments

#include "orders/list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "base/names.h"
#include "base/text.h"
#include "orders/numbering.h"
#include "orders/packing.h"
#include "orders/search.h"
#include "orders/tags.h"

namespace orderd::orders {

namespace {

constexpr auto kColumns = R"sql(
    SELECT o.id, o.status, o.payment_status, o.contact_sealed, o.address_sealed, o.customer_id,
           (SELECT sum(quantity) FROM order_item WHERE order_id = o.id), o.total, o.managed_by, a.username, o.placed_at,
           o.expires_at, o.version, nullif(o.payment_method, ''), {}, json_extract(o.delivery, '$.kind'), o.awaits
      FROM orders o JOIN admin_user a ON a.id = o.managed_by
     WHERE o.id IN (SELECT value FROM json_each(?1)) ORDER BY o.id DESC
)sql";

// Few orders have a parcel in trouble, so this condition drives the query.
constexpr auto kInTrouble = "o.parcel_trouble";
// So does this one, where few wait; where many do, their index is in the list's order.
constexpr auto kAwaitsStock = "o.awaits <> 'none'";
constexpr auto kCountAwaitingStock = "SELECT count(*) FROM orders WHERE awaits <> 'none'";
constexpr auto kCountInTrouble = "SELECT count(*) FROM orders WHERE parcel_trouble";

constexpr auto kHistory = R"sql(
    SELECT event.sequence, event.kind, event.actor, event.body, event.at
      FROM json_each(?1) AS wanted
      JOIN event ON event.subject = json_extract(wanted.value, '$[0]')
                AND event.subject_id = json_extract(wanted.value, '$[1]')
     ORDER BY event.sequence
)sql";

/// How many entries of two indexes are counted before the shorter one is chosen to drive the query.
constexpr int kProbe = 2000;

/// How often a page asks its other filters of what its text finds: where they fit few, it may show fewer than it could.
constexpr int kRounds = 4;

/// Both conditions, of which the first may be empty.
std::string both(const std::string& first, const std::string& second) {
    return fmt::format("{}{}{}", first, first.empty() ? "" : " AND ", second);
}

std::string has_product(ProductId product) {
    return fmt::format("EXISTS (SELECT 1 FROM order_item i WHERE i.order_id = o.id AND i.product_id = {})",
                       number(product));
}

/// The condition on each row's time, needed if the span of numbers also contains orders of other times.
std::string time_condition(const Filter& filter) {
    auto text = filter.from ? fmt::format("+o.placed_at >= {}", filter.from->ms) : std::string();
    if (filter.before) {
        text += fmt::format("{}+o.placed_at < {}", text.empty() ? "" : " AND ", filter.before->ms);
    }
    return text;
}

/// Conditions as SQL. They contain only numbers and our own words, so they are written out: the statement
/// then determines which index drives it.
struct Conditions {
    std::vector<std::string> on_order;
    std::string on_each;               ///< checked for each row, never drives the query; may be empty
    std::string packable;              ///< whether it may be packed, if no index on that drives the query
    std::vector<std::string> packing;  ///< values of orders.packing, if packable orders are wanted
    std::optional<std::int64_t> tag;   ///< whose orders are walked through
    bool is_listed = false;            ///< on_order names the orders: they are looked up, and not walked through
    std::int64_t below = std::numeric_limits<std::int64_t>::max();
    std::int64_t from = 0;
    bool none = false;
};

std::string status_condition(const std::vector<Status>& statuses) {
    std::vector<std::string> quoted;
    for (const auto status : statuses) {
        quoted.push_back(fmt::format("'{}'", to_text(status)));
    }
    return fmt::format("o.status IN ({})", fmt::join(quoted, ", "));
}

int count_up_to(const storage::View& view, int most, const std::string& sql) {
    return view.value<int>(fmt::format("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT {})", sql, most)).value_or(0);
}

bool is_short(const storage::View& view, const std::string& sql) { return count_up_to(view, kProbe, sql) < kProbe; }

/// The ids of one page of a product's orders, or of all orders that match the other conditions. SQLite's
/// statistics are averages, of large databases alone (Store::optimize). So we count a rare product and a rare
/// status ourselves, and let the rarer one drive the query. A condition prefixed with + is checked for
/// each row, and SQLite chooses no index for it.
std::string one_walk(const storage::View& view, const Filter& filter, Conditions conditions) {
    const auto status = filter.statuses.empty() ? "" : status_condition(filter.statuses);
    std::string from = "orders o";
    std::string key = "o.id";
    if (conditions.tag) {
        from = "order_tag t CROSS JOIN orders o ON o.id = t.order_id";
        conditions.on_order.push_back(fmt::format("t.tag_id = {}", *conditions.tag));
        key = "t.order_id";
    }
    if (conditions.tag && filter.product) {
        conditions.on_order.push_back(has_product(*filter.product));
    }
    if (filter.product && !conditions.tag) {
        const auto product = number(*filter.product);
        const bool product_leads = status.empty() ||
                                   is_short(view, fmt::format("order_item WHERE product_id = {}", product)) ||
                                   !is_short(view, "orders o WHERE " + status);
        if (product_leads) {
            // Each line's order is looked up in the index on status, which is small and needs no table row.
            from =
                fmt::format("order_item i INDEXED BY order_item_by_product CROSS JOIN orders o {} ON o.id = i.order_id",
                            status.empty() ? "" : "INDEXED BY orders_by_status");
            conditions.on_order.push_back(fmt::format("i.product_id = {}", product));
            key = "i.order_id";
            if (!status.empty()) {
                conditions.on_order.push_back(status);
            }
        } else {
            conditions.on_order.push_back(status);
            conditions.on_order.push_back(has_product(*filter.product));
        }
    } else if (!status.empty()) {
        conditions.on_order.push_back('+' + status);
    }
    if (filter.manager) {
        conditions.on_order.push_back(fmt::format("+o.managed_by = {}", number(*filter.manager)));
    }
    for (const auto* on_each : {&conditions.on_each, &conditions.packable}) {
        if (!on_each->empty()) {
            conditions.on_order.push_back(*on_each);
        }
    }
    conditions.on_order.push_back(fmt::format("{0}{1} < ?1 AND {0}{1} >= ?2", conditions.is_listed ? "+" : "", key));
    return fmt::format("SELECT DISTINCT {} FROM {} WHERE {} ORDER BY {} DESC LIMIT ?3", key, from,
                       fmt::join(conditions.on_order, " AND "), key);
}

/// The index conditions that find a status's packable orders; empty: none of that status may be packed.
std::vector<std::string> leads_to_packable(Status status, const std::vector<std::string>& packing) {
    std::vector<std::string> leads;
    for (const auto& why : packing) {
        if ((why == "paid") == (status != Status::pending)) {
            leads.push_back(fmt::format("o.packing = '{}' AND ", why));
        }
    }
    return leads;
}

/// The same if a status, a manager or the reason for packing drives the query. An index holds the orders of
/// one status (of one manager) by number, so the newest of each status are read and merged. If one query
/// asked for several statuses, SQLite would sort all their orders to show fifty.
std::string merged_walks(const Filter& filter, const Conditions& conditions) {
    const bool by_packing = !filter.manager && !conditions.packing.empty();
    auto each = conditions.on_each.empty() ? std::string() : conditions.on_each + " AND ";
    if (!by_packing && !conditions.packable.empty()) {
        each += conditions.packable + " AND ";
    }
    const std::vector<std::string> by_manager{
        filter.manager ? fmt::format("o.managed_by = {} AND ", number(*filter.manager)) : ""};
    std::vector<std::string> walks;
    for (const auto status : filter.statuses.empty() ? all_statuses() : filter.statuses) {
        for (const auto& lead : by_packing ? leads_to_packable(status, conditions.packing) : by_manager) {
            walks.push_back(
                fmt::format("SELECT * FROM (SELECT o.id FROM orders o WHERE {}{}o.status = '{}' AND o.id < ?1 AND "
                            "o.id >= ?2 ORDER BY o.id DESC LIMIT ?3)",
                            lead, each, to_text(status)));
        }
    }
    return fmt::format("{} ORDER BY 1 DESC LIMIT ?3", fmt::join(walks, " UNION "));
}

/// Of a product's orders, those that may be packed are wanted: whether there are fewer of these than lines of the product.
/// The shorter one is read to its end where few fit, so both are counted further than elsewhere.
bool packable_leads(const storage::View& view, const Filter& filter, const Conditions& conditions) {
    if (conditions.packing.empty() || filter.manager) {
        return false;
    }
    constexpr int kFar = 10 * kProbe;
    const auto may_be_packed = fmt::format("orders o INDEXED BY orders_to_pack WHERE o.packing IN ('{}')",
                                           fmt::join(conditions.packing, "', '"));
    const auto lines = fmt::format("order_item WHERE product_id = {}", number(*filter.product));
    return count_up_to(view, kFar, may_be_packed) < count_up_to(view, kFar, lines);
}

std::vector<std::int64_t> ids_of(const storage::View& view, const Filter& filter, Conditions conditions,
                                 std::int64_t limit) {
    const bool is_plain = !conditions.tag && conditions.on_order.empty();
    const bool by_packing = is_plain && filter.product && packable_leads(view, filter, conditions);
    if (by_packing) {
        conditions.on_each = both(conditions.on_each, has_product(*filter.product));
    }
    const bool by_status =
        is_plain && (by_packing || (!filter.product && (filter.manager || !filter.statuses.empty())));
    std::vector<std::int64_t> ids;
    view.each(
        by_status ? merged_walks(filter, conditions) : one_walk(view, filter, conditions),
        [&](const storage::Row& row) { ids.push_back(row.get<std::int64_t>(0)); }, conditions.below, conditions.from,
        limit);
    return ids;
}

/// Of what the filter's text finds, slice by slice: what its other conditions fit.
accounts::Found found_ids(const storage::View& view, const Filter& filter, const Conditions& conditions,
                          std::int64_t limit, int rounds, const Beside& beside) {
    accounts::Found page{.looked_to = conditions.below};
    for (; rounds > 0 && page.looked_to && std::ssize(page.ids) < limit; --rounds) {
        const auto slice = find_orders(view, filter.text, *page.looked_to, beside);
        page.looked_to = slice.looked_to;
        if (!slice.ids.empty()) {
            auto narrower = conditions;
            narrower.is_listed = true;
            narrower.on_order.push_back(fmt::format("o.id IN ({})", fmt::join(slice.ids, ", ")));
            const auto ids = ids_of(view, filter, narrower, limit - std::ssize(page.ids));
            page.ids.insert(page.ids.end(), ids.begin(), ids.end());
        }
        if (page.looked_to && *page.looked_to <= conditions.from) {
            page.looked_to = std::nullopt;
        }
    }
    return page;
}

/// @param rounds  of a search: how many slices of what it finds are looked at
accounts::Found page_of_ids(const storage::View& view, const Filter& filter, const Conditions& conditions,
                            std::int64_t limit, int rounds, const Beside& beside) {
    if (conditions.none) {
        return {};
    }
    return trimmed(filter.text).empty() ? accounts::Found{.ids = ids_of(view, filter, conditions, limit)}
                                        : found_ids(view, filter, conditions, limit, rounds, beside);
}

Summary summary(const storage::View& view, const storage::Row& row) {
    const auto id = row.get<OrderId>(0);
    const auto recipient = open_recipient(view.vault(), id, row.get<std::optional<std::string>>(3),
                                          row.get<std::optional<std::string>>(4));
    const auto kind = row.get<std::optional<std::string>>(15);
    return {.id = id,
            .status = parse_status(row.get<std::string_view>(1)).value(),
            .payment_status = row.get<std::string>(2),
            .payment_method = row.get<std::optional<std::string>>(13),
            .packable = row.get<bool>(14),
            .awaits = row.get<std::string>(16),
            .customer_name = recipient ? recipient->contact.name : "",
            .customer = row.get<CustomerId>(5),
            .units = row.get<Quantity>(6),
            .total = row.get<Money>(7),
            .managed_by = row.get<AdminId>(8),
            .manager = row.get<std::string>(9),
            .placed_at = row.get<Time>(10),
            .expires_at = row.get<std::optional<Time>>(11),
            .version = row.get<std::int64_t>(12),
            .delivery_kind = kind ? kDeliveryKinds.parse(*kind) : std::nullopt};
}

/// The filter with the statuses that it implies: only open orders can be packed, so their statuses can drive
/// the query.
Filter narrowed(Filter filter) {
    if (filter.packable == true) {
        auto statuses = filter.statuses.empty() ? all_statuses() : filter.statuses;
        std::erase_if(statuses, [](Status status) { return !is_open(status); });
        filter.statuses = std::move(statuses);
    }
    return filter;
}

/// A tag's orders are walked through, newest first. Where other filters find fewer, theirs are, and each is asked for the
/// tag.
void add_tag(const storage::View& view, const Filter& filter, Conditions& conditions) {
    const auto tag = find_tag(view, filter.tag);
    if (!tag) {
        conditions.none = true;
        return;
    }
    const bool others_lead = !trimmed(filter.text).empty() || filter.customer || filter.in_trouble ||
                             filter.awaits_stock ||
                             (tag->orders >= kProbe && !filter.statuses.empty() &&
                              is_short(view, "orders o WHERE " + status_condition(filter.statuses)));
    if (!others_lead) {
        conditions.tag = tag->id;
        return;
    }
    conditions.on_each =
        both(conditions.on_each,
             fmt::format("EXISTS (SELECT 1 FROM order_tag t WHERE t.tag_id = {} AND t.order_id = o.id)", tag->id));
}

/// @param filter  narrowed()
/// @param after  the order that the page follows; nullopt for the first page
Conditions conditions_of(const storage::View& view, const Filter& filter, std::optional<std::int64_t> after) {
    Conditions conditions;
    if (after) {
        conditions.below = *after;
    }
    if (filter.from || filter.before) {
        const auto span = span_of(view, filter.from, filter.before);
        conditions.below = std::min(conditions.below, span.below);
        conditions.from = span.from;
        if (!span.exact) {
            conditions.on_each = time_condition(filter);
        }
    }
    if (filter.customer) {
        conditions.on_order.push_back(fmt::format("o.customer_id = {}", number(*filter.customer)));
    }
    if (filter.in_trouble) {
        conditions.on_order.emplace_back(kInTrouble);
    }
    if (filter.awaits_stock) {
        conditions.on_order.emplace_back(kAwaitsStock);
    }
    if (!filter.tag.empty()) {
        add_tag(view, filter, conditions);
    }
    if (filter.packable) {
        conditions.packable = *filter.packable ? packable(view) : fmt::format("NOT {}", packable_with_stock(view));
        conditions.packing = *filter.packable ? packing_values(view) : std::vector<std::string>();
        conditions.none = *filter.packable && filter.statuses.empty();
    }
    return conditions;
}

}  // namespace

Filter placed_by(CustomerId customer) {
    Filter filter;
    filter.customer = customer;
    filter.statuses = all_statuses();
    std::erase(filter.statuses, Status::draft);
    return filter;
}

std::vector<OrderId> list_ids(const storage::View& view, const Filter& wanted, std::optional<OrderId> after,
                              std::int64_t most, const Beside& beside) {
    const auto filter = narrowed(wanted);
    const auto conditions = conditions_of(view, filter, after ? std::optional(number(*after)) : std::nullopt);
    std::vector<OrderId> found;
    const auto page = page_of_ids(view, filter, conditions, most, std::numeric_limits<int>::max(), beside);
    for (const auto id : page.ids) {
        found.push_back(OrderId{id});
    }
    return found;
}

SummaryPage list(const storage::View& view, const Filter& wanted, const storage::Page& page, const Beside& beside) {
    const auto filter = narrowed(wanted);
    const auto conditions =
        conditions_of(view, filter, page.after ? std::optional(page.after->get<std::int64_t>()) : std::nullopt);
    SummaryPage result;
    auto [ids, looked_to] = page_of_ids(view, filter, conditions, storage::rows_to_read(page), kRounds, beside);
    if (storage::cut(ids, page)) {
        result.after = ids.back();
    } else if (looked_to) {
        result.after = *looked_to;
    }
    result.rows = summaries(view, ids, beside);
    return result;
}

std::vector<Summary> summaries(const storage::View& view, const std::vector<std::int64_t>& ids, const Beside& beside) {
    std::vector<Summary> rows;
    if (ids.empty()) {
        return rows;
    }
    view.each(
        fmt::format(kColumns, packable(view)), [&](const storage::Row& row) { rows.push_back(summary(view, row)); },
        Json(ids).dump());
    std::vector<OrderId> shown;
    for (const auto& row : rows) {
        shown.push_back(row.id);
    }
    auto tags = tags_of(view, shown);
    for (auto& row : rows) {
        row.tags = std::move(tags[row.id]);
    }
    if (beside.parcels_of) {
        const auto progress = beside.parcels_of(view, shown);
        for (auto& row : rows) {
            if (const auto found = progress.find(row.id); found != progress.end()) {
                row.parcels = found->second;
            }
        }
    }
    return rows;
}

std::int64_t count_in_trouble(const storage::View& view) {
    return view.value<std::int64_t>(kCountInTrouble).value_or(0);
}

std::int64_t count_awaiting_stock(const storage::View& view) {
    return view.value<std::int64_t>(kCountAwaitingStock).value_or(0);
}

std::vector<HistoryEntry> history(const storage::View& view, OrderId id, const Beside& beside) {
    auto subjects = Json::array({Json::array({"order", number(id)})});
    if (beside.subjects_of) {
        for (const auto& subject : beside.subjects_of(view, id)) {
            subjects.push_back(Json::array({subject.kind, subject.id}));
        }
    }
    std::vector<HistoryEntry> entries;
    view.each(
        kHistory,
        [&](const storage::Row& row) {
            entries.push_back({.sequence = row.get<std::int64_t>(0),
                               .kind = row.get<std::string>(1),
                               .actor = row.get<std::string>(2),
                               .body = stored_json(row.get<std::string_view>(3)),
                               .at = row.get<Time>(4)});
        },
        subjects.dump());
    return entries;
}

}  // namespace orderd::orders

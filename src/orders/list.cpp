#include "orders/list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "accounts/customer.h"
#include "base/names.h"
#include "base/text.h"
#include "orders/numbering.h"
#include "orders/packing.h"

namespace orderd::orders {

namespace {

constexpr auto kColumns = R"sql(
    SELECT o.id, o.status, o.payment_status, o.contact_sealed, o.address_sealed, o.customer_id,
           (SELECT sum(quantity) FROM order_item WHERE order_id = o.id), o.total, o.managed_by, a.username, o.placed_at,
           o.expires_at, o.version, nullif(o.payment_method, ''), {}, json_extract(o.delivery, '$.kind')
      FROM orders o JOIN admin_user a ON a.id = o.managed_by
     WHERE o.id IN (SELECT value FROM json_each(?1)) ORDER BY o.id DESC
)sql";

// Few orders have a parcel in trouble, so this condition drives the query.
constexpr auto kInTrouble = "o.parcel_trouble";
constexpr auto kCountInTrouble = "SELECT count(*) FROM orders WHERE parcel_trouble";

constexpr auto kHistory = R"sql(
    SELECT event.sequence, event.kind, event.actor, event.body, event.at
      FROM json_each(?1) AS wanted
      JOIN event ON event.subject = json_extract(wanted.value, '$[0]')
                AND event.subject_id = json_extract(wanted.value, '$[1]')
     ORDER BY event.sequence
)sql";

constexpr Names<Act, 6> kActs{{{{Act::start_packing, "start_packing"},
                                {Act::fulfil, "fulfil"},
                                {Act::mark_ready, "mark_ready"},
                                {Act::print_labels, "print_labels"},
                                {Act::mark_shipped, "mark_shipped"},
                                {Act::mark_delivered, "mark_delivered"}}}};

/// How many entries of two indexes are counted before the shorter one is chosen to drive the query.
constexpr int kProbe = 2000;

/// A search text that matches more customers than this belongs in the list of customers.
constexpr std::int64_t kMostCustomers = 500;

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

void add_text(const storage::View& view, std::string_view text, Conditions& conditions) {
    const auto wanted = trimmed(text);
    const auto as_number = parse_integer(wanted.starts_with('#') ? wanted.substr(1) : wanted);
    std::vector<std::int64_t> customers;
    for (const auto id : accounts::find_customers(view, wanted, kMostCustomers)) {
        customers.push_back(number(id));
    }
    if (as_number && !customers.empty()) {
        conditions.on_order.push_back(
            fmt::format("(o.id = {} OR o.customer_id IN ({}))", *as_number, fmt::join(customers, ", ")));
    } else if (as_number) {
        conditions.on_order.push_back(fmt::format("o.id = {}", *as_number));
    } else if (!customers.empty()) {
        conditions.on_order.push_back(fmt::format("o.customer_id IN ({})", fmt::join(customers, ", ")));
    } else {
        conditions.none = true;
    }
}

bool is_short(const storage::View& view, const std::string& sql) {
    return view.value<int>(fmt::format("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT {})", sql, kProbe)).value_or(0) <
           kProbe;
}

/// The ids of one page of a product's orders, or of all orders that match the other conditions. SQLite's
/// statistics are averages, of large databases alone (Store::optimize). So we count a rare product and a rare
/// status ourselves, and let the rarer one drive the query. A condition prefixed with + is checked for
/// each row, and SQLite chooses no index for it.
std::string one_walk(const storage::View& view, const Filter& filter, Conditions conditions) {
    const auto status = filter.statuses.empty() ? "" : status_condition(filter.statuses);
    std::string from = "orders o";
    std::string key = "o.id";
    if (filter.product) {
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
            conditions.on_order.push_back(fmt::format(
                "EXISTS (SELECT 1 FROM order_item i WHERE i.order_id = o.id AND i.product_id = {})", product));
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
    conditions.on_order.push_back(fmt::format("{} < ?1 AND {} >= ?2", key, key));
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

std::vector<std::int64_t> page_of_ids(const storage::View& view, const Filter& filter, const Conditions& conditions,
                                      std::int64_t limit) {
    const bool by_status =
        !filter.product && conditions.on_order.empty() && (filter.manager || !filter.statuses.empty());
    std::vector<std::int64_t> ids;
    view.each(
        by_status ? merged_walks(filter, conditions) : one_walk(view, filter, conditions),
        [&](const storage::Row& row) { ids.push_back(row.get<std::int64_t>(0)); }, conditions.below, conditions.from,
        limit);
    return ids;
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

}  // namespace

std::string_view to_text(Act act) { return kActs[act]; }
std::vector<std::string> act_names() { return kActs.list(); }

std::vector<Act> acts_on(const Summary& row) {
    const auto& parcels = row.parcels;
    const bool in_packing = row.status == Status::processing || row.status == Status::partially_shipped;
    std::vector<Act> acts;
    if (row.packable && !in_packing) {
        acts.push_back(Act::start_packing);
    }
    if (row.packable && parcels.loose > 0 && row.delivery_kind != DeliveryKind::pickup) {
        acts.push_back(Act::fulfil);
    }
    if (row.packable && parcels.loose > 0 &&
        row.delivery_kind.value_or(DeliveryKind::shipping) != DeliveryKind::shipping) {
        acts.push_back(Act::mark_ready);
    }
    if (parcels.ready > 0 && !row.customer_name.empty()) {  // a label shows the recipient
        acts.push_back(Act::print_labels);
    }
    if (row.packable && in_packing && parcels.all_can_leave) {
        acts.push_back(Act::mark_shipped);
    }
    if (parcels.under_way > 0 || (row.packable && parcels.to_hand_over > 0)) {
        acts.push_back(Act::mark_delivered);
    }
    return acts;
}

std::string_view label_state(const Summary& row) {
    const auto& parcels = row.parcels;
    return parcels.failed > 0 ? "failed" : parcels.pending > 0 ? "pending" : parcels.ready > 0 ? "ready" : "";
}

namespace {

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
    if (filter.packable) {
        conditions.packable = fmt::format("{} = {}", packable(view), *filter.packable ? 1 : 0);
        conditions.packing = *filter.packable ? packing_values(view) : std::vector<std::string>();
        conditions.none = *filter.packable && filter.statuses.empty();
    }
    if (!trimmed(filter.text).empty()) {
        add_text(view, filter.text, conditions);
    }
    return conditions;
}

}  // namespace

std::vector<OrderId> list_ids(const storage::View& view, const Filter& wanted, std::optional<OrderId> after,
                              std::int64_t most) {
    const auto filter = narrowed(wanted);
    const auto conditions = conditions_of(view, filter, after ? std::optional(number(*after)) : std::nullopt);
    std::vector<OrderId> found;
    if (!conditions.none) {
        for (const auto id : page_of_ids(view, filter, conditions, most)) {
            found.push_back(OrderId{id});
        }
    }
    return found;
}

SummaryPage list(const storage::View& view, const Filter& wanted, const storage::Page& page, const Beside& beside) {
    const auto filter = narrowed(wanted);
    const auto conditions =
        conditions_of(view, filter, page.after ? std::optional(page.after->get<std::int64_t>()) : std::nullopt);
    SummaryPage result;
    if (conditions.none) {
        return result;
    }
    auto ids = page_of_ids(view, filter, conditions, storage::rows_to_read(page));
    if (storage::cut(ids, page)) {
        result.after = ids.back();
    }
    if (!ids.empty()) {
        view.each(
            fmt::format(kColumns, packable(view)),
            [&](const storage::Row& row) { result.rows.push_back(summary(view, row)); }, Json(ids).dump());
    }
    if (beside.parcels_of && !result.rows.empty()) {
        std::vector<OrderId> shown;
        for (const auto& row : result.rows) {
            shown.push_back(row.id);
        }
        const auto progress = beside.parcels_of(view, shown);
        for (auto& row : result.rows) {
            if (const auto found = progress.find(row.id); found != progress.end()) {
                row.parcels = found->second;
            }
        }
    }
    return result;
}

std::int64_t count_in_trouble(const storage::View& view) {
    return view.value<std::int64_t>(kCountInTrouble).value_or(0);
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

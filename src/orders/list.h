#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "orders/beside.h"
#include "orders/order.h"
#include "storage/paging.h"

namespace orderd::orders {

/// The filters of a list of orders. All that are set must hold.
struct Filter {
    std::vector<Status> statuses;  ///< any of these; empty: all
    std::optional<Time> from;      ///< placed at or after
    std::optional<Time> before;    ///< placed before
    std::optional<CustomerId> customer;
    std::optional<ProductId> product;
    std::optional<AdminId> manager;
    std::optional<bool> packable;  ///< true: may be packed now or is being packed; false: neither, also with its stock
    bool in_trouble = false;       ///< true: with a parcel that has no label or is held up
    bool awaits_stock = false;     ///< true: with units that are not in stock yet
    std::string tag = {};          ///< with this tag; empty: all
    std::string text;              ///< what find_orders() takes; empty: all
};

/// All orders of a customer, as they see them: drafts are the shop's own.
Filter placed_by(CustomerId customer);

/// What can be done with an order, as far as its row tells. When staff select many orders, the dashboard
/// offers the acts that fit them.
enum class Act { start_packing, fulfil, mark_ready, print_labels, mark_shipped, mark_delivered };
std::string_view to_text(Act act);
std::vector<std::string> act_names();

/// A line of the list.
struct Summary {
    OrderId id{};
    Status status{};
    std::string payment_status;                 ///< empty: no payment yet
    std::optional<std::string> payment_method;  ///< as stored in payments: "card"
    bool packable = false;
    std::string awaits;         ///< as in orders.awaits: "none", "some", "all"
    std::string customer_name;  ///< empty once erased
    CustomerId customer{};
    Quantity units = 0;
    Money total;
    AdminId managed_by{};
    std::string manager;  ///< the admin's username
    Time placed_at;
    std::optional<Time> expires_at;
    std::int64_t version = 1;
    std::optional<DeliveryKind> delivery_kind = {};  ///< nullopt: not said, which is shipping
    ParcelProgress parcels = {};                     ///< known if list() was given `parcels_of`
    std::vector<std::string> tags = {};
};

/// The acts that would not be refused now, of a row that knows its parcels.
std::vector<Act> acts_on(const Summary& row);

/// "failed" if a parcel in the shop got no label, else "outdated" if the order says something else than one, else "pending"
/// if one waits for it, else "leaving" if one was marked shipped, else "ready" if all have one; empty if no parcel is in
/// the shop.
std::string_view label_state(const Summary& row);

struct SummaryPage {
    std::vector<Summary> rows;
    Json after;  ///< null on the last page
};

/// Newest first. Of what a common text finds and other filters hardly fit, a page may show fewer than its limit, and the
/// next goes on.
///
/// @param beside its parcels_of gives the progress of the parcels of the page's orders, its found_by_number is asked for the
///               text
SummaryPage list(const storage::View& view, const Filter& filter, const storage::Page& page, const Beside& beside = {});

/// The lines of these orders, newest first.
std::vector<Summary> summaries(const storage::View& view, const std::vector<std::int64_t>& ids, const Beside& beside);

/// The orders that list() shows, in its order: at most `most` of them, after one. Fewer are all that are left.
std::vector<OrderId> list_ids(const storage::View& view, const Filter& filter, std::optional<OrderId> after,
                              std::int64_t most, const Beside& beside = {});

/// How many orders match the filter in_trouble.
std::int64_t count_in_trouble(const storage::View& view);

/// How many orders match the filter awaits_stock.
std::int64_t count_awaiting_stock(const storage::View& view);

/// An event in an order's life, oldest first.
struct HistoryEntry {
    std::int64_t sequence = 0;
    std::string kind;
    std::string actor;
    Json body;
    Time at;
};
std::vector<HistoryEntry> history(const storage::View& view, OrderId id, const Beside& beside);

}  // namespace orderd::orders

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "orders/order.h"
#include "storage/paging.h"

namespace orderd::orders {

/// What a list of orders is narrowed to. Everything that is said must hold.
struct Filter {
    std::vector<Status> statuses;  ///< any of these; empty: all
    std::optional<Time> from;      ///< placed at or after
    std::optional<Time> before;    ///< placed before
    std::optional<CustomerId> customer;
    std::optional<ProductId> product;
    std::optional<AdminId> manager;
    std::optional<bool> packable;  ///< may be packed now or is in packing; false: neither
    bool in_trouble = false;       ///< true: with a parcel that has no label or is held up
    std::string text;              ///< an order's number, or its customer's e-mail, telephone or name
};

/// A line of the list.
struct Summary {
    OrderId id{};
    Status status{};
    std::string payment_status;                 ///< empty: no payment yet
    std::optional<std::string> payment_method;  ///< as it stands in payments: "card"
    bool packable = false;
    std::string customer_name;  ///< empty once erased
    CustomerId customer{};
    Quantity units = 0;
    Money total;
    AdminId managed_by{};
    std::string manager;  ///< the admin's username
    Time placed_at;
    std::optional<Time> expires_at;
    std::int64_t version = 1;
};

struct SummaryPage {
    std::vector<Summary> rows;
    Json after;  ///< null on the last page
};

/// Newest first.
SummaryPage list(const storage::View& view, const Filter& filter, const storage::Page& page);

/// How many orders the filter in_trouble lets through.
std::int64_t count_in_trouble(const storage::View& view);

/// An event in an order's life, oldest first.
struct HistoryEntry {
    std::int64_t sequence = 0;
    std::string kind;
    std::string actor;
    Json body;
    Time at;
};
std::vector<HistoryEntry> history(const storage::View& view, OrderId id);

}  // namespace orderd::orders

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "payments/payment.h"
#include "storage/paging.h"

namespace orderd::payments {

struct Filter {
    std::vector<std::string> statuses;  ///< any of these; empty: all
    std::optional<std::string> method;
    std::optional<std::string> gateway;
    std::optional<OrderId> order;
    std::vector<std::string> order_statuses;  ///< of orders in any of these; empty: all
    std::optional<Time> from;                 ///< made at or after
    std::optional<Time> before;
    bool refund_to_be_sent = false;  ///< true: with a refund that staff have to send by hand
};

struct Payments {
    std::vector<Payment> rows;
    Json after = nullptr;  ///< null: the last page
};

/// A page of payments, newest first. The sort key is the payment's id.
Payments list(const storage::View& view, const Filter& filter, const storage::Page& page);

}  // namespace orderd::payments

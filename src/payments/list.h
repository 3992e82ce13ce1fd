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
    std::string text = {};           ///< what search() takes; empty: all
};

struct Payments {
    std::vector<Payment> rows;
    Json after = nullptr;  ///< null: the last page
};

/// A page of payments, newest first. The sort key is the payment's id.
Payments list(const storage::View& view, const Filter& filter, const storage::Page& page);

/// The sums of all payments that a filter finds.
struct Totals {
    std::int64_t count = 0;
    Money amount;
    Money captured;
    Money refunded;     ///< as on each payment: with what is still to be sent
    Money to_be_sent;   ///< of refunded
    Money outstanding;  ///< what is owed: not captured, of orders that were neither cancelled nor expired
};

/// @returns nullopt if that would mean looking through more than budget::kPaymentsSummed payments, by the index that
///          leads to the fewest, or if a text finds more customers than a search keeps
std::optional<Totals> totals(const storage::View& view, const Filter& filter);

}  // namespace orderd::payments

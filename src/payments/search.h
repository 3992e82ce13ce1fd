#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "storage/view.h"

namespace orderd::payments {

/// What a text that somebody typed can mean. A payment is found if it is one of any of these.
struct Hits {
    std::optional<Money> amount;      ///< what was to be paid
    std::vector<OrderId> orders;      ///< by their recipient: the newest, whose payment it is
    std::vector<PaymentId> payments;  ///< by order, gateway's reference or what staff wrote on receipt
    bool complete = true;             ///< false: more were found than are here

    bool none() const { return !amount && orders.empty() && payments.empty(); }
};

/// Reads an order's number ("1042", "#1042"), an amount in the shop's currency ("19.99", "19,99", "1.234,50 EUR"), a
/// reference of a gateway's charge, refund or dispute, what staff wrote when a payment arrived, and what orders are found by
/// (orders/search.h).
Hits search(const storage::View& view, std::string_view text);

}  // namespace orderd::payments

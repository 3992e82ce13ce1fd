#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "orders/beside.h"
#include "orders/list.h"

namespace orderd::orders {

/// What the rows of a list of orders say beside, where it is asked for: their lines, their payments, or both. It is read by
/// one statement for all rows each.
class Expanded {
public:
    /// @param names  of what is asked for: "items", "payment"
    /// @param page  ends before its orders have more than budget::kExpandedLines lines, and then goes on after it
    Expanded(const storage::View& view, const std::vector<std::string>& names, SummaryPage& page, const Beside& beside);

    void add_to(Json& row, OrderId id) const;

private:
    bool has_items_ = false;
    bool has_payments_ = false;
    std::map<OrderId, std::vector<Item>> items_ = {};
    std::map<OrderId, Json> payments_ = {};
};

}  // namespace orderd::orders

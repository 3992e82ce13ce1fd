#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "accounts/found_by.h"
#include "orders/beside.h"
#include "orders/order.h"
#include "storage/writer.h"

namespace orderd::orders {

/// What an order is found by in the search index: its own recipient, and who is billed. Nothing, once erased.
accounts::FoundBy found_by(const std::optional<Recipient>& recipient, const std::optional<Billing>& billing);

/// The same of an order as it is now.
accounts::FoundBy found_by(const storage::View& view, OrderId id);

/// Puts an order into the search index; see accounts::write_found_by().
void index_order(storage::Transaction& tx, OrderId id);

/// The orders after one, at most so many: oldest first.
std::vector<OrderId> orders_after(const storage::View& view, std::int64_t after, std::int64_t most);

/// Some of the orders that a text finds, newest first, below a number: by their own number, by the search index, by the SKU
/// of a product in them, and by what else `beside` knows of them. Of each, at most budget::kFoundAtOnce are looked at.
accounts::Found find_orders(const storage::View& view, std::string_view text, std::int64_t below, const Beside& beside);

// For `orderd key rotate`: a new key needs new hashes.

struct OrderSlice {
    std::vector<OrderId> old;     ///< orders that the index has under an older key
    std::optional<OrderId> last;  ///< the slice's last order; nullopt: there are no more
};
OrderSlice find_old_index(const storage::View& view, std::int64_t after, std::int64_t most);

}  // namespace orderd::orders

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "storage/vault.h"

namespace orderd::orders {

// Links to an order's pages that work without signing in: whoever has one sees that page, and nothing else of
// the shop. They are derived from the order and the shop's key, so every mail can contain them and nothing is
// stored.

/// The last part of a link, "1001-…". `purpose` separates the pages: a link to one opens no other.
std::string link_token(const storage::Vault& vault, std::string_view purpose, OrderId order);

/// The order of a link's last part, or nullopt if the link is not valid.
std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view purpose, std::string_view token);

/// The path of an order's receipt, "/receipt/1001-…".
std::string receipt_path(const storage::Vault& vault, OrderId order);
std::optional<OrderId> order_of_receipt(const storage::Vault& vault, std::string_view token);

}  // namespace orderd::orders

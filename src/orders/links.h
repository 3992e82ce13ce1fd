#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "storage/view.h"

namespace orderd::orders {

struct Order;

// Links to an order's pages that work without signing in: whoever has one sees that page, and nothing else of
// the shop. They are derived from the order and the shop's key, so every mail can contain them and nothing is
// stored.

/// The last part of a link, "1001-…". `purpose` separates the pages: a link to one opens no other.
std::string link_token(const storage::Vault& vault, std::string_view purpose, OrderId order);

/// The order of a link's last part, or nullopt if the link is not valid.
std::optional<OrderId> order_of_link(const storage::Vault& vault, std::string_view purpose, std::string_view token);

/// The path of the page of an order, "/o/1001-…": whoever has it may also cancel the order.
std::string order_path(const storage::Vault& vault, OrderId order);
std::optional<OrderId> order_of_page(const storage::Vault& vault, std::string_view token);

/// The path of the page on which an order is paid, "/pay/1001-…". It shows no address, so that it may be passed on. Staff
/// can renew it (renew_payment_link() in lifecycle.h): the links before then open nothing any more.
std::string payment_path(const storage::Vault& vault, const Order& order);
std::optional<OrderId> order_of_payment(const storage::View& view, std::string_view token);

/// The path of an order's receipt, "/receipt/1001-…".
std::string receipt_path(const storage::Vault& vault, OrderId order);
std::optional<OrderId> order_of_receipt(const storage::Vault& vault, std::string_view token);

}  // namespace orderd::orders

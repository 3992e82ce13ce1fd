#pragma once

#include <string>

#include "api/shape.h"
#include "base/json.h"
#include "orders/list.h"
#include "orders/order.h"

namespace orderd::orders {

// Orders as JSON, each with its shape. The shapes are built once.

/// One of the machine's statuses.
api::Shape status_shape();

/// An order as its holder sees it. `receipt_url`: the address of its receipt, as links.h builds it.
JsonObject describe(const Order& order, const std::string& currency, const std::string& receipt_url);
const api::Shape& order_shape();

/// The answer when it is placed: the same, with its access_token.
const api::Shape& placed_order_shape();

/// An order as admins see it: the same with its manager, payment, shipments and history. The answer has the address of
/// its payment's page too.
JsonObject describe_for_admin(const storage::View& view, const Order& order, const std::string& currency,
                              const std::string& receipt_url, const Beside& beside);
const api::Shape& admin_order_shape();

/// A line of a customer's own list.
Json describe(const Summary& summary, const std::string& currency);
const api::Shape& order_summary_shape();

/// Lines, as an order's answer has them.
Json describe(const std::vector<Item>& items);

/// A row of the admins' list: the same with its customer, its manager, and whether it may be packed.
Json describe_for_admin(const Summary& summary, const std::string& currency);
const api::Shape& admin_order_summary_shape();

/// The sums by rate.
Json to_json(const std::vector<RateSum>& taxes);
api::Shape taxes_shape();

/// What is still to be paid, or (negative) to be refunded: balance_of().
api::Shape balance_shape();

}  // namespace orderd::orders

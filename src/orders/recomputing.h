#pragma once

#include <optional>
#include <string>

#include "base/actor.h"
#include "base/refused.h"
#include "orders/beside.h"
#include "orders/order.h"
#include "orders/rates.h"
#include "orders/sums.h"

namespace orderd::orders {

// Sums of an order that are computed again, after it was placed.

inline constexpr Refused kTotalWouldChange{
    409, "total_would_change",
    "The change gives the order other sums, and they are settled: it is paid, or a payment is under way. Nothing was changed. "
    "now and then are the sums before and after it. Of an address, send keep_total: true to change it and keep the sums. What "
    "was paid too much goes back as a refund."};

/// Whether the buyer owes the tax, if the goods leave for another member state.
bool owes_tax(const std::optional<Billing>& billing);

bool differ(const Totals& a, const Totals& b);

/// An order's lines as a basket has them, with the prices that they have. Those that stock is taken for await nothing yet.
std::vector<catalog::Line> as_lines(const Order& order);

/// An order's lines with the products' prices as they were when it was placed, and what they had off.
Basket basket_of(const storage::View& view, const Order& order, bool buyer_owes_tax);

/// The sums at the order's own address, with the delivery that was agreed, for what was agreed.
///
/// @param order  its recipient is known
Sums sums_with_agreed_delivery(const Rates& rates, const Order& order, Basket basket, Time now);

/// Has an order's payment follow new sums.
///
/// @throws Refusal 409 `total_would_change` if it cannot
void follow(storage::Transaction& tx, const Order& order, const Totals& after, const Beside& beside, Time now);

/// Writes new sums down, and records "order.total_changed".
void set_totals(storage::Transaction& tx, const Order& order, const Sums& sums, const std::string& tax_country,
                const Actor& actor, Time now);

}  // namespace orderd::orders

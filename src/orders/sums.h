#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "accounts/contact.h"
#include "base/money.h"
#include "base/time_zone.h"
#include "catalog/stock.h"
#include "orders/delivery.h"
#include "orders/order.h"
#include "orders/tax_rates.h"
#include "orders/taxes.h"

namespace orderd::orders {

/// What a line of an order had off, and of what sum: its new sum has as much of it.
struct LineDiscount {
    Money amount;
    Money of;
    Money by_staff = {};  ///< what of `amount` staff gave
};

/// What a discount takes off, before it is shared to lines.
struct Discount {
    Rate rate = {};     ///< of each eligible line; 0: an amount
    Money amount = {};  ///< of all eligible lines together, at most what they cost
    bool free_delivery = false;
    std::vector<ProductId> products = {};  ///< the eligible ones; empty: all
    std::vector<LineDiscount> kept = {};   ///< instead of all that, of each line: what it had
};

/// What an order is computed from. Lines have the products' prices, as customers see them.
struct Basket {
    std::vector<catalog::Line> lines;
    std::optional<Discount> discount;
    accounts::Address to;         ///< whose tax holds
    bool reverse_charge = false;  ///< the buyer is a business in the European Union, whose VAT ID staff verified
};

/// What the computation reads of the shop.
struct PriceRules {
    TaxSettings tax;
    accounts::Address home;  ///< of the shop: whose tax its prices include
    Money step{1};           ///< prices are multiples of it, and sums are rounded to it
    std::string currency;    ///< for messages
};

/// One line as it is charged. `unit_price` is below the product's where no tax is due.
struct PricedLine {
    Money unit_price = {};
    Money discount = {};
    Money staff_discount = {};  ///< what of it staff gave
    Rate tax_rate = {};
    Money tax = {};
};

struct Sums {
    Totals totals;
    std::vector<PricedLine> lines;             ///< in the order of the basket's
    const DeliveryMethod* delivery = nullptr;  ///< that was chosen
};

/// Chooses the delivery of goods of this value after discount, with its price as customers see it. It may refuse.
using DeliveryPrice = std::function<Offer(Money value)>;

/// Computes an order, for a quote, a placement, or a new address. The discount is shared to its lines in proportion to
/// what they cost. Each rate's tax is rounded once, over all that it is on, half a step away from zero, and shared to
/// lines and delivery by the largest remainder; so lines, rates and total agree to the last unit.
///
/// @throws Refusal 422 `region_not_taxed`; `total_out_of_range` above kMaxTotal; `price_off_step`; what
///         `delivery_price` refuses
Sums compute(const PriceRules& rules, const Basket& basket, Day day, const DeliveryPrice& delivery_price);

}  // namespace orderd::orders

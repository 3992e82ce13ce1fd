#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/refused.h"
#include "orders/order.h"
#include "storage/view.h"

namespace orderd::orders {

// Which orders may be packed: paid ones, and those paid later by a method that the shop ships before payment; of both,
// those of which something is in stock.

inline constexpr Refused kNotPaid{409, "not_paid",
                                  "The order has to be paid before it is packed. Wait for its payment, or allow "
                                  "shipping before payment in the settings."};
inline constexpr Refused kBalanceOwed{
    409, "balance_owed",
    "An edit added what is not paid yet; balance says how much is owed. Have it paid first, or send though_owed: true to ship "
    "it all the same."};
inline constexpr Refused kPaymentNotHeld{409, "payment_not_held",
                                         "The order's payment was voided, refunded or disputed, or is to go back, so "
                                         "the order is not shipped. payment_status says how it stands."};

/// Which orders may be shipped before they are paid: the setting "ship_before_payment".
struct ShipBeforePayment {
    bool bank_transfer = false;
    bool cash_on_delivery = true;
};
ShipBeforePayment read_ship_before_payment(const storage::View& view);
Json to_json(const ShipBeforePayment& setting);

/// The values of orders.packing with which an order may be packed under the current settings.
std::vector<std::string> packing_values(const storage::View& view);

/// The same as a condition of SQL on a row `o` of orders; it is true or false, never null.
std::string packable(const storage::View& view);

/// The same of orders that may be packed, or might once something of them is in stock.
std::string packable_with_stock(const storage::View& view);

/// Whether an order may be packed now, or is being packed.
bool is_packable(const storage::View& view, OrderId id);

/// How many orders are to be packed, and how many wait for their payment: no order counts as both, and one that waits for
/// stock alone as neither.
struct Waiting {
    std::int64_t to_pack = 0;
    std::int64_t for_payment = 0;
};
Waiting count_waiting(const storage::View& view);

/// Records that staff have an order ship though some of it is owed: "order.ships_owed".
void agree_to_owed(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

/// Checks that an order's payment lets it be packed or shipped.
///
/// @throws Refusal 409 `not_paid` if the order is to be paid first; `balance_owed` if an edit added what is not paid; `payment_not_held` if the money went back
void require_paid(const storage::View& view, const Order& order);

}  // namespace orderd::orders

#pragma once

#include <string>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "orders/beside.h"
#include "orders/order.h"

namespace orderd::orders {

inline constexpr Refused kTotalWouldChange{
    409, "total_would_change",
    "The new address has another tax or delivery, and the order's sum is settled: it is paid, or a payment is under way. "
    "Nothing was changed. now and then are the sums before and after it. Send keep_total: true to change the address and "
    "keep the sums, or send the difference back or ask for it, and keep them then."};

/// Changes an order's recipient, as set_recipient() does. If the address is in another country or region, the tax
/// and the delivery are computed anew by today's rates and the prices of the order's lines, in the same transaction; its
/// payment follows. Records "order.total_changed". `keep_total`: the sums stay, whatever the address.
///
/// @returns the names of the changed fields, as set_recipient() does
/// @throws Refusal what set_recipient() and totals() refuse; 409 `total_would_change` if the sums are settled
std::vector<std::string> readdress(storage::Transaction& tx, const Order& order, const Recipient& recipient,
                                   bool keep_total, const Beside& beside, const Actor& actor, Time now);

}  // namespace orderd::orders

#pragma once

#include <optional>
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

/// Who gets an order, and who is billed.
struct Addressees {
    Recipient recipient;
    std::optional<Billing> billing;  ///< nullopt: the recipient
};

/// Changes who gets an order, as set_recipient() does, and who is billed. If the address is in another country or region,
/// or staff verified that the buyer owes the tax, tax and delivery are computed anew by today's rates and the prices of
/// the order's lines, in the same transaction; its payment follows. Records "order.total_changed". `keep_total`: the sums stay, whatever the address.
///
/// @param order  its recipient is known
/// @returns the names of the changed fields, as set_recipient() does, and "billing"
/// @throws Refusal what set_recipient() and sums_of() refuse; 409 `total_would_change` if the sums are settled
std::vector<std::string> readdress(storage::Transaction& tx, const Order& order, const Addressees& after,
                                   bool keep_total, const Beside& beside, const Actor& actor, Time now);

}  // namespace orderd::orders

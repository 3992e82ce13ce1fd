#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "orders/beside.h"
#include "orders/bodies.h"
#include "orders/order.h"
#include "orders/recomputing.h"

namespace orderd::orders {

inline constexpr Refused kCustomerErased{
    409, "customer_erased", "The customer's data was erased on request, so there is no recipient left to change."};
inline constexpr Refused kAddressOfPickup{
    409, "address_of_pickup",
    "The order is picked up, so its address is the place's, and is not changed. Change its contact alone."};

/// Who gets an order, and who is billed.
struct Addressees {
    Recipient recipient;
    std::optional<Billing> billing;  ///< nullopt: the recipient
};

/// An order's addressees with a body's changes applied. Another VAT ID has to be verified anew.
///
/// @throws Refusal 409 `customer_erased`; 422 for details that are not valid
Addressees changed_addressees(const Order& order, const OrderUpdate& wanted, const storage::Vault& vault);

/// Writes another delivery method down; an order that has it already keeps it as it was.
void set_delivery(storage::Transaction& tx, const Order& order, const DeliveryMethod* method);

/// Changes who gets an order, as set_recipient() does, and who is billed. If the address is in another country or region,
/// its delivery costs something else there, or staff verified that the buyer owes the tax, tax and delivery are computed
/// anew by today's rates and the prices of the order's lines, in the same transaction; its payment follows. The delivery
/// method stays where it fits, else it is the cheapest that does. Records "order.total_changed". `keep_total`: the sums
/// and the delivery stay, whatever the address.
///
/// @param order  its recipient is known
/// @returns the names of the changed fields, as set_recipient() does, and "billing"
/// @throws Refusal what set_recipient() and sums_of() refuse; 409 `address_of_pickup`; `total_would_change` if the sums are
///         settled
std::vector<std::string> readdress(storage::Transaction& tx, const Order& order, const Addressees& after,
                                   bool keep_total, const Beside& beside, const Actor& actor, Time now);

}  // namespace orderd::orders

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "base/actor.h"
#include "base/refused.h"
#include "orders/beside.h"
#include "orders/bodies.h"
#include "orders/order.h"
#include "orders/staff_discount.h"
#include "orders/staff_lines.h"

namespace orderd::orders {

// How staff change a placed order, until its units are packed.

inline constexpr Refused kMoneyCannotFollow{
    409, "money_cannot_follow",
    "The order's payment cannot follow its new total at the moment; detail says why: a charge or a capture has no outcome yet, "
    "the bank decides about a dispute, or less is left of the payment than would go back. Try again once that is settled."};
inline constexpr Refused kUnitsPacked{
    409, "units_packed",
    "Units of a line are shipped, cancelled or in a parcel, and cannot be taken out; items says of each how few its quantity "
    "can be. Void the parcel first, or keep them."};
inline constexpr Refused kNothingLeft{
    409, "nothing_left",
    "The edit would leave the order without any unit. Cancel the order instead, or delete the draft."};

/// What the quantity of a line is to be. 0 takes it out.
struct LineChange {
    ItemId item{};
    Quantity quantity = 0;
};

/// What is absent stays.
struct OrderEdit {
    std::vector<StaffLine> add;
    std::vector<LineChange> change;
    std::optional<CustomerChanges> customer;
    std::optional<DeliveryMethodId> delivery;              ///< computed anew, at today's price
    std::optional<std::optional<StaffDiscount>> discount;  ///< inner nullopt: takes back what staff gave
    std::string reason;
    bool dry_run = false;
};

/// Changes an order: lines that it has keep their price and discount; new ones cost what they cost today. Stock moves by the
/// difference, the delivery is computed anew only if it is asked for, taxes by today's rates; the payment follows
/// (Beside::meet_total). Once nothing is left to ship of an order that was shipped in part, it is shipped. All of it, or nothing. Records "order.edited", and "order.total_changed" with other sums.
///
/// @param order  placed and open, or a draft, which holds no stock
/// @param most  the largest share that its discounts may take off
/// @returns by how much the reserved units of each product changed
/// @throws Refusal 409 `order_closed`, `customer_erased`, `units_packed`, `nothing_left`, `money_cannot_follow`,
///         `insufficient_stock`; what readdress(), lines_of(), discount_parts() and sums_of() refuse
std::map<ProductId, Quantity> edit(storage::Transaction& tx, const Order& order, const OrderEdit& wanted, Rate most,
                                   const Beside& beside, const Actor& actor, Time now);

/// Takes units that were not shipped, and are in no parcel, out of an order that was not paid for: edit() of their lines.
///
/// @returns by how much its total falls
/// @throws Refusal as edit()
Money take_out(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, const std::string& reason,
               const Beside& beside, const Actor& actor, Time now);

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::LineChange> {
    static Declared<orders::LineChange> value();
};
template <>
struct api::Fields<orders::OrderEdit> {
    static Declared<orders::OrderEdit> value();
};

}  // namespace orderd

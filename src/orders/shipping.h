#pragma once

#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "orders/order.h"
#include "storage/writer.h"

namespace orderd::orders {

// What parcels do to an order. Who packs and carries them is for others to know: here are the order's lines, its stock
// and its status, which follows from them.

inline constexpr Refused kNotOpen{
    409, "not_open",
    "Fewer units of an order's line are left to ship than you asked for: the others were shipped, cancelled, or are in "
    "another parcel. Read the order's fulfillment and ask for what is open."};
inline constexpr Refused kNotShipped{409, "not_shipped",
                                     "Fewer units of an order's line are with the customer than should come back. Read "
                                     "the order and ask for at most what was shipped and not returned."};

/// Units of one line.
struct Units {
    ItemId item{};
    Quantity quantity = 0;
};

/// A parcel left the house: stock falls, the lines say shipped, and the order becomes partially_shipped or shipped.
///
/// @throws Refusal 409 `illegal_transition` if the order's status has no such step; 409 `not_open` if a line has
///         fewer units left to ship
void ship(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, const Actor& actor, Time now);

/// Every parcel of the order has arrived: shipped → delivered. Does nothing in another status.
void arrived(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

/// Cancels what was not shipped of a partly shipped order, whose stock is on sale again: the order is shipped then.
///
/// @returns what those units cost, tax included, as far as it was added to or contained in their lines
/// @throws Refusal 409 `illegal_transition` if it is not partly shipped
Money cancel_rest(storage::Transaction& tx, const Order& order, std::string_view reason, const Actor& actor, Time now);

/// Units came back. The order is returned once all that was shipped is, and nothing is left to ship.
///
/// @throws Refusal 409 `not_shipped` if fewer are with the customer; 409 `illegal_transition` before the first
/// parcel
///         left
void take_back(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, bool restock,
               std::string_view note, const Actor& actor, Time now);

/// What units of a line cost, with the tax that was added to it: its share, so that the shares of all units sum up to
/// the line's own.
Money price_of(const Item& item, Quantity already, Quantity quantity, bool tax_added);

/// The units wanted of an order, each of its lines once. `pointer`: the list's place in the request.
///
/// @throws Refusal 422 naming every entry whose line does not belong to the order
std::vector<Units> one_line_each(const Order& order, const std::vector<Units>& wanted, std::string_view pointer);

/// The line of an order. @throws Refusal 422 at the pointer if the order has no such line
const Item& line(const Order& order, ItemId id, std::string_view pointer);

}  // namespace orderd::orders

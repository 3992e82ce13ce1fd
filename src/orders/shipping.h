#pragma once

#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "orders/order.h"
#include "storage/writer.h"

namespace orderd::orders {

// How parcels affect an order: its lines, its stock and its status. The fulfillment department knows how
// parcels are packed and sent.

inline constexpr Refused kNotOpen{
    409, "not_open",
    "Fewer units of an order's line are left to ship than you asked for: the others were shipped, cancelled, or are in "
    "another parcel. Read the order's fulfillment and ask for what is open."};
inline constexpr Refused kNotShipped{409, "not_shipped",
                                     "Fewer units of an order's line are with the customer than should come back. Read "
                                     "the order and ask for at most what was shipped and not returned."};

inline constexpr Refused kUnitsAwaited{
    409, "units_awaited",
    "Units of the order are not in stock yet, so they cannot be packed or shipped. items names them, with how many of them "
    "are in stock and when the others were to come. What comes goes to the oldest order first."};

/// Units of one line.
struct Units {
    ItemId item{};
    Quantity quantity = 0;
};

/// Records that a parcel left the shop: stock falls, the lines count the units as shipped, and the order
/// becomes partially_shipped or shipped.
///
/// @param seen  a carrier has the parcel: so its units were in stock, whatever was counted, and what is missing is added
/// @throws Refusal 409 `illegal_transition` if the order's status has no such step; 409 `not_open` if a line has
///         fewer units left to ship; 409 `units_awaited` if fewer are in stock, unless `seen`
void ship(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, bool seen, const Actor& actor,
          Time now);

/// An entry of kUnitsAwaited's items. `in_stock`: how many of the line's units could be taken.
Json awaited_units(const Item& item, Quantity requested, Quantity in_stock);

/// Checks that at least a unit of an order is in stock.
///
/// @throws Refusal 409 `units_awaited`
void require_some_in_stock(const Order& order);

/// Records that every parcel of the order has arrived: shipped → delivered. Does nothing in another status.
void arrived(storage::Transaction& tx, const Order& order, const Actor& actor, Time now);

/// Records units that came back. The order is returned once all shipped units are, and none is left to ship.
///
/// @throws Refusal 409 `not_shipped` if fewer are with the customer; 409 `illegal_transition` before the first
/// parcel
///         left
void take_back(storage::Transaction& tx, const Order& order, const std::vector<Units>& units, bool restock,
               std::string_view note, const Actor& actor, Time now);

/// What some units of a line really cost: less their discount, with the tax that was added. It is computed as a share, so
/// that the shares of all units add up to what the line cost.
///
/// @param already  how many units were counted before these
/// @param step  each share is a multiple of it, if what the line cost is
Money price_of(const Item& item, Quantity already, Quantity quantity, bool tax_added, Money step);

/// The wanted units of an order, with each line at most once. `pointer`: the list's place in the request.
///
/// @throws Refusal 422 naming every entry whose line does not belong to the order
std::vector<Units> one_line_each(const Order& order, const std::vector<Units>& wanted, std::string_view pointer);

/// The line of an order. @throws Refusal 422 at the pointer if the order has no such line
const Item& line(const Order& order, ItemId id, std::string_view pointer);

}  // namespace orderd::orders

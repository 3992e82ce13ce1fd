#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/errors.h"
#include "base/refused.h"
#include "catalog/pricing.h"
#include "catalog/product.h"
#include "storage/paging.h"

namespace orderd::catalog {

// Stock changes here and nowhere else. Each change is one guarded UPDATE inside the writer's transaction, so
// two orders can never hold the same unit. on_hand changes together with a row of inventory_movement, and is
// the sum of these rows. Every change increases the product's version, touches Topic::catalog, and updates
// the low-stock alert.
//
// Open orders hold at most on_hand + beyond_limit units. What they hold beyond on_hand is awaited: orders/awaited.h
// keeps which orders wait for it. A product whose stock is not counted has neither on_hand nor reserved, and none of
// these functions is called for its lines.

inline constexpr Refused kInsufficientStock{
    409, "insufficient_stock",
    "Not enough of a product is available. items names each product that is short, with what was requested and what is "
    "available. Order less, or try again later."};
inline constexpr Refused kBelowReserved{
    409, "below_reserved",
    "Open orders hold more units than there would be to sell: on hand, and beyond it where the product is sold beyond its "
    "stock. on_hand and reserved say how many. Cancel or ship those orders first."};

/// Reserves the stock of every line that is counted for an order. If it throws, the savepoint undoes what was reserved.
/// Opens the low-stock alerts of products that fall to their threshold, in the same transaction.
///
/// @param lines  what price() made in the same transaction: so their `awaited` is what they take beyond the stock
/// @throws Refusal 409 `insufficient_stock`, whose member "items" names every short line: {"product_id", "sku", "name",
///         "requested", "available"}
void reserve(storage::Transaction& tx, const std::vector<Line>& lines, OrderId order, Time now);

/// Notes that an order has a line of the product, though it holds no stock: so the product is archived, and not deleted.
void note_ordered(storage::Transaction& tx, ProductId product, OrderId order);

/// Sets the newest order with the product, after a draft was deleted. nullopt: there is none.
void set_last_order(storage::Transaction& tx, ProductId product, std::optional<OrderId> order);

/// Releases units of an open order that was cancelled or whose reservation ran out.
///
/// @throws std::logic_error if fewer are reserved: the caller released what it did not hold
void release(storage::Transaction& tx, ProductId product, Quantity quantity, Time now);

/// Ships units that an order holds, and that are in stock: on_hand and reserved fall, movement `sold`.
///
/// @throws std::logic_error if fewer are reserved or on hand
void ship(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor, Time now);

/// Has at least so many units on hand: what is missing was there, since a carrier has them. Movement `corrected`.
void find_missing(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor,
                  Time now);

/// Whether a product's stock is counted now.
bool is_counted(const storage::View& view, ProductId product);

/// Takes all units of a product off that will not be counted any more: movement `corrected`. A part of a change that
/// increases the version.
void stop_counting(storage::Transaction& tx, const Product& product, const Actor& actor, Time now);

/// Restocks units that came back: on_hand grows, movement `returned`. Nothing happens if its stock is not counted now.
void take_back(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor,
               std::string_view note, Time now);

/// Erases the notes on the movements of these orders: an array of their numbers.
void forget_notes(storage::Transaction& tx, const Json& orders);

/// Products with more than half of what can be sold of them held by open orders, by id; at most `most` of them.
std::vector<Product> mostly_reserved(const storage::View& view, std::int64_t most);

/// Sets a product's counters to what its ledger and its orders add up to, if they disagree; for `orderd check
/// --repair`.
void set_counters(storage::Transaction& tx, ProductId product, Quantity on_hand, Quantity reserved, Time now);

/// Why stock changed. `sold` and `returned` come from orders alone.
enum class MovementReason { received, adjusted, sold, returned, damaged, corrected };

constexpr std::size_t kMaxNote = 500;  ///< code points, of a movement

std::string_view to_text(MovementReason reason);
std::optional<MovementReason> parse_movement_reason(std::string_view text);

/// kBelowReserved, of a change that would leave so much of a product ("3 on hand").
Refusal below_reserved(const Product& product, std::string_view left);

/// A change of a product's stock. Exactly one of the two quantities is set.
struct StockChange {
    std::optional<Quantity> on_hand = {};  ///< as counted; if it equals the current stock, nothing changes
    std::optional<Quantity> delta = {};    ///< units to add; negative: to remove
    MovementReason reason = MovementReason::corrected;
    std::string note = {};
    std::optional<ImportId> import = {};
};

/// Changes fields and stock as one change: the version grows by one, whatever changed. Fields are recorded as
/// update() says; the stock gets a movement, the event `stock.adjusted` and an audit entry.
///
/// @throws Refusal as update(); 409 `below_reserved` if open orders hold more than would be left, with
///         members "on_hand" and "reserved"; 422 if delta is 0, its sign does not fit the reason, the
///         stock would not be 0 to kMaxQuantity, or it is not counted
Product change(storage::Transaction& tx, ProductId product, const Changes& fields,
               const std::optional<StockChange>& stock, const Actor& actor, Time now);

/// An order that holds units of a product.
struct Hold {
    OrderId order{};
    std::string status;
    Quantity quantity = 0;
    Quantity awaited = 0;  ///< of them: not in stock yet
    Time placed_at;
    std::optional<Time> expires_at;  ///< nullopt: held until it is shipped or cancelled
};

/// The holds on a product, newest order first, at most as many as asked for. The orders department provides
/// it.
using HoldsOf = std::function<std::vector<Hold>(const storage::View& view, const Product& product, std::int64_t most)>;

struct Movement {
    std::int64_t id = 0;
    Quantity delta = 0;
    std::string reason;
    std::optional<OrderId> order;
    std::optional<ImportId> import;
    std::string actor;
    std::string note;
    Time at;
};

/// A page of a product's movements, newest first. The sort key is the movement's id.
struct Movements {
    std::vector<Movement> rows;
    Json after = nullptr;  ///< null: the last page
};
Movements movements(const storage::View& view, ProductId product, const storage::Page& page);

}  // namespace orderd::catalog

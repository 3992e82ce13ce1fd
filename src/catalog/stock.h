#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/refused.h"
#include "catalog/product.h"
#include "storage/paging.h"

namespace orderd::catalog {

// Stock changes here and nowhere else. Each change is one guarded UPDATE inside the writer's transaction, so there is
// no state in which two orders hold the same unit; on_hand changes together with a row of inventory_movement, of which
// it is the sum. All of them grow the product's version, say that Topic::catalog was touched, and keep its low-stock
// alert.

inline constexpr Refused kInsufficientStock{
    409, "insufficient_stock",
    "Not enough of a product is available. items names each product that is short, with what was requested and what is "
    "available. Order less, or try again later."};
inline constexpr Refused kUnknownProduct{
    422, "unknown_product",
    "A product of the order is unknown or not on sale any more. errors names each such line. Read the products again."};
inline constexpr Refused kBelowReserved{
    409, "below_reserved",
    "Open orders hold more units than would be left on hand. on_hand and reserved say how many. Cancel or ship those "
    "orders first."};

/// One line as a customer asks for it: by id, or by SKU if there is none.
struct Wanted {
    std::optional<ProductId> product_id;
    std::string sku;
    Quantity quantity = 0;
};

/// One line with what it sells and costs now. No two lines of one order have the same product.
struct Line {
    ProductId product{};
    std::string sku;
    std::string name;
    Money unit_price;
    std::optional<std::int64_t> weight_g;  ///< nothing: unknown
    Quantity quantity = 0;
};

/// Finds and prices what is wanted, in the order asked for; lines of the same product are merged into the first of
/// them.
///
/// @throws Refusal 422 `unknown_product` with a fault at /items/N for every line whose product is unknown or archived,
///         and the faults of quantities beside them; 422 `validation_failed` where a quantity, merged, is not 1 to
///         kMaxOrderQuantity
std::vector<Line> price(const storage::View& view, const std::vector<Wanted>& wanted);

/// Takes the stock of every line for an order, or throws, and the savepoint undoes what was taken. Opens the low-stock
/// alerts of what falls to its threshold, in the same transaction.
///
/// @throws Refusal 409 `insufficient_stock`, whose member "items" names every short line: {"product_id", "sku", "name",
///         "requested", "available"}
void reserve(storage::Transaction& tx, const std::vector<Line>& lines, OrderId order, Time now);

/// Gives units of an open order back to those on sale (it was cancelled, or its reservation ran out).
///
/// @throws std::logic_error if fewer are reserved: the caller gave back what it did not hold
void release(storage::Transaction& tx, ProductId product, Quantity quantity, Time now);

/// Takes units that an order holds out of the house: on_hand and reserved fall, movement `sold`.
///
/// @throws std::logic_error if fewer are reserved
void ship(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor, Time now);

/// Puts units that came back on the shelf again: on_hand grows, movement `returned`.
void take_back(storage::Transaction& tx, ProductId product, Quantity quantity, OrderId order, const Actor& actor,
               std::string_view note, Time now);

/// Takes away what was noted beside the movements of these orders: an array of their numbers.
void forget_notes(storage::Transaction& tx, const Json& orders);

/// Products of whose stock open orders hold more than half, by id; `most` of them.
std::vector<Product> mostly_reserved(const storage::View& view, std::int64_t most);

/// Sets what a product's counters are by its ledger and its orders, where they went apart; for `orderd check --repair`.
void set_counters(storage::Transaction& tx, ProductId product, Quantity on_hand, Quantity reserved, Time now);

/// Why stock changed. `sold` and `returned` come from orders alone.
enum class MovementReason { received, adjusted, sold, returned, damaged, corrected };

constexpr std::size_t kMaxNote = 500;  ///< code points, of a movement

std::string_view to_text(MovementReason reason);
std::optional<MovementReason> parse_movement_reason(std::string_view text);

/// What to do with a product's stock: one of the two quantities is said.
struct StockChange {
    std::optional<Quantity> on_hand = {};  ///< as it was counted; what there is already changes nothing
    std::optional<Quantity> delta = {};    ///< units to add; negative: to take off
    MovementReason reason = MovementReason::corrected;
    std::string note = {};
    std::optional<ImportId> import = {};
};

/// Changes fields and stock as one change: the version grows by one, whatever changed. The fields tell of themselves as
/// update() says; the stock has a movement, the event `stock.adjusted` and an audit entry.
///
/// @throws Refusal as update(); 409 `below_reserved` if open orders hold more than would be left, with members
///         "on_hand" and "reserved"; 422 where delta is 0, its sign does not fit the reason, or the stock would leave
///         0 to kMaxQuantity
Product change(storage::Transaction& tx, ProductId product, const Changes& fields,
               const std::optional<StockChange>& stock, const Actor& actor, Time now);

/// An order that holds units of a product.
struct Hold {
    OrderId order{};
    std::string status;
    Quantity quantity = 0;
    Time placed_at;
    std::optional<Time> expires_at;  ///< nothing: held until it is shipped or cancelled
};

/// What is held of a product, newest order first, as many as asked for: orders tell it.
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
    Json after = nullptr;  ///< null: no more follow
};
Movements movements(const storage::View& view, ProductId product, const storage::Page& page);

}  // namespace orderd::catalog

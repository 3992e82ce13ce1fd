#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "orders/order.h"
#include "storage/writer.h"

namespace orderd::orders {

// Which orders wait for stock. Of a product that is sold beyond its stock, open orders may hold more units than are on
// hand: the others are awaited. What is on hand is given to the product's lines by order, oldest first, so
// order_item.awaited follows from on_hand and the open lines alone, and adds up to reserved − on_hand. orders.awaits sums
// it up for an order.
//
// A new order is the newest of its products: it awaits what it took beyond the stock (catalog::Line), and nobody else's
// units change. Units that are in stock are shipped alone, which changes nobody else's either. All else that moves stock
// notes its product (storage::Transaction::stock_moved), and share_out_stock() follows at the mutation's end.

/// Gives what is in stock of the products whose stock moved in the mutation to the orders that hold it. Part of
/// storage::Writer::follow. It changes as many lines as units of the product came or went at most, and looks for them in an
/// index: oldest first for what came; newest first, among the product's lines, for what went.
///
/// Records "order.awaited_changed" for each line.
void share_out_stock(storage::Transaction& tx);

/// Sets orders.awaits by what the order's lines await.
void keep_awaits(storage::Transaction& tx, OrderId order);

/// For `orderd check --repair`: has every line await what it should, and every order say so.
///
/// @returns a line for each product and order that was wrong
std::vector<std::string> repair_awaited(storage::Transaction& tx, Time now);

// For `orderd check`: a query with a text for each line that does not await what it should, and for each order that does
// not say so.
std::string_view wrong_lines();
std::string_view wrong_orders();

}  // namespace orderd::orders

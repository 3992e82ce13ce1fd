#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/actor.h"
#include "base/time.h"
#include "catalog/csv.h"
#include "orders/list.h"
#include "storage/store.h"

namespace orderd::app {

/// Records in the audit log who exports what names the shop's customers. Call it before the first of them is
/// read. If the disk is full, the export goes on all the same, and only the log says who made it.
///
/// @param what  "order", "customer" or a report
/// @param filtered  false: all of them. What was searched for is not recorded: it is often a name
void note_export(storage::Store& store, std::string_view what, bool filtered, const Actor& actor, Time now);

/// Writes orders as Shopify exports them: one row per line, with the order's own columns in its first row.
///
/// * Financial Status follows the money: a disputed payment is paid as long as the bank has not decided. What staff
///   have still to send back by hand is not refunded yet, here and in Refunded Amount.
/// * Subtotal is what the goods cost after the discount, before shipping and tax. Shopify says nowhere what the column
///   means; its API's `subtotalPrice` is that, beside a `lineItemsSubtotalPrice` without discounts
///   (shopify.dev/changelog/duties-are-now-available-on-the-storefront-api).
/// * Outstanding Balance is what the customer still owes: the total less what was captured, and nothing once the order
///   is cancelled or expired.
/// * Cancelled at is the time of the event, and empty once that was removed from the log.
///
/// They are written in slices of some hundred. Each slice is read with its own reader, which is returned to its
/// pool before the slice is sent: a slow receiver holds neither a reader nor a snapshot. So an order is as it
/// was when its slice was read. An order that changes meanwhile appears once, as it was before or after.
///
/// @param shown  nullopt: all orders, oldest first. One that is placed meanwhile appears at the end, unless the
///               end has been read already. Else those that the list shows, in its order
/// @returns whether the receiver took all of it
bool export_orders(storage::Store& store, const std::optional<orders::Filter>& shown, const csv::Send& send,
                   const csv::Style& style = {});

/// Writes every customer who was not erased, in Shopify's columns. Total Orders counts those that were neither
/// cancelled nor expired. Total Spent is what was captured for all of their orders, less what was refunded or is on its
/// way back; what staff have still to send by hand is not. Written in slices like export_orders(): a customer's orders are counted when the slice
/// is read.
///
/// @param text  nullopt: all customers, oldest first; else those whom the list finds by it, in its order
bool export_customers(storage::Store& store, const std::optional<std::string>& text, const csv::Send& send,
                      const csv::Style& style = {});

}  // namespace orderd::app

#pragma once

#include <string_view>

#include "base/actor.h"
#include "base/time.h"
#include "catalog/csv.h"
#include "storage/store.h"

namespace orderd::orders {

/// Records in the audit log who exports all of the shop's orders or customers. Call it before the first of
/// them is read. If the disk is full, the export goes on all the same, and only the log says who made it.
///
/// @param what  "order" or "customer"
void note_export(storage::Store& store, std::string_view what, const Actor& actor, Time now);

/// Writes every order as Shopify exports it: one row per line, with the order's own columns in its first row.
///
/// Orders are written by id, in slices of some hundred. Each slice is read with its own reader, which is
/// returned to its pool before the slice is sent: a slow receiver holds neither a reader nor a snapshot. So
/// an order is as it was when its slice was read. An order that changes meanwhile appears once, as it was
/// before or after. One that is placed meanwhile appears at the end, unless the end has been read already.
///
/// @returns whether the receiver took all of it
bool export_orders(storage::Store& store, const csv::Send& send);

/// Writes every customer who was not erased, in Shopify's columns. Total Spent counts the orders that were
/// neither cancelled nor expired. Written in slices like export_orders(): a customer's orders are counted
/// when the slice is read.
bool export_customers(storage::Store& store, const csv::Send& send);

}  // namespace orderd::orders

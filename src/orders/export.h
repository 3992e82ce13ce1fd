#pragma once

#include <string_view>

#include "base/actor.h"
#include "base/time.h"
#include "catalog/csv.h"
#include "storage/store.h"

namespace orderd::orders {

/// Writes into the audit log who takes all of the shop's orders or customers along; to be called before the first of
/// them is read. Where the disk is full, nobody is kept from their data: then a line of the log has to do.
///
/// @param what  "order" or "customer"
void note_export(storage::Store& store, std::string_view what, const Actor& actor, Time now);

/// Writes every order as Shopify exports them: a row for each line, with the order's own columns in its first row.
///
/// By id, in slices of some hundred orders. Each slice is read with a reader of its own, which is back in its pool
/// before the slice is sent: a slow receiver keeps no reader, and no snapshot, from others. So an order is as it was
/// when its slice was read. One that is changed meanwhile is there once, as it was before or after; one that is placed
/// meanwhile is there too, at the end, unless the end has been read.
///
/// @returns whether the receiver took all of it
bool export_orders(storage::Store& store, const csv::Send& send);

/// Writes every customer who was not erased, in Shopify's columns. Total Spent counts the orders that were not
/// cancelled and did not expire. In slices as export_orders(): the orders of a customer are counted when their slice is
/// read.
bool export_customers(storage::Store& store, const csv::Send& send);

}  // namespace orderd::orders

#pragma once

#include "catalog/csv.h"
#include "storage/store.h"

namespace orderd::orders {

/// Writes every order as Shopify exports them: a row for each line, with the order's own columns in its first row. Each
/// few hundred orders are read from a snapshot of their own, so that a slow receiver holds none back.
///
/// @returns whether the receiver took all of it
bool export_orders(storage::Store& store, const csv::Send& send);

/// Writes every customer who was not erased, in Shopify's columns. Total Spent counts the orders that were not
/// cancelled and did not expire.
bool export_customers(storage::Store& store, const csv::Send& send);

}  // namespace orderd::orders

#pragma once

#include <string_view>

#include "catalog/csv.h"
#include "catalog/import.h"
#include "storage/store.h"

namespace orderd::catalog {

/// Writes every product, including archived ones, in Shopify's columns. Importing the file again with
/// read_sheet() and apply() changes nothing: each product is its own handle, without options. `Variant
/// Inventory Qty` is on_hand. One column is our own, `Low Stock Threshold`; Shopify ignores it.
///
/// Every few hundred products are read from their own snapshot, so that a slow receiver does not keep a
/// snapshot open. A product is as it was when its piece was read.
///
/// @returns whether the receiver took all of it
bool export_products(storage::Store& store, std::string_view currency, const csv::Send& send,
                     const csv::Style& style = {}, const Progress& progress = {});

}  // namespace orderd::catalog

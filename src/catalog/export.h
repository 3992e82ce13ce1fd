#pragma once

#include <string_view>

#include "catalog/csv.h"
#include "catalog/import.h"
#include "storage/store.h"

namespace orderd::catalog {

/// Writes every product, archived ones too, in Shopify's columns, so that read_sheet() and apply() would change
/// nothing: each product is its own handle, without options. `Variant Inventory Qty` is on_hand. One column is our
/// own, `Low Stock Threshold`; Shopify passes over it.
///
/// Each few hundred products are read from a snapshot of their own, so that a slow receiver holds none back: a product
/// is as it was when its piece was written.
///
/// @returns whether the receiver took all of it
bool export_products(storage::Store& store, std::string_view currency, const csv::Send& send,
                     const Progress& progress = {});

}  // namespace orderd::catalog

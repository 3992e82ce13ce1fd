#pragma once

#include <string_view>

#include "catalog/csv.h"
#include "catalog/import.h"
#include "storage/store.h"

namespace orderd::catalog {

/// Writes every product, including archived ones, in Shopify's columns. Importing the file again with
/// read_sheet() and apply() changes nothing, and into an empty shop it makes the same products. The variants of a group
/// are the rows of its handle, in their order and at the place of the oldest; what they share is on the first of them.
/// `Variant Inventory Qty` is on_hand. The columns after `Status` are our own; Shopify ignores them. A group without
/// variants has no row.
///
/// Each product or group is read from its own snapshot, so that a slow receiver does not keep a snapshot open. A product is as it was when its piece was read.
///
/// @returns whether the receiver took all of it
bool export_products(storage::Store& store, std::string_view currency, const csv::Send& send,
                     const csv::Style& style = {}, const Progress& progress = {});

}  // namespace orderd::catalog

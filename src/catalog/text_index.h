#pragma once

#include "catalog/group.h"
#include "catalog/product.h"
#include "storage/writer.h"

namespace orderd::catalog {

// What products and groups are found by (search.h): their texts, folded as a question is. Whoever changes such a text calls
// this in the same transaction.

void index_texts(storage::Transaction& tx, const Product& product);

/// A group is found by its name, its values and its description; by the SKU of a variant, too (window.cpp).
void index_texts(storage::Transaction& tx, const Group& group);

/// Those of all products and groups.
void index_all_texts(storage::Transaction& tx);

}  // namespace orderd::catalog

#pragma once

#include <vector>

#include "catalog/product.h"

namespace orderd::catalog {

/// Fills an empty shop with a realistic catalogue: a studio that sells pottery, coffee and stationery. One or
/// two products are low, one is sold out, one is archived, one is reduced and one is sold beyond its stock, so that each
/// state can be seen. They are in three collections.
///
/// @returns the products that are on sale
std::vector<Product> seed(storage::Transaction& tx, const Actor& actor, Time now);

}  // namespace orderd::catalog

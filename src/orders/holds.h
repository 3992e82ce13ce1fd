#pragma once

#include <cstdint>
#include <vector>

#include "catalog/stock.h"
#include "storage/view.h"

namespace orderd::orders {

/// The holds of open orders on a product, newest first: a catalog::HoldsOf.
std::vector<catalog::Hold> holds_of(const storage::View& view, const catalog::Product& product, std::int64_t most);

}  // namespace orderd::orders

#pragma once

#include <cstdint>
#include <vector>

#include "catalog/stock.h"
#include "storage/view.h"

namespace orderd::orders {

/// What open orders hold of a product, newest first: catalog::HoldsOf.
std::vector<catalog::Hold> holds_of(const storage::View& view, const catalog::Product& product, std::int64_t most);

}  // namespace orderd::orders

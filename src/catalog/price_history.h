#pragma once

#include "catalog/product.h"

namespace orderd::catalog {

/// How far back a reduced price is compared: Directive 98/6/EC, Article 6a, asks for at least this.
constexpr std::int64_t kPricesComparedDays = 30;

/// Notes a price that holds from now on, and sets product.lowest_price: beside a price that is reduced, the lowest that
/// held in the 30 days before; nullopt where it is not reduced. Prices that ended earlier are forgotten. Part of the
/// mutation that changes the price.
void keep_price(storage::Transaction& tx, Product& product, Time now);

}  // namespace orderd::catalog

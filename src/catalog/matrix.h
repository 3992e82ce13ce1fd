#pragma once

#include <vector>

#include "catalog/group.h"
#include "catalog/options.h"
#include "catalog/stock.h"

namespace orderd::catalog {

// Work on several variants of a group at once.

/// Each combination of values, one of each option, in their order. One of nothing if there are no options.
///
/// @throws Refusal 409 `too_many_variants`
std::vector<Values> combinations(const Group& group);

/// Adds a variant. Without an SKU, a name or a description it gets the group's: see variant_sku(), variant_name().
///
/// @throws Refusal as create() and set_variant()
Product add_variant(storage::Transaction& tx, GroupId group, NewProduct wanted, const Values& values,
                    const Actor& actor, Time now);

/// Changes all of a group's variants, or those that are named, as one: all or none of them.
///
/// @throws Refusal as change(), whose member "product_id" names the variant; 422 naming products that are not variants of
///         the group, at /products/N
void change_variants(storage::Transaction& tx, GroupId group, const std::vector<ProductId>& named,
                     const Changes& fields, const std::optional<StockChange>& stock, const Actor& actor, Time now);

}  // namespace orderd::catalog

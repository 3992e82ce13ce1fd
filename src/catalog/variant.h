#pragma once

#include <optional>

#include "base/actor.h"
#include "base/ids.h"
#include "base/time.h"
#include "catalog/group.h"
#include "catalog/options.h"

namespace orderd::catalog {

// What products and groups tell each other: for product.cpp and group.cpp. Others use group.h.

/// The place that is wanted, with its values as the group spells them, and a position. Values that are new are added
/// to the group.
///
/// @param product which has a place there, perhaps; nullopt: a new one
/// @throws Refusal as set_variant()
Variant settle_variant(storage::Transaction& tx, const Variant& wanted, std::optional<ProductId> product,
                       const Actor& actor, Time now);

/// Keeps what a group is sorted and shown by: the least price of its active variants. To be called after any change of
/// them.
void keep_group_price(storage::Transaction& tx, GroupId group);

/// Stores a group that has changed, with its texts in the indexes, its event and its audit entry.
Group store_group(storage::Transaction& tx, const Group& before, Group after, const Actor& actor, Time now);

}  // namespace orderd::catalog

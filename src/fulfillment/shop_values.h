#pragma once

#include "base/json.h"
#include "storage/view.h"

namespace orderd::fulfillment {

/// What every page and mail says of the shop: shop_name, shop_address (lines), for a template.
Json shop_values(const storage::View& view);

}  // namespace orderd::fulfillment

#pragma once

#include "base/json.h"
#include "storage/view.h"

namespace orderd::fulfillment {

/// The shop's values for the templates of every page and mail, in any language: shop_name, shop_address (lines).
Json shop_values(const storage::View& view);

}  // namespace orderd::fulfillment

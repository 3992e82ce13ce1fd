#pragma once

#include "base/json.h"
#include "base/language.h"
#include "storage/view.h"

namespace orderd::fulfillment {

/// The shop's values for the templates of every page and mail: shop_name, shop_address (lines, with the country as the
/// language calls it), logo (catalog/logo.h).
Json shop_values(const storage::View& view, const Language& language);

/// The same for a page that is nobody's own, in the shop's language.
Json shop_values(const storage::View& view);

}  // namespace orderd::fulfillment

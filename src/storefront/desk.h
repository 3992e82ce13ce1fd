#pragma once

#include <functional>
#include <string>

#include "base/templates.h"
#include "catalog/cache.h"
#include "catalog/routes.h"
#include "storage/store.h"
#include "storefront/face.h"

namespace orderd::storefront {

/// What the handlers of the shop's pages use. It must outlive the route table.
struct Desk {
    storage::Store& store;
    const Templates& templates;
    catalog::Desk& catalog;
    FaceCache faces{store, templates};
    catalog::PrintedCache printed{store};   ///< pages that are the same for everyone
    std::function<std::string()> url = {};  ///< the shop's public address, without a slash at its end
};

}  // namespace orderd::storefront

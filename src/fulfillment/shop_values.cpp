#include "fulfillment/shop_values.h"

#include "catalog/logo.h"
#include "fulfillment/label.h"
#include "storage/settings.h"
#include "storage/shop_language.h"

namespace orderd::fulfillment {

Json shop_values(const storage::View& view, const Language& language) {
    Json values{{"shop_name", settings::shop_name(view)},
                {"shop_address", Json::array()},
                {"logo", catalog::logo_values(catalog::logo_of_shop(view))}};
    if (const auto address = settings::read(view, "shop_address"); address && address->is_object()) {
        values["shop_address"] = address_lines(accounts::address_from(*address), "", language);
    }
    return values;
}

Json shop_values(const storage::View& view) { return shop_values(view, settings::language(view)); }

}  // namespace orderd::fulfillment

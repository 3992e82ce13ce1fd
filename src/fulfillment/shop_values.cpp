#include "fulfillment/shop_values.h"

#include "fulfillment/label.h"
#include "storage/settings.h"

namespace orderd::fulfillment {

Json shop_values(const storage::View& view) {
    Json values{{"shop_name", settings::shop_name(view)}, {"shop_address", Json::array()}};
    if (const auto address = settings::read(view, "shop_address"); address && address->is_object()) {
        values["shop_address"] = address_lines(accounts::address_from(*address), "");
    }
    return values;
}

}  // namespace orderd::fulfillment

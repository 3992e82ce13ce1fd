#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/language.h"
#include "orders/delivery.h"
#include "storage/view.h"

namespace orderd::storefront {

/// The shop's own country, or if it has said none, Germany: what a page begins with.
std::string home_country(const storage::View& view);

/// The countries that some delivery method goes to; every country if the shop has none. By their names.
Json country_choices(const orders::DeliveryMethods& methods, const Language& words, std::string_view chosen);

/// How a country's addresses are written.
struct AddressForm {
    bool city_first = false;  ///< the postcode stands after city and region
    bool has_region = false;
};
AddressForm address_form(std::string_view country);

}  // namespace orderd::storefront

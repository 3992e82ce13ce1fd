#pragma once

#include <string_view>

namespace orderd::fulfillment::print {

/// A country's short English name (ISO 3166-1), as postal services want it on the last line of an address;
/// the code itself if there is no name for it here.
std::string_view country_name(std::string_view code);

}  // namespace orderd::fulfillment::print

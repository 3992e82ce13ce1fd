#pragma once

#include <string_view>

namespace orderd::fulfillment::print {

/// A country's short name in English (ISO 3166-1), as posts want it on the last line of an address; the code itself
/// where it has none here.
std::string_view country_name(std::string_view code);

}  // namespace orderd::fulfillment::print

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orderd::orders {

// The regions of countries whose taxes differ by region: of the United States, Canada and Australia. Customers write them
// as they like, so they are known by code and by name.

/// Whether all regions of the country are known here.
bool knows_regions(std::string_view country);

/// The region's code (ISO 3166-2, without the country: "CA"), or what the United States Postal Service has for its
/// own (AA, AE, AP). It is known by "CA", "US-CA", "California" and "Calif.", in any case and with any punctuation.
///
/// @returns nullopt if the country's regions are not known here, or it has no such region
std::optional<std::string_view> find_region(std::string_view country, std::string_view text);

/// What a region is compared by: its code, or the folded text where regions are not known.
std::string region_key(std::string_view country, std::string_view text);

}  // namespace orderd::orders

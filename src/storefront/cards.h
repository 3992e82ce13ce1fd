#pragma once

#include <string>
#include <vector>

#include "catalog/window.h"
#include "storefront/page.h"

namespace orderd::storefront {

/// Pictures of a list that a browser loads before all else: those of its first row.
inline constexpr std::size_t kFirstRow = 4;

/// The values of shop_cards.html, by the window's entries: for each its name, price, picture and what is said of its stock.
///
/// @param eager  how many pictures are loaded first; the others once they come into view
Json cards(const storage::View& view, const std::vector<catalog::WindowEntry>& entries, const Visit& visit,
           std::size_t eager);

/// The values of an img by a picture as catalog::to_json() describes it: src, srcset, width, height, alt. Its URLs are
/// from the page's root.
///
/// @param alt  if the picture has no text of its own
Json picture_values(const Json& picture, const Visit& visit, const std::string& alt);

/// The first letter of a name, in place of a picture.
std::string initial_of(std::string_view name);

/// "€12.00 / l", by catalog::price_per_json(); empty if it is null.
std::string price_per(const Json& json, const Visit& visit);

/// "Lowest price of the last 30 days: €9.00", by a JSON money; empty if it is null.
std::string lowest_price(const Json& json, const Visit& visit);

}  // namespace orderd::storefront

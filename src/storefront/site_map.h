#pragma once

#include <cstdint>
#include <string>

#include "storage/view.h"

namespace orderd::storefront {

// The site map names every page that search engines should know (sitemaps.org). A large shop's is in parts, each of a
// range of ids, so that no part costs more than its range.

constexpr std::int64_t kIdsOfPart = 5'000;

/// How many parts the map has; at least one.
std::int64_t site_map_parts(const storage::View& view);

/// The whole map if there is one part, or else the index of the parts.
std::string site_map(const storage::View& view, const std::string& shop_url);

/// A part, from 1. The first one has the first page and the collections too.
std::string site_map_part(const storage::View& view, const std::string& shop_url, std::int64_t part);

}  // namespace orderd::storefront

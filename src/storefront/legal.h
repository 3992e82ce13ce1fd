#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"
#include "base/json.h"
#include "base/language.h"
#include "orders/legal_texts.h"
#include "storefront/desk.h"

namespace orderd::storefront {

/// Adds the pages of the shop's legal texts. Like those of orders they answer whether the shop's pages are on or not.
void add_legal_page_routes(api::RouteTable& routes, Desk& desk);

/// The links to these texts: {"text", "href"}, from the shop's root.
Json legal_links(const std::vector<orders::LegalVersion>& texts, const Language& words);

/// Versions as a field of a form carries them: "terms.3.de,privacy.1.de".
std::string to_field(const std::vector<orders::LegalVersion>& versions);

/// Reads what to_field() wrote. What names no version is left out: the rest then differs from the versions that hold.
std::vector<orders::LegalVersion> versions_from_field(std::string_view field);

}  // namespace orderd::storefront

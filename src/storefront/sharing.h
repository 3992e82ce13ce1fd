#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "storefront/page.h"

namespace orderd::storefront {

// What other sites and programs read of a page: search engines, messengers.

/// What a page is to others.
struct Shared {
    std::string path;       ///< from the shop's root: "", "p/mug"
    std::string_view type;  ///< of Open Graph: "website", "product"
    std::string title;
    std::string text;               ///< a sentence or two
    const Json* picture = nullptr;  ///< as catalog::to_json() describes it
};

/// Adds the values canonical, alternates, summary and share to those of a page.
void share(Json& values, const std::string& shop_url, const Shared& shared);

/// The beginning of a text on one line, at most `most` code points, cut between words.
std::string beginning_of(std::string_view text, std::size_t most);

/// JSON as it may stand in a script element: without what could end that.
std::string json_for_html(const Json& json);

}  // namespace orderd::storefront

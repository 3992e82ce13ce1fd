#pragma once

#include <string>
#include <string_view>

#include "support/shop.h"

namespace orderd::tests {

/// The setting of a shop whose pages are on.
inline Json storefront_setting(const Json& changes = Json::object()) {
    Json setting{{"on", true}, {"accent", "#1f4e46"},    {"headings", "serif"}, {"intro", ""},
                 {"foot", ""}, {"links", Json::array()}, {"withdrawal", true}};
    setting.update(changes);
    return setting;
}

/// Turns a shop's pages on.
inline void open(Shop& shop, const Json& changes = Json::object()) {
    shop.put("/admin/settings", {{"shop_name", "Tide & Clay"}, {"storefront", storefront_setting(changes)}},
             shop.owner());
}

inline bool has(const Reply& page, std::string_view text) { return page.text.find(text) != std::string::npos; }

/// What a browser sends with each page that it asks for.
inline Headers browser(const std::string& languages = "en") {
    return {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}, {"Accept-Language", languages}};
}

}  // namespace orderd::tests

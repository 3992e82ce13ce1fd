#pragma once

#include <string_view>

#include "api/route.h"
#include "base/templates.h"

namespace orderd::api {

// Pages for the shop's customers, rendered on the server: they need no script, comply with the strict
// Content-Security-Policy (no inline styles: use the classes of page.css), print well, and are readable at 360 px.
//
// A page's template starts with {{> page_top}} and ends with {{> page_bottom}}. They use `shop_name`,
// `title`, `shop_address` (lines), and `root`, the relative path from the page to the shop's root. Its
// default is "../", for pages one folder deep such as /receipt/{link} and /track/{link}.

/// Renders a template as a page in a language. Since whoever has the link can read it, caches must not store it, search
/// engines must not list it, and sites that it links to do not get its URL.
Answer page(const Templates& templates, std::string_view name, const Json& data, const Language& language,
            int status = 200);

/// GET /pages/page.css.
void add_page_routes(RouteTable& routes);

}  // namespace orderd::api

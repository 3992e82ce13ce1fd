#pragma once

#include <string_view>

#include "api/route.h"
#include "base/templates.h"

namespace orderd::api {

// Pages for the shop's customers, made here and not in the browser: they need no script, hold to the strict
// Content-Security-Policy (no inline style either: classes of page.css), print well, and read well at 360 px.
//
// A page's template starts with {{> page_top}} and ends with {{> page_bottom}}. They take `shop_name`, `title`, and
// `shop_address` (lines), and `root`, where the shop begins as seen from the page: "../" where it is left out, as for
// /receipt/{link} and /track/{link}, which stand one folder deep.

/// The page of a template. What is behind a link that is its own key is kept by no cache, told to no search engine, and
/// not told to the sites that it links to.
Answer page(const Templates& templates, std::string_view name, const Json& data, int status = 200);

/// GET /pages/page.css.
void add_page_routes(RouteTable& routes);

}  // namespace orderd::api

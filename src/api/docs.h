#pragma once

#include <string>
#include <string_view>

#include "api/route.h"
#include "api/sent_events.h"

namespace orderd::api {

/// The documentation as one page. It works offline and under the strict Content-Security-Policy: the HTML has
/// all the content; its script only filters and copies.
std::string docs_page(const RouteTable& table, const SentEvents& events);

std::string_view docs_style();
std::string_view docs_script();

}  // namespace orderd::api

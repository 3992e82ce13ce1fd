#pragma once

#include <string>
#include <string_view>

#include "api/route.h"

namespace orderd::api {

/// The documentation as a page that works without a network and under the strict Content-Security-Policy: all of it is
/// in the HTML; its script only filters and copies.
std::string docs_page(const RouteTable& table);

std::string_view docs_style();
std::string_view docs_script();

}  // namespace orderd::api

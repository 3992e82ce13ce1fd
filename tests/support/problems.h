#pragma once

#include <string_view>

#include "api/route.h"
#include "base/json.h"

namespace orderd::tests {

/// Checks a problem document that a test received against what is declared: its code is a declared refusal, its type
/// leads to that code in /docs, and the route that answered names it under that status (or it came before routing).
/// `target`: of the request, its query included.
///
/// @throws std::runtime_error naming what to declare, and where
void check_problem(const api::RouteTable& routes, std::string_view method, std::string_view target,
                   const Json& problem);

}  // namespace orderd::tests

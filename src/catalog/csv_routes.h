#pragma once

#include <string_view>
#include <vector>

#include "api/answer.h"
#include "api/request.h"
#include "api/route.h"
#include "catalog/csv.h"

namespace orderd::csv {

/// How a route that exports is asked for a style: the query parameters `separator` and `bom`.
std::vector<api::QueryParameter> style_parameters();
Style style_of(const api::Request& in);

/// The same, after a route's own parameters.
std::vector<api::QueryParameter> with_style(std::vector<api::QueryParameter> own);

/// An answer that is saved as a file; its content is to be added.
api::Answer file_answer(std::string_view name);

}  // namespace orderd::csv

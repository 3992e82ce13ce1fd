#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderd::notify {

/// Whether a filter ("*", "order.*", "order.placed") matches a kind.
bool fits(std::string_view filter, std::string_view kind);

/// Whether a filter matches any kind that the shop records: one that matches none is refused.
bool fits_any_kind(std::string_view filter);

/// Suggestions for a filter that matches nothing: the kinds of its family, or the families as filters.
std::vector<std::string> kinds_beside(std::string_view filter);

}  // namespace orderd::notify

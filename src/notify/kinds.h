#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderd::notify {

/// Whether a filter ("*", "order.*", "order.placed") lets a kind through.
bool fits(std::string_view filter, std::string_view kind);

/// Whether the shop records any kind that a filter lets through: a filter that matches none is refused when it is set.
bool fits_any_kind(std::string_view filter);

/// What may have been meant by a filter that fits none: the kinds of its family, or the families as filters.
std::vector<std::string> kinds_beside(std::string_view filter);

}  // namespace orderd::notify

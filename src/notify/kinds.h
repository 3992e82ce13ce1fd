#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace orderd::notify {

/// Every kind of event that the shop records, so that a webhook's filter that waits for none of them is refused while
/// someone looks at it.
const std::vector<std::string_view>& all_kinds();

/// Whether there is a kind that a filter ("*", "order.*", "order.placed") lets through.
bool fits_any_kind(std::string_view filter);

/// What may have been meant by a filter that fits none: the kinds of its family, or the families as filters.
std::vector<std::string> kinds_beside(std::string_view filter);

}  // namespace orderd::notify

#pragma once

#include <string_view>

namespace orderd::api {

/// What the operations of a tag are for, in a sentence. Empty for a tag that nobody described.
std::string_view words_for_tag(std::string_view tag);

}  // namespace orderd::api

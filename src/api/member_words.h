#pragma once

#include <string_view>

namespace orderd::api {

/// What a member of this name is, in every body and answer that has one and says no more about it: what is the same
/// everywhere is described once. Empty for a name that means something of its own.
std::string_view words_for_member(std::string_view name);

}  // namespace orderd::api

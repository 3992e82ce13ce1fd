#pragma once

#include <string_view>

namespace orderd::app {

/// What the executable was made of, a line each: name, version, and the Debian package where it comes from one. Made by
/// packaging/cmake/Libraries.cmake, as orderd.cdx.json is.
std::string_view libraries();

}  // namespace orderd::app

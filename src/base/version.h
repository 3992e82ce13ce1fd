#pragma once

#include <string_view>

namespace orderd {

/// The executable's version, as "0.2.0", or "0.2.0+3.gabc1234" three commits after that tag. Its definition is generated
/// by packaging/cmake/Version.cmake.
std::string_view version();

}  // namespace orderd

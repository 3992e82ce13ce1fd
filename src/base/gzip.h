#pragma once

#include <string>
#include <string_view>

#include "base/embedded.h"

namespace orderd {

/// Compresses to the gzip format (RFC 1952), as small as zlib makes it.
/// @throws std::bad_alloc
std::string gzip(std::string_view text);

/// What is built into the executable compressed.
/// @throws std::logic_error if it cannot be read
std::string inflated(const embedded::Deflated& file);

}  // namespace orderd

#pragma once

#include <string_view>
#include <vector>

namespace orderd::fulfillment::print {

/// The bars of a Code 128 symbol (ISO/IEC 15417), in modules: bar, space, bar, … from the start pattern to the stop
/// pattern's last bar, check digit included. Runs of digits take half the room (code set C). The quiet zones, ten
/// modules on either side, are the caller's.
///
/// @throws std::invalid_argument for what is not printable ASCII
std::vector<int> code128(std::string_view text);

constexpr int kQuietModules = 10;

}  // namespace orderd::fulfillment::print

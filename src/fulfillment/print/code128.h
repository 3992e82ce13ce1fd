#pragma once

#include <string_view>
#include <vector>

namespace orderd::fulfillment::print {

/// The bars of a Code 128 symbol (ISO/IEC 15417), in modules: bar, space, bar, … from the start pattern to
/// the last bar of the stop pattern, with the check digit. Runs of digits take half the room (code set C).
/// The caller adds the quiet zones, ten modules on either side.
///
/// @throws std::invalid_argument if the text is empty or not printable ASCII
std::vector<int> code128(std::string_view text);

constexpr int kQuietModules = 10;

}  // namespace orderd::fulfillment::print

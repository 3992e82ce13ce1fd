#pragma once

#include <string>
#include <string_view>

namespace orderd::fulfillment::print {

/// A PNG picture, as a PDF can contain it: its compressed rows are used unchanged.
struct Png {
    int width = 0;
    int height = 0;
    int bits = 8;         ///< per sample
    int samples = 1;      ///< per dot: 1 grey or palette, 3 colours
    std::string palette;  ///< three bytes per colour; empty: none
    std::string rows;     ///< deflated, with PNG's filters
};

/// @throws std::runtime_error if it is not a PNG, or one that a PDF cannot contain unchanged (transparent,
///         interlaced)
Png parse_png(std::string_view file);

}  // namespace orderd::fulfillment::print

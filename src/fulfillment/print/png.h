#pragma once

#include <string>
#include <string_view>

namespace orderd::fulfillment::print {

/// A PNG picture, as a PDF can hold it: its compressed rows are taken over as they are.
struct Png {
    int width = 0;
    int height = 0;
    int bits = 8;         ///< of each sample
    int samples = 1;      ///< of each dot: 1 grey or palette, 3 colours
    std::string palette;  ///< three bytes a colour; empty: none
    std::string rows;     ///< deflated, with PNG's filters
};

/// @throws std::runtime_error for what is not a PNG, or one that a PDF cannot hold as it is (transparent, interlaced)
Png parse_png(std::string_view file);

}  // namespace orderd::fulfillment::print

#pragma once

#include <string>

#include "fulfillment/print/page.h"

namespace orderd::fulfillment::print {

/// The page in Zebra's printer language, for a printer with 203 or 300 dots per inch. Text is drawn here and
/// sent as graphics, so that letters that the printer lacks are printed too, and each line is as wide as it
/// was laid out. The printer draws the barcode itself.
std::string zpl(const Typeface& typeface, const Page& page, int dots_per_inch);

}  // namespace orderd::fulfillment::print

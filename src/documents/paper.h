#pragma once

#include <string>
#include <vector>

#include "documents/document.h"
#include "fulfillment/print/page.h"

namespace orderd::documents {

namespace print = fulfillment::print;

/// The pages of a document, in its language; A4 or Letter by the seller's country. The table's head is on each page that
/// has lines. The same document gives the same pages, whenever it is printed.
///
/// @throws print::Unprintable for letters that no font here has
std::vector<print::Page> pages_of(const print::Typeface& typeface, const Document& document, const Content& content);

}  // namespace orderd::documents

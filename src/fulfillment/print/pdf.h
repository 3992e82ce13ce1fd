#pragma once

#include <string>
#include <vector>

#include "fulfillment/print/page.h"

namespace orderd::fulfillment::print {

/// The pages as one PDF (1.7): its text can be searched and copied, and it embeds what it uses of each font.
/// The same pages give the same bytes.
std::string pdf(const Typeface& typeface, const std::vector<Page>& pages, std::string_view title);

}  // namespace orderd::fulfillment::print

#pragma once

#include <string>
#include <vector>

#include "fulfillment/print/page.h"

namespace orderd::fulfillment::print {

/// The pages as one PDF (1.7): text that can be searched and copied, with what it uses of each font inside. The same
/// pages give the same bytes.
std::string pdf(const Typeface& typeface, const std::vector<Page>& pages, std::string_view title);

}  // namespace orderd::fulfillment::print

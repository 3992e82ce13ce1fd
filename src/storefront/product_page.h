#pragma once

#include <string>
#include <string_view>

#include "catalog/window.h"
#include "storefront/page.h"

namespace orderd::storefront {

/// The values of product.html: of a product that stands alone, or of a group with one of its variants chosen.
///
/// @param sku  of the variant to show as chosen; if no variant has it, one that can be ordered is
Json product_values(const storage::View& view, const Desk& desk, const Visit& visit, const catalog::WindowEntry& entry,
                    std::string_view sku);

/// What is said of a product's stock.
struct StockInWords {
    std::string text;       ///< "In stock"
    bool orderable;         ///< whether one can be ordered now
    std::string_view term;  ///< schema.org's, such as "InStock"
};
StockInWords stock_in_words(const catalog::Product& product, const Language& language);

}  // namespace orderd::storefront

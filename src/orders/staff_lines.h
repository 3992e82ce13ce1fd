#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/fields.h"
#include "base/money.h"
#include "catalog/pricing.h"

namespace orderd::orders {

/// A line as staff enter it: of a product, at its price or at another one; or of no product, with their own text.
struct StaffLine {
    std::optional<ProductId> product_id = {};
    std::optional<std::string> sku = {};
    std::optional<std::string> text = {};
    std::optional<Money> unit_price = {};
    std::optional<catalog::TaxClass> tax_class = {};
    std::string reason = {};  ///< for another price than the product's
    Quantity quantity = 0;
};

/// The lines with what they cost today. Each product is there at most once.
///
/// @param most  the largest share of a price that may be taken off
/// @param pointer  the list's place in the request
/// @throws Refusal 422 naming every fault; 403 `discount_too_large`
std::vector<catalog::Line> lines_of(const storage::View& view, const std::vector<StaffLine>& wanted, Rate most,
                                    std::string_view pointer);

}  // namespace orderd::orders

namespace orderd {

template <>
struct api::Fields<orders::StaffLine> {
    static Declared<orders::StaffLine> value();
};

}  // namespace orderd

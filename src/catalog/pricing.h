#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "base/refused.h"
#include "base/time_zone.h"
#include "catalog/tax_class.h"
#include "storage/view.h"

namespace orderd::catalog {

inline constexpr Refused kUnknownProduct{
    422, "unknown_product",
    "A product of the order is unknown or not on sale any more. errors names each such line. Read the products again."};

/// One line of a customer's request: a product by id, or by SKU if there is no id.
struct Wanted {
    std::optional<ProductId> product_id;
    std::string sku;
    Quantity quantity = 0;
};

/// One line with the product's current name and price. No two lines of an order have the same product.
struct Line {
    ProductId product{};
    std::string sku;
    std::string name;
    Money unit_price;
    std::optional<std::int64_t> weight_g;  ///< nullopt: unknown
    TaxClass tax_class = TaxClass::standard;
    Quantity quantity = 0;
    bool counted = true;                  ///< whether it takes stock
    Quantity awaited = 0;                 ///< of `quantity`: units that are not in stock now, and can be ordered
    std::optional<Day> expected_on = {};  ///< when those come, where that is known
    std::string price_reason = {};        ///< why staff gave it another price than the product's

    bool is_free_text() const { return product == ProductId{}; }  ///< staff wrote it: it is of no product
};

/// Finds and prices the wanted products, in the order of the request; lines of the same product are merged
/// into the first of them.
///
/// @throws Refusal 422 `unknown_product` with a fault at /items/N for every line whose product is unknown or
///         archived, together with the faults of quantities; 422 `validation_failed` if only quantities,
///         after merging, are not 1 to kMaxOrderQuantity, or more than one order may have of the product
std::vector<Line> price(const storage::View& view, const std::vector<Wanted>& wanted);

}  // namespace orderd::catalog

#pragma once

#include "api/shape.h"
#include "base/names.h"

namespace orderd::catalog {

/// What kind of goods a product is where taxes are concerned. Which rate a class has in a country, and from which day,
/// the shop's tax settings say (orders/tax_rates.h).
enum class TaxClass { standard, reduced, second_reduced, super_reduced, zero };

inline constexpr Names<TaxClass, 5> kTaxClasses{{{
    {TaxClass::standard, "standard"},
    {TaxClass::reduced, "reduced"},
    {TaxClass::second_reduced, "second_reduced"},
    {TaxClass::super_reduced, "super_reduced"},
    {TaxClass::zero, "zero"},
}}};

inline api::Shape tax_class_shape() {
    return api::Shape::one_of(kTaxClasses.list())
        .described(
            "which of a place's tax rates holds; where the place has none for the class, that of the class before "
            "it: of second_reduced that of reduced, and of all that of standard");
}

}  // namespace orderd::catalog

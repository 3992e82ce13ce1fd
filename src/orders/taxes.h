#pragma once

#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/names.h"

namespace orderd::orders {

/// Why an order has the tax that it has. Documents say it in words.
enum class TaxTreatment {
    taxed,
    untaxed,         ///< the shop has no rate for the country
    exported,        ///< likewise, and the goods leave the European Union or the United Kingdom
    reverse_charge,  ///< the buyer, a business in another member state, owes the tax
    small_business,  ///< the shop is exempt
};

inline constexpr Names<TaxTreatment, 5> kTaxTreatments{{{
    {TaxTreatment::taxed, "taxed"},
    {TaxTreatment::untaxed, "untaxed"},
    {TaxTreatment::exported, "export"},
    {TaxTreatment::reverse_charge, "reverse_charge"},
    {TaxTreatment::small_business, "small_business"},
}}};

/// What of an amount is taxed at one rate.
struct TaxedPart {
    Rate rate = {};
    Money amount = {};  ///< with its tax, where prices include it
    Money tax = {};

    bool operator==(const TaxedPart&) const = default;
};

/// What of an order is taxed at one rate.
struct RateSum {
    Rate rate;
    Money base;  ///< without the tax
    Money tax;
};

/// The sums of parts, by rate, highest first.
std::vector<RateSum> sum_by_rate(const std::vector<TaxedPart>& parts, bool tax_is_included);

}  // namespace orderd::orders

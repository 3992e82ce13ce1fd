#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/time_zone.h"
#include "storage/view.h"

namespace orderd::documents {

/// What documents say of one rate in one country.
struct TaxOfRate {
    std::string country;    ///< whose tax it is; empty: not known
    std::string treatment;  ///< why it is what it is, as orders have it: "taxed", "reverse_charge"
    Rate rate;
    std::int64_t documents = 0;  ///< that have the rate
    Money net;
    Money tax;
};

/// The tax of the documents that were issued on some days, by country, treatment and rate, highest first. What was
/// credited is subtracted, so sums may be negative.
///
/// @param last  included
std::vector<TaxOfRate> tax_by_rate(const storage::View& view, Day first, Day last);

}  // namespace orderd::documents

#include "orders/taxes.h"

#include <functional>
#include <map>

namespace orderd::orders {

std::vector<RateSum> sum_by_rate(const std::vector<TaxedPart>& parts, bool tax_is_included) {
    std::map<Rate, RateSum, std::greater<>> sums;
    for (const auto& part : parts) {
        auto& sum = sums[part.rate];
        sum.rate = part.rate;
        sum.base += tax_is_included ? part.amount - part.tax : part.amount;
        sum.tax += part.tax;
    }
    std::vector<RateSum> list;
    for (const auto& [rate, sum] : sums) {
        list.push_back(sum);
    }
    return list;
}

}  // namespace orderd::orders

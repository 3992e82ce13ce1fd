#include "base/shares.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace orderd {

namespace {

/// Large enough for any amount times any weight.
__extension__ using Wide = __int128;

}  // namespace

std::vector<Money> shares(Money whole, const std::vector<Money>& weights, Money step) {
    std::vector<Money> parts(weights.size());
    const auto sum = std::accumulate(weights.begin(), weights.end(), Money{}, [](Money a, Money b) { return a + b; });
    if (parts.empty()) {
        return parts;
    }
    if (sum.minor == 0) {
        parts.front() = whole;
        return parts;
    }
    const auto steps = whole.minor / step.minor;
    auto left = steps;
    std::vector<std::int64_t> remainders(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto exact = Wide{steps} * weights[i].minor;
        const auto part = static_cast<std::int64_t>(exact / sum.minor);
        remainders[i] = static_cast<std::int64_t>(exact % sum.minor);
        parts[i] = Money{part};
        left -= part;
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) {
        parts[order[i]] += Money{1};
    }
    for (auto& part : parts) {
        part = part * step.minor;
    }
    return parts;
}

Money share_of(Money whole, std::int64_t part, std::int64_t all, Money step) {
    const auto unit = whole.minor % step.minor == 0 ? step.minor : 1;
    return Money{static_cast<std::int64_t>(Wide{whole.minor / unit} * part / all) * unit};
}

}  // namespace orderd

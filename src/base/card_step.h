#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/money.h"

namespace orderd {

/// Cards are charged in multiples of this amount. It is one minor unit, but for currencies whose last decimals
/// the card networks do not carry: the fils of KWD and its like go in tens, and MGA has no decimals at all
/// (https://docs.stripe.com/currencies).
inline Money card_step(std::string_view currency) {
    constexpr std::array<std::string_view, 5> kInTens{"BHD", "JOD", "KWD", "OMR", "TND"};
    if (std::find(kInTens.begin(), kInTens.end(), currency) != kInTens.end()) {
        return {10};
    }
    return {currency == "MGA" ? 100 : 1};
}

inline bool is_multiple(Money amount, Money step) { return amount.minor % step.minor == 0; }

}  // namespace orderd

#pragma once

#include <cstdint>
#include <string_view>

#include "base/money.h"
#include "payments/amounts.h"

namespace orderd::payments {

// How Stripe counts money (https://docs.stripe.com/currencies, as of July 2026). Its decimals are not always those of
// ISO 4217: MGA has none, and ISK and UGX have two that are always zero.

/// The charges that Stripe takes in a currency. The smallest one is that of an account that is paid out in this
/// currency. For other accounts it may be higher, and then Stripe itself refuses the charge.
AmountRule stripe_amounts(std::string_view currency);

/// An amount as Stripe counts it.
///
/// @throws std::invalid_argument if Stripe cannot count it: below its smallest unit, or in a currency that it does not
///         charge
/// @throws Overflow
std::int64_t to_stripe(Money amount, std::string_view currency);
Money from_stripe(std::int64_t amount, std::string_view currency);

}  // namespace orderd::payments

#pragma once

#include <cstdint>
#include <string_view>

#include "base/language.h"
#include "base/money.h"
#include "base/refused.h"

namespace orderd::payments {

inline constexpr Refused kAmountOffStep{
    422, "amount_off_step",
    "The payment's gateway takes this currency only in multiples of amount_step minor units, and the amount is not one. "
    "Nothing was charged or refunded. Use a multiple, or another way to pay."};
inline constexpr Refused kCurrencyNotCharged{
    409, "currency_not_charged",
    "The shop's payment gateway does not charge cards in the shop's currency. Nothing was charged. Offer another way to "
    "pay."};

/// Which amounts a gateway takes in a currency, in its minor units as ISO 4217 defines them.
struct AmountRule {
    bool charges = true;     ///< false: it does not take the currency
    Money step{1};           ///< charges, captures and refunds are multiples of it
    Money least{1};          ///< of a charge
    Money most = kMaxTotal;  ///< of a charge
};

AmountRule amount_rule(std::string_view gateway, std::string_view currency);

/// Checks a charge before anything is stored or sent: a request that the gateway refuses is not a declined card.
///
/// @param language  the customer's
/// @throws Refusal `currency_not_charged`, `amount_off_step`, `amount_too_small`, `amount_too_large`
void require_chargeable(std::string_view gateway, std::string_view currency, Money amount, const Language& language);

/// Checks a capture or a refund in the same way.
///
/// @param pointer  the body's member; empty: none
/// @throws Refusal `amount_off_step`
void require_on_step(std::string_view gateway, std::string_view currency, Money amount, std::string_view pointer);

}  // namespace orderd::payments

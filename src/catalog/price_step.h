#pragma once

#include <string>
#include <string_view>

#include "base/card_step.h"
#include "base/refused.h"
#include "storage/view.h"

namespace orderd::catalog {

inline constexpr Refused kPriceOffStep{
    422, "price_off_step",
    "The shop offers cards, and they are charged only in multiples of price_step minor units of its currency. Use a "
    "price that is such a multiple, or turn cards off in the settings (payment_methods)."};

/// What every price of this shop is a multiple of, and what its taxes are rounded to: card_step() while the
/// shop offers cards (setting `payment_methods`), else one minor unit.
Money price_step(const storage::View& view);

/// @param what  whose price it is, for the message: "the price of MUG"
/// @param pointer  the body's member that has it; empty: none
/// @throws Refusal 422 `price_off_step`
void require_on_step(Money price, Money step, std::string_view currency, std::string_view what,
                     std::string_view pointer = {});

/// Checks all products on sale, after cards were turned on.
///
/// @throws Refusal 422 `price_off_step` naming one
void require_products_on_step(const storage::View& view);

}  // namespace orderd::catalog

#include "payments/amounts.h"

#include <fmt/format.h>

#include "base/card_step.h"
#include "base/errors.h"
#include "payments/declines.h"
#include "payments/sandbox.h"
#include "payments/stripe.h"
#include "payments/stripe_amounts.h"

namespace orderd::payments {

namespace {

Refusal off_step(std::string_view gateway, std::string_view currency, Money amount, Money step) {
    return Refusal(kAmountOffStep, fmt::format("{} is not an amount that {} takes: it is a multiple of {}",
                                               format_money(amount, currency), gateway, format_money(step, currency)))
        .with("amount_step", step.minor);
}

Refusal out_of_range(std::string_view code, const Language& language, ProblemMember member, Money bound) {
    const auto& decline = decline_of(code);
    return Refusal(decline, decline_text(decline, language)).with(member, bound.minor);
}

}  // namespace

AmountRule amount_rule(std::string_view gateway, std::string_view currency) {
    if (gateway == Sandbox::kName) {  // a shop that was tried out can go live as it is
        return {.step = card_step(currency)};
    }
    return gateway == Stripe::kName ? stripe_amounts(currency) : AmountRule{};
}

void require_chargeable(std::string_view gateway, std::string_view currency, Money amount, const Language& language) {
    const auto rule = amount_rule(gateway, currency);
    if (!rule.charges) {
        throw Refusal(kCurrencyNotCharged, fmt::format("{} does not charge cards in {}", gateway, currency));
    }
    if (amount.minor % rule.step.minor != 0) {
        throw off_step(gateway, currency, amount, rule.step);
    }
    if (amount < rule.least) {
        throw out_of_range("amount_too_small", language, "smallest", rule.least);
    }
    if (amount > rule.most) {
        throw out_of_range("amount_too_large", language, "largest", rule.most);
    }
}

void require_on_step(std::string_view gateway, std::string_view currency, Money amount, std::string_view pointer) {
    const auto step = amount_rule(gateway, currency).step;
    if (amount.minor % step.minor == 0) {
        return;
    }
    auto refusal = off_step(gateway, currency, amount, step);
    if (pointer.empty()) {
        throw std::move(refusal);
    }
    const auto fault = fmt::format("is {}; it is a multiple of {}", amount.minor, step.minor);
    throw std::move(refusal).at({{std::string(pointer), fault}});
}

}  // namespace orderd::payments

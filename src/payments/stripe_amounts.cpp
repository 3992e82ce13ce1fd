#include "payments/stripe_amounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/card_step.h"

namespace orderd::payments {

namespace {

constexpr std::array<std::string_view, 15> kNoDecimals{"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA",
                                                       "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"};
/// The last decimal is always 0. Stripe's older page lists them, and its API still takes them.
constexpr std::array<std::string_view, 5> kThreeDecimals{"BHD", "JOD", "KWD", "OMR", "TND"};

/// The page lists UGX with the zero-decimal currencies too; its own paragraph, as ISK's, is the rule.
constexpr std::array<std::string_view, 2> kTwoThatAreZero{"ISK", "UGX"};

/// The smallest charges, in Stripe's units.
constexpr std::array<std::pair<std::string_view, std::int64_t>, 31> kLeast{{
    {"AED", 200}, {"ARS", 50}, {"AUD", 50},   {"BRL", 50},  {"CAD", 50},    {"CHF", 50}, {"COP", 50}, {"CZK", 1500},
    {"DKK", 250}, {"EUR", 50}, {"GBP", 30},   {"HKD", 400}, {"HUF", 17500}, {"IDR", 50}, {"ILS", 50}, {"INR", 50},
    {"JPY", 50},  {"KRW", 50}, {"MXN", 1000}, {"MYR", 200}, {"NOK", 300},   {"NZD", 50}, {"PHP", 50}, {"PLN", 200},
    {"RON", 200}, {"RUB", 50}, {"SEK", 300},  {"SGD", 50},  {"THB", 1000},  {"USD", 50}, {"ZAR", 50},
}};

constexpr std::int64_t kMost = 999'999'999'999;  ///< twelve digits

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& codes, std::string_view code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

int stripe_decimals(std::string_view currency) {
    return contains(kNoDecimals, currency) ? 0 : contains(kThreeDecimals, currency) ? 3 : 2;
}

/// How one of our minor units compares with Stripe's: one of the two is 1.
struct Scale {
    std::int64_t stripe_per_ours = 1;
    std::int64_t ours_per_stripe = 1;
};

/// Nullopt if Stripe does not charge the currency. Of a currency that its page does not name, Stripe counts two
/// decimals; if ISO 4217 gives it another number, Stripe does not charge it.
std::optional<Scale> scale_of(std::string_view currency) {
    const auto ours = currency_exponent(currency).value_or(-1);
    const auto theirs = stripe_decimals(currency);
    if (ours == theirs) {
        return Scale{};
    }
    if (ours == 0 && contains(kTwoThatAreZero, currency)) {
        return Scale{.stripe_per_ours = 100};
    }
    return ours == 2 && theirs == 0 ? std::optional(Scale{.ours_per_stripe = 100}) : std::nullopt;
}

Scale scale_or_throw(std::string_view currency) {
    const auto scale = scale_of(currency);
    if (!scale) {
        throw std::invalid_argument(fmt::format("Stripe does not charge {}", currency));
    }
    return *scale;
}

}  // namespace

AmountRule stripe_amounts(std::string_view currency) {
    const auto scale = scale_of(currency);
    if (!scale) {
        return {.charges = false};
    }
    const auto* least =
        std::find_if(kLeast.begin(), kLeast.end(), [&](const auto& one) { return one.first == currency; });
    return {.step = card_step(currency),
            .least = {least == kLeast.end() ? 1 : least->second * scale->ours_per_stripe / scale->stripe_per_ours},
            .most = {kMost / scale->stripe_per_ours * scale->ours_per_stripe}};
}

std::int64_t to_stripe(Money amount, std::string_view currency) {
    const auto scale = scale_or_throw(currency);
    if (amount.minor % scale.ours_per_stripe != 0) {
        throw std::invalid_argument(fmt::format("Stripe cannot count {}", format_money(amount, currency)));
    }
    return (amount * scale.stripe_per_ours).minor / scale.ours_per_stripe;
}

Money from_stripe(std::int64_t amount, std::string_view currency) {
    const auto scale = scale_or_throw(currency);
    return {(Money{amount} * scale.ours_per_stripe).minor / scale.stripe_per_ours};
}

}  // namespace orderd::payments

#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/ids.h"

namespace orderd {

/// An amount left the range of a 64-bit count of minor units. A price is not a place for undefined behaviour.
class Overflow : public std::overflow_error {
public:
    Overflow() : std::overflow_error("an amount of money is out of range") {}
};

/// An amount in minor units (cents, yen, …) of the shop's one currency; never a floating-point number.
struct Money {
    std::int64_t minor = 0;

    auto operator<=>(const Money&) const = default;
};

constexpr Money operator+(Money a, Money b) {
    Money sum;
    if (__builtin_add_overflow(a.minor, b.minor, &sum.minor)) {
        throw Overflow();
    }
    return sum;
}

constexpr Money operator-(Money a, Money b) {
    Money difference;
    if (__builtin_sub_overflow(a.minor, b.minor, &difference.minor)) {
        throw Overflow();
    }
    return difference;
}

constexpr Money operator*(Money unit, Quantity n) {
    Money product;
    if (__builtin_mul_overflow(unit.minor, n, &product.minor)) {
        throw Overflow();
    }
    return product;
}

constexpr Money& operator+=(Money& a, Money b) { return a = a + b; }

constexpr Money kMaxPrice{100'000'000'000};        ///< of one unit
constexpr Money kMaxTotal{9'007'199'254'740'991};  ///< of one order: 2^53 − 1, exact in every JSON reader

/// A rate in millionths: 19 % is 190000, 8.875 % is 88750.
struct Rate {
    std::int64_t ppm = 0;

    auto operator<=>(const Rate&) const = default;
};

/// The tax to add to a net amount. Half a minor unit is rounded away from zero.
Money tax_on(Money net, Rate rate);

/// The tax contained in a gross amount: gross × rate / (1 + rate). Half a minor unit is rounded away from zero.
Money tax_within(Money gross, Rate rate);

/// The number of decimals of an ISO 4217 currency; nullopt for an unknown code.
std::optional<int> currency_exponent(std::string_view code);

/// "19.99 EUR", "500 JPY", "1.234 BHD".
std::string format_money(Money amount, std::string_view currency);

/// Reads a decimal such as "19.99" exactly into minor units. Nullopt if it is not a number, is negative, has
/// more decimals than the currency (trailing zeros aside), or is above kMaxPrice.
std::optional<Money> parse_money(std::string_view decimal, std::string_view currency);

/// The decimal without the currency, for spreadsheets: "19.99".
std::string decimal_money(Money amount, std::string_view currency);

}  // namespace orderd

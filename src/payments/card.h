#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace orderd::payments {

/// A card that a customer typed in. It stays on the request's thread, is wiped when it is destroyed, and is
/// never printed, logged or stored.
struct Card {
    std::string number;  ///< digits
    int exp_month = 0;
    int exp_year = 0;
    std::string cvc;

    Card() = default;
    Card(Card&&) noexcept = default;
    Card(const Card&) = delete;
    Card& operator=(Card&&) = delete;
    ~Card();
};

/// A card as a request contains it: any part may be missing. Wiped when it is destroyed.
struct TypedCard {
    std::optional<std::string> number;
    std::optional<int> exp_month;
    std::optional<int> exp_year;
    std::optional<std::string> cvc;

    TypedCard() = default;
    TypedCard(const TypedCard&) = default;
    TypedCard(TypedCard&&) noexcept = default;
    TypedCard& operator=(const TypedCard&) = default;
    TypedCard& operator=(TypedCard&&) noexcept = default;
    ~TypedCard();
};

/// Checks the card of a payment's method. Spaces and hyphens between the digits are allowed.
///
/// @throws Refusal 422 with all its faults: the check digit (ISO/IEC 7812-1, Luhn), the expiry, the CVC's
///         length. No fault repeats a value.
Card read_card(const TypedCard& typed, Time now);

/// Luhn's check over digits.
bool luhn_holds(std::string_view digits);

/// The brand, by the number's first digits: "visa", "mastercard", "amex", "discover", "unknown".
std::string_view brand_of(std::string_view digits);

}  // namespace orderd::payments

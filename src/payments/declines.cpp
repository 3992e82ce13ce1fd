#include "payments/declines.h"

#include <algorithm>
#include <array>

namespace orderd::payments {

Decline decline_of(std::string_view failure_code) {
    static constexpr std::array<Decline, 10> kKnown{{
        {"card_declined", "The card was declined. Try another card, or ask your bank."},
        {"insufficient_funds", "The card has not enough money on it. Try another card."},
        {"expired_card", "The card has expired. Try another card."},
        {"incorrect_cvc", "The card's security code is not right. Check it and try again."},
        {"incorrect_number", "The card's number is not right. Check it and try again."},
        {"invalid_expiry", "The card's expiry date is not right. Check it and try again."},
        {"processing_error", "The card could not be charged just now. Nothing was taken; try again."},
        {"authentication_failed", "The payment was not confirmed. Try again, and confirm it with your bank."},
        {"card_not_supported", "The card is not good for such a purchase. Try another card."},
        {"test_card_required",
         "This shop simulates its payments: use one of the sandbox's test cards. Nothing was taken."},
    }};
    const auto found =
        std::find_if(kKnown.begin(), kKnown.end(), [&](const Decline& known) { return known.code == failure_code; });
    return found == kKnown.end() ? kKnown.front() : *found;
}

}  // namespace orderd::payments

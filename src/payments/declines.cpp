#include "payments/declines.h"

#include <algorithm>
#include <array>
#include <utility>

namespace orderd::payments {

Decline decline_of(std::string_view failure_code) {
    // Stripe's words for what has a code here (https://docs.stripe.com/error-codes,
    // https://docs.stripe.com/declines/codes).
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kMeans{{
        {"authentication_required", "authentication_failed"},
        {"payment_intent_authentication_failure", "authentication_failed"},
        {"invalid_cvc", "incorrect_cvc"},
        {"invalid_number", "incorrect_number"},
        {"invalid_expiry_month", "invalid_expiry"},
        {"invalid_expiry_year", "invalid_expiry"},
        {"try_again_later", "processing_error"},
        {"issuer_not_available", "processing_error"},
        {"reenter_transaction", "processing_error"},
        {"approve_with_id", "processing_error"},
        {"currency_not_supported", "card_not_supported"},
        {"resource_missing", "token_unknown"},
        {"payment_method_unactivated", "token_unknown"},
    }};
    static constexpr std::array<Decline, 13> kKnown{{
        {"card_declined", "The card was declined. Try another card, or ask your bank."},
        {"insufficient_funds", "The card has not enough money on it. Try another card."},
        {"expired_card", "The card has expired. Try another card."},
        {"incorrect_cvc", "The card's security code is not right. Check it and try again."},
        {"incorrect_number", "The card's number is not right. Check it and try again."},
        {"invalid_expiry", "The card's expiry date is not right. Check it and try again."},
        {"processing_error", "The card could not be charged just now. Nothing was taken; try again."},
        {"authentication_failed", "The payment was not confirmed. Try again, and confirm it with your bank."},
        {"card_not_supported", "The card is not good for such a purchase. Try another card."},
        {"token_unknown", "The card's details are not there any more. Enter them again. Nothing was taken."},
        {"amount_too_small", "The amount is too small to be paid by card. Pay another way."},
        {"amount_too_large", "The amount is too large to be paid by card. Pay another way."},
        {"test_card_required",
         "This shop simulates its payments: use one of the sandbox's test cards. Nothing was taken."},
    }};
    const auto means =
        std::find_if(kMeans.begin(), kMeans.end(), [&](const auto& it) { return it.first == failure_code; });
    const auto code = means == kMeans.end() ? failure_code : means->second;
    const auto found =
        std::find_if(kKnown.begin(), kKnown.end(), [&](const Decline& known) { return known.code == code; });
    return found == kKnown.end() ? kKnown.front() : *found;
}

}  // namespace orderd::payments

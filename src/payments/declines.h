#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/refused.h"

namespace orderd::payments {

/// Why a payment was declined.
struct Decline {
    Refused refused;        ///< the API's answer
    std::string_view text;  ///< its detail: a text to show to the customer
};

/// Every decline that the API answers with.
inline constexpr std::array<Decline, 14> kDeclines{{
    {{402, "card_declined",
      "The bank declined the card without a reason that may be told. Offer another card or another way to pay; staff "
      "see the gateway's own code on the attempt."},
     "The card was declined. Try another card, or ask your bank."},
    {{402, "insufficient_funds",
      "The card's account does not hold the amount. Offer another card or another way to pay."},
     "There is not enough money on the card. Try another card."},
    {{402, "expired_card", "The card has expired. Ask for another card."}, "The card has expired. Try another card."},
    {{402, "incorrect_cvc", "The card's security code is wrong. Ask for the card's details again."},
     "The card's security code is not right. Check it and try again."},
    {{402, "incorrect_number", "The card's number is wrong. Ask for the card's details again."},
     "The card's number is not right. Check it and try again."},
    {{402, "invalid_expiry", "The card's month or year of expiry is wrong. Ask for the card's details again."},
     "The card's expiry date is not right. Check it and try again."},
    {{402, "processing_error",
      "The bank or the gateway could not process the card just now. Nothing was taken; the same payment may be tried "
      "again."},
     "The card could not be charged just now. Nothing was taken; try again."},
    {{402, "authentication_failed",
      "The customer did not confirm the payment with their bank (3-D Secure), or the bank refused it. Nothing was "
      "taken; let them try again."},
     "The payment was not confirmed. Try again, and confirm it with your bank."},
    {{402, "card_not_supported",
      "The card cannot be used for this purchase or in this currency. Offer another card or another way to pay."},
     "The card cannot be used for this purchase. Try another card."},
    {{402, "token_unknown",
      "The gateway does not know the card's token: it was used before, has run out, or is of another account. Make a "
      "new token in the browser and pay with that."},
     "The card's details are no longer available. Enter them again. Nothing was taken."},
    {{402, "amount_too_small",
      "The amount is below what the gateway charges to a card; smallest says what it charges, if that is known. Offer "
      "another way to pay."},
     "The amount is too small to be paid by card. Pay another way."},
    {{402, "amount_too_large",
      "The amount is above what the gateway charges to a card; largest says what it charges, if that is known. Offer "
      "another way to pay."},
     "The amount is too large to be paid by card. Pay another way."},
    {{402, "test_card_required",
      "The shop simulates its payments (the sandbox), and the card is not one of its test cards. Use one of those; no "
      "money moves."},
     "This shop simulates its payments: use one of the sandbox's test cards. Nothing was taken."},
    {{409, "gateway_refused",
      "The gateway refused the request itself, and not the card: another card changes nothing. Nothing was taken. Offer "
      "another way to pay; staff see the gateway's own code on the attempt."},
     "This shop's payment service did not accept the payment. Your card was not charged. Pay another way, or tell the "
     "shop."},
}};

/// The decline for a gateway's failure code. Reasons that a customer must not learn (the bank believes that
/// the card is stolen) and unknown codes become `card_declined`; staff see the gateway's own code on the
/// attempt. Codes from refused_code() become `gateway_refused`.
const Decline& decline_of(std::string_view failure_code);

/// The failure code of a charge whose request the gateway refused, and not its card: the gateway's own code if it is
/// one of the declines above, else marked as no decline of a card.
std::string refused_code(std::string_view code);

}  // namespace orderd::payments

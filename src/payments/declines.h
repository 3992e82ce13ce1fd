#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/refused.h"

namespace orderd::payments {

/// Why a payment was declined: every decline that the API answers with. Its detail is decline_text().
inline constexpr std::array<Refused, 14> kDeclines{{
    {402, "card_declined",
     "The bank declined the card without a reason that may be told. Offer another card or another way to pay; staff "
     "see the gateway's own code on the attempt."},
    {402, "insufficient_funds",
     "The card's account does not hold the amount. Offer another card or another way to pay."},
    {402, "expired_card", "The card has expired. Ask for another card."},
    {402, "incorrect_cvc", "The card's security code is wrong. Ask for the card's details again."},
    {402, "incorrect_number", "The card's number is wrong. Ask for the card's details again."},
    {402, "invalid_expiry", "The card's month or year of expiry is wrong. Ask for the card's details again."},
    {402, "processing_error",
     "The bank or the gateway could not process the card just now. Nothing was taken; the same payment may be tried "
     "again."},
    {402, "authentication_failed",
     "The customer did not confirm the payment with their bank (3-D Secure), or the bank refused it. Nothing was "
     "taken; let them try again."},
    {402, "card_not_supported",
     "The card cannot be used for this purchase or in this currency. Offer another card or another way to pay."},
    {402, "token_unknown",
     "The gateway does not know the card's token: it was used before, has run out, or is of another account. Make a "
     "new token in the browser and pay with that."},
    {402, "amount_too_small",
     "The amount is below what the gateway charges to a card; smallest says what it charges, if that is known. Offer "
     "another way to pay."},
    {402, "amount_too_large",
     "The amount is above what the gateway charges to a card; largest says what it charges, if that is known. Offer "
     "another way to pay."},
    {402, "test_card_required",
     "The shop simulates its payments (the sandbox), and the card is not one of its test cards. Use one of those; no "
     "money moves."},
    {409, "gateway_refused",
     "The gateway refused the request itself, and not the card: another card changes nothing. Nothing was taken. Offer "
     "another way to pay; staff see the gateway's own code on the attempt."},
}};

/// The decline for a gateway's failure code. Reasons that a customer must not learn (the bank believes that
/// the card is stolen) and unknown codes become `card_declined`; staff see the gateway's own code on the
/// attempt. Codes from refused_code() become `gateway_refused`.
const Refused& decline_of(std::string_view failure_code);

/// A decline for the customer: why, and what to do.
const std::string& decline_text(const Refused& decline, const Language& language);

/// The failure code of a charge whose request the gateway refused, and not its card: the gateway's own code if it is
/// one of the declines above, else marked as no decline of a card.
std::string refused_code(std::string_view code);

}  // namespace orderd::payments

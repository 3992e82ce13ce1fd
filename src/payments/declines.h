#pragma once

#include <string_view>

namespace orderd::payments {

/// Why a payment was declined, in words that a customer can be shown.
struct Decline {
    std::string_view code;  ///< stable, and what the API says
    std::string_view text;
};

/// What is said of a gateway's failure code. What a customer must not learn (that the bank thinks the card stolen) and
/// what is not known here becomes `card_declined`; staff see the gateway's own code on the attempt.
Decline decline_of(std::string_view failure_code);

}  // namespace orderd::payments

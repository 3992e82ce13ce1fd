#include "payments/declines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace orderd::payments {

namespace {

constexpr std::string_view kOfRequest = "refused:";

/// Null if the code is not one of ours.
const Refused* known_decline(std::string_view failure_code) {
    // Stripe's codes for our declines (https://docs.stripe.com/error-codes,
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
    const auto means =
        std::find_if(kMeans.begin(), kMeans.end(), [&](const auto& it) { return it.first == failure_code; });
    const auto code = means == kMeans.end() ? failure_code : means->second;
    const auto* found =
        std::find_if(kDeclines.begin(), kDeclines.end(), [&](const Refused& known) { return known.code() == code; });
    return found == kDeclines.end() ? nullptr : found;
}

}  // namespace

const Refused& decline_of(std::string_view failure_code) {
    const auto* known = known_decline(failure_code.starts_with(kOfRequest) ? "gateway_refused" : failure_code);
    return known == nullptr ? kDeclines.front() : *known;
}

const std::string& decline_text(const Refused& decline, const Language& language) {
    return language.text(fmt::format("decline.{}", decline.code()));
}

std::string refused_code(std::string_view code) {
    return known_decline(code) == nullptr ? fmt::format("{}{}", kOfRequest, code) : std::string(code);
}

}  // namespace orderd::payments

#pragma once

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/json.h"
#include "outgoing/client.h"

namespace orderd::payments {

/// The version of Stripe's API that this code is written for. It is sent with every request, so that
/// upgrading the shop's Stripe account changes nothing here.
constexpr std::string_view kStripeVersion = "2025-03-31.basil";

/// An error that Stripe answered (https://docs.stripe.com/api/errors). The text contains only its codes: its
/// messages may repeat values from the request.
class StripeError : public std::runtime_error {
public:
    StripeError(int status, const Json& error);

    int status() const { return status_; }
    const std::string& type() const { return type_; }
    const std::string& code() const { return code_; }                  ///< "card_declined"; may be empty
    const std::string& decline_code() const { return decline_code_; }  ///< "insufficient_funds"; may be empty
    const Json& intent() const { return intent_; }                     ///< of a payment that was declined, or null

    /// Whether the same request may succeed later: Stripe has not decided on it, or did not accept the
    /// credentials.
    bool is_trouble() const;

private:
    int status_;
    std::string type_;
    std::string code_;
    std::string decline_code_;
    Json intent_;
};

/// A client of Stripe's REST API. It retries twice, as Stripe's own libraries do: after a failed connection,
/// a 409, a 429 or a 5xx, unless the header Stripe-Should-Retry says otherwise; with growing pauses, or as
/// long as Retry-After says. Thread-safe.
class StripeApi {
public:
    struct Options {
        std::string base_url = "https://api.stripe.com";
        std::chrono::milliseconds time_out{30'000};
        /// Pauses between attempts; tests do not wait.
        std::function<void(std::chrono::milliseconds)> pause = {};
    };

    StripeApi(outgoing::Client& outgoing, Options options);

    /// @throws GatewayTrouble, StripeError
    Json get(const std::string& key, const std::string& path, const outgoing::Fields& query) const;

    /// `idempotency`: a key if the request must take effect only once; empty if repeating it is harmless.
    ///
    /// @throws GatewayTrouble, StripeError
    Json post(const std::string& key, const std::string& path, const outgoing::Fields& form,
              const std::string& idempotency) const;

private:
    Json send(outgoing::Request request, const std::string& key) const;
    outgoing::Answer send_again(const outgoing::Request& request) const;

    outgoing::Client& outgoing_;
    const Options options_;
};

}  // namespace orderd::payments

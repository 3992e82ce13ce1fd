#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "payments/gateway.h"
#include "payments/stripe_api.h"
#include "storage/settings.h"

namespace orderd::payments {

/// Stripe, through its PaymentIntents (https://docs.stripe.com/api/payment_intents). Each attempt at a
/// payment is one PaymentIntent, created and confirmed in one request with the attempt's key, which is also
/// in its metadata. So it is found again if the answer was lost, or if the webhook arrives before our own
/// commit.
///
/// Stripe keeps an Idempotency-Key for 24 hours. After that, the same request would charge again, so an older
/// attempt is only looked up.
class Stripe final : public Gateway {
public:
    /// `secret` is read for each call, so that a new key in the settings takes effect at once.
    Stripe(outgoing::Client& outgoing, storage::Store& store, const Clock& clock, settings::Currency& currency,
           std::shared_ptr<const settings::Secret> secret, StripeApi::Options options);

    std::string_view name() const override { return kName; }
    bool is_ready(const storage::View& view) const override;
    bool is_shown_cards() const override { return false; }
    Instrument tokenize(const Card& card) override;
    Instrument from_token(std::string_view token) override;
    Outcome charge(const Charge& charge) override;
    std::optional<Outcome> find(const Charge& charge) override;
    Report report(std::string_view reference) override;
    std::vector<ChargeSeen> touched_since(Time since) override;
    Outcome capture(std::string_view reference, Money amount) override;
    Outcome cancel(std::string_view reference) override;
    RefundSeen refund(const RefundOrder& order) override;
    std::string client_secret(std::string_view reference) override;

    static constexpr std::string_view kName = "stripe";
    static constexpr const char* kAttemptTag = "orderd_attempt";  ///< in a PaymentIntent's metadata
    static constexpr const char* kShopTag = "orderd_shop";
    static constexpr const char* kRefundTag = "orderd_refund";  ///< in a refund's

private:
    std::string key() const;
    Outcome look_up(std::string_view reference) const;
    Outcome outcome_of(const Json& intent) const;
    std::optional<Json> find_intent(const Charge& charge) const;
    void each_since(const char* path, Time since, const std::function<void(const Json&)>& use) const;
    ChargeSeen charge_seen(const Json& intent) const;
    Outcome find_old(const Charge& charge);
    std::optional<RefundSeen> find_refund(const RefundOrder& order) const;
    std::vector<RefundSeen> refunds_of(std::string_view reference) const;
    std::vector<DisputeSeen> disputes_of(std::string_view reference) const;
    RefundSeen refund_seen(const Json& refund) const;

    const StripeApi api_;
    storage::Store& store_;
    const Clock& clock_;
    settings::Currency& currency_;
    const std::shared_ptr<const settings::Secret> secret_;
};

}  // namespace orderd::payments

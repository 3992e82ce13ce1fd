#pragma once

#include <string_view>

#include "api/shape.h"
#include "base/errors.h"
#include "base/json.h"
#include "payments/desk.h"

namespace orderd::payments {

inline constexpr Refused kGatewayNotConfigured{
    409, "gateway_not_configured",
    "The shop takes no cards, since no payment gateway is set up. GET /payment-methods lists what it takes; an owner "
    "sets a gateway up in the settings."};
inline constexpr Refused kMethodNotOffered{
    422, "method_not_offered", "The shop does not offer this way to pay. GET /payment-methods lists what it takes."};

// How this shop can be paid. These are settings of its owner; several methods can be on at once.

/// The setting `payment_methods`: which methods are offered.
struct Methods {
    bool card = true;
    bool bank_transfer = true;
    bool cash_on_delivery = true;
};

Methods read_methods(const storage::View& view);
Json to_json(const Methods& methods);
api::Shape methods_shape();

/// The setting `bank_details`: the account that customers transfer to, as lines. If it is empty, bank
/// transfer is not offered.
std::string read_bank_details(const storage::View& view);
api::Shape bank_details_shape();

/// The setting `card_gateway`: null means the first of stripe and sandbox that can take cards.
Json read_card_gateway(const storage::View& view);
api::Shape card_gateway_shape();

/// The setting `stripe_publishable_key`: the shop's pages give it to Stripe.js; it is not secret. Empty: not
/// set.
Json read_publishable_key(const storage::View& view);
api::Shape publishable_key_shape();
void check_publishable_key(const Json& value, std::vector<Fault>& faults);

/// The gateway that takes cards now, or null if none does.
Gateway* card_gateway(const Desk& desk, const storage::View& view);

/// @throws Refusal 409 `gateway_not_configured`
Gateway& require_card_gateway(const Desk& desk, const storage::View& view);

/// Whether a payment method can be used now: it is offered, and everything that it needs is set up.
bool can_pay_by(const Desk& desk, const storage::View& view, std::string_view method);

/// @throws Refusal 422 `method_not_offered` if the method is turned off or cannot work (a bank transfer
///         without bank details). For cards, use require_card_gateway().
void require_offered(const storage::View& view, std::string_view method);

/// The payment methods for the shop's front end, and a notice if payments are simulated.
Json describe_methods(const Desk& desk, const storage::View& view);
const api::Shape& offered_methods_shape();

}  // namespace orderd::payments

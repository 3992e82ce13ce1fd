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

// How this shop is paid: settings of its owner, of which several hold at once.

/// `payment_methods`: which ways to pay are offered.
struct Methods {
    bool card = true;
    bool bank_transfer = true;
    bool cash_on_delivery = true;
};

Methods read_methods(const storage::View& view);
Json to_json(const Methods& methods);
api::Shape methods_shape();

/// `bank_details`: where customers transfer to, line by line. Without it no bank transfer is offered.
std::string read_bank_details(const storage::View& view);
api::Shape bank_details_shape();

/// `card_gateway`: null for the first of stripe and sandbox that can take cards.
Json read_card_gateway(const storage::View& view);
api::Shape card_gateway_shape();

/// `stripe_publishable_key`: what the shop's pages give to Stripe.js; no secret. Empty: none.
Json read_publishable_key(const storage::View& view);
api::Shape publishable_key_shape();
void check_publishable_key(const Json& value, std::vector<Fault>& faults);

/// The gateway that takes cards now, or null if none does.
Gateway* card_gateway(const Desk& desk, const storage::View& view);

/// @throws Refusal 409 `gateway_not_configured`
Gateway& require_card_gateway(const Desk& desk, const storage::View& view);

/// Whether a way to pay can be used now: it is offered, and nothing that it needs is missing.
bool can_pay_by(const Desk& desk, const storage::View& view, std::string_view method);

/// @throws Refusal 422 `method_not_offered` for a way that is turned off, or that cannot work: if no bank details
/// say where a transfer goes. Cards have require_card_gateway().
void require_offered(const storage::View& view, std::string_view method);

/// What the shop's front end asks before it shows how to pay, and what says in plain sight that payments are simulated.
Json describe_methods(const Desk& desk, const storage::View& view);
const api::Shape& offered_methods_shape();

}  // namespace orderd::payments

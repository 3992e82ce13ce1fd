#pragma once

#include <memory>
#include <string_view>

#include "api/route.h"
#include "storage/settings.h"

namespace orderd::payments {

/// Whether Stripe signed a body, and lately (https://docs.stripe.com/webhooks#verify-manually): the header is
/// `t=<seconds>,v1=<hex>[,v1=<hex>…]`, each v1 an HMAC-SHA256 of "<t>.<body>" under the endpoint's secret. Times
/// further than five minutes off are not lately: a body that was overheard is worth nothing later.
bool is_signed_by_stripe(std::string_view body, std::string_view header, std::string_view secret, Time now);

/// POST /webhooks/stripe. An event is not trusted, only taken as a hint: a job asks Stripe how the payment
/// stands now. So events that come late, in another order, before our own commit, or more than once, settle a payment
/// once, and as it is.
void add_stripe_webhook(api::RouteTable& routes, const std::shared_ptr<const settings::Secret>& secret);

/// Forgets a slice of the events that Stripe does not send again: it tries for three days. @returns how many; 0: no
/// more
std::int64_t remove_old_gateway_events(storage::Transaction& tx, Time now);

}  // namespace orderd::payments

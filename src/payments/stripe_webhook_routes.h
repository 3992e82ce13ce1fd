#pragma once

#include <memory>
#include <string_view>

#include "api/route.h"
#include "storage/pruning.h"
#include "storage/settings.h"

namespace orderd::payments {

/// Whether Stripe signed a body recently (https://docs.stripe.com/webhooks#verify-manually): the header is
/// `t=<seconds>,v1=<hex>[,v1=<hex>…]`, each v1 an HMAC-SHA256 of "<t>.<body>" under the endpoint's secret. A
/// time more than five minutes off is not recent, so a captured request cannot be replayed later.
bool is_signed_by_stripe(std::string_view body, std::string_view header, std::string_view secret, Time now);

/// POST /webhooks/stripe. An event is only a hint: a job asks Stripe for the payment's current state. So
/// events that come late, out of order, before our own commit, or more than once, settle a payment once and
/// correctly.
void add_stripe_webhook(api::RouteTable& routes, const std::shared_ptr<const settings::Secret>& secret);

/// Removes a slice of the old events, which Stripe no longer resends.
storage::Pruned remove_old_gateway_events(storage::Transaction& tx, const storage::Slice& slice);

}  // namespace orderd::payments

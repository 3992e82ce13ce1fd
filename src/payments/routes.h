#pragma once

#include "api/route.h"
#include "payments/bodies.h"
#include "payments/desk.h"

namespace orderd::payments {

void add_routes(api::RouteTable& routes, Desk& desk);

/// Pays an order for its holder or for staff, as POST /payments does: waits for the outcome as long as the desk says, and
/// answers 201, or 202 if it is not known yet. Where the request has an Idempotency-Key, it is carried out once.
///
/// @throws Refusal  what the row of POST /payments names; 402 for a decline, whose detail is for the customer
api::Answer pay(api::Request& in, Desk& desk, NewPayment wanted);

/// The customer came back from a confirmation, or looks again: asks the gateway how the last attempt stands.
///
/// @throws Refusal  as pay(), for a decline and for an order that is closed by now
api::Answer came_back(api::Request& in, Desk& desk, PaymentId id);

}  // namespace orderd::payments

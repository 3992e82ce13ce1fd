#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "orders/order.h"
#include "payments/payment.h"
#include "storefront/buyers_desk.h"

namespace orderd::storefront {

/// How an order's payment stands, for the page on which it is paid.
enum class PayState {
    payable,     ///< the customer chooses how
    waits,       ///< for a transfer, or cash on delivery; another way can still be chosen
    processing,  ///< a card is being charged
    takes_days,  ///< a gateway's bank decides in days; the order is kept
    to_confirm,  ///< the customer's bank asks for a confirmation
    paid,
    closed,  ///< cancelled, expired, or its reservation is over
};

PayState pay_state(const storage::View& view, const orders::Order& order,
                   const std::optional<payments::Payment>& payment, Time now);

/// A charge that its customer confirms by the gateway's own script, since it has no address of its own for that.
struct ByScript {
    std::string gateway;
    std::string reference;
};
std::optional<ByScript> confirmed_by_script(const storage::View& view, OrderId order);

/// The values of pay.html that come from the order: those of notify::order_values() without who ordered and where it goes,
/// since the page's link may be passed on; and its state, and the ways to pay.
///
/// @param secret  payments::Gateway::client_secret() of a charge that is confirmed_by_script(); else empty
Json pay_values(const BuyersDesk& desk, const storage::View& view, const orders::Order& order,
                const std::string& secret, Time now);

/// The Content-Security-Policy of a page that runs Stripe.js: the shop's own, and the hosts that Stripe names for it
/// (https://docs.stripe.com/security/guide#content-security-policy).
///
/// @param script  its address; if it is not Stripe's, its host stands for all of Stripe's
std::string policy_with_stripe(std::string_view script);

}  // namespace orderd::storefront

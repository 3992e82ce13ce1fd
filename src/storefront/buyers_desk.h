#pragma once

#include "accounts/desk.h"
#include "accounts/sessions.h"
#include "payments/desk.h"
#include "storefront/desk.h"

namespace orderd::orders {
struct Desk;
}

namespace orderd::storefront {

/// What the pages of a purchase use: those of the basket, the checkout, the payment, the order and the account. It must outlive the
/// route table.
struct BuyersDesk {
    Desk& pages;
    orders::Desk& orders;
    payments::Desk& payments;
    accounts::Desk& accounts;
    accounts::Authenticator& authenticator;
    bool simulated = false;      ///< payments move no money, and pages say so
    std::string stripe_js = {};  ///< the address of Stripe.js
};

}  // namespace orderd::storefront

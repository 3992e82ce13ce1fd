#pragma once

#include <optional>
#include <string>

#include "accounts/signing_in.h"
#include "api/answer.h"
#include "api/request.h"
#include "base/ids.h"
#include "storefront/buyers_desk.h"
#include "storefront/checkout_form.h"

namespace orderd::storefront {

// A customer who is signed in to the shop's pages. The session's token is in a cookie of the pages' own: the dashboard and
// the API do not read it, and the pages read no other.

/// The customer whose cookie the browser sent; from here on the request acts for them. Nullopt if nobody is signed in, the
/// session has ended, or it is not a customer's.
std::optional<CustomerId> act_as_customer(api::Request& in, BuyersDesk& desk);

/// Gives the browser the cookie of a session that begins, and a new visitor's number.
void keep_session(const api::Request& in, const accounts::SignedIn& who, api::Answer& answer);

/// Ends the session of act_as_customer(), if there is one, and takes the cookie away.
void end_session(api::Request& in, BuyersDesk& desk, api::Answer& answer);

/// Signs a customer in by their e-mail address, and leads on. An admin cannot sign in here.
///
/// @throws Refusal  what accounts::sign_in() refuses
api::Answer signed_in(api::Request& in, BuyersDesk& desk, const std::string& email, const std::string& password,
                      const std::string& then);

/// Fills what is empty in a checkout with a customer's contact and address: the account's, or else the last order's.
void fill_in(const storage::View& view, CustomerId customer, CheckoutForm& form);

}  // namespace orderd::storefront

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "accounts/bodies.h"
#include "accounts/customer.h"
#include "accounts/desk.h"
#include "accounts/signing_in.h"
#include "api/route.h"
#include "api/shape.h"

namespace orderd::accounts {

/// Every route of this department.
void add_routes(api::RouteTable& routes, Desk& desk);

/// Where a request comes from, for signing in.
From from_of(const api::Request& in);

/// Makes the answer for a new account, in its transaction.
using AnswerRegistered = std::function<api::Answer(storage::Transaction& tx, const Customer& customer)>;

/// Makes an account for who calls, as POST /customers does.
///
/// @throws Refusal  what the row of POST /customers names
api::Answer register_for(api::Request& in, Desk& desk, const NewAccount& wanted, const AnswerRegistered& answer);

/// Ends the session of who calls.
void sign_out(const api::Request& in, Desk& desk);

/// Has a code for a forgotten password sent, as POST /customers/password-resets does. `language`: the mail's.
///
/// @throws Refusal 429 `too_many_resets`
void ask_for_reset_by(const api::Request& in, const std::string& email, const Language& language);

/// The filters of the list of customers, which its export has too.
std::vector<api::QueryParameter> list_filters();

/// The shape of the setting "login_limit", see attempts.h.
api::Shape login_limit_shape();

// Parts of add_routes(), one file each.
void add_auth_routes(api::RouteTable& routes, Desk& desk);        ///< signing in and out, set-up, passwords, codes
void add_session_routes(api::RouteTable& routes, Desk& desk);     ///< who is signed in where
void add_reset_routes(api::RouteTable& routes, Desk& desk);       ///< codes for forgotten passwords
void add_customer_routes(api::RouteTable& routes, Desk& desk);    ///< accounts, and customers as admins see them
void add_admin_routes(api::RouteTable& routes, Desk& desk);       ///< users and API keys
void add_saved_list_routes(api::RouteTable& routes, Desk& desk);  ///< lists under names of one's own

}  // namespace orderd::accounts

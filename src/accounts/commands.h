#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::accounts {

// What `orderd admin` does. A server may run beside it: it notices, and sessions that ended are refused at once.

/// The first line of a stream, without its line end: a password that no process list shows.
///
/// @throws Refusal `validation_failed` if it is fit for nobody; what else it must be depends on the user
std::string read_password(std::istream& in);

/// What a new user's password can be refused for before there is a shop.
///
/// @throws Refusal 422
void require_new_password(std::string_view password, std::string_view username);

/// `orderd admin add NAME --role ROLE --password-stdin`. The first owner claims a new shop.
///
/// @throws Refusal 422 for name, role or password; 409 `username_taken`
void add_admin_command(storage::Store& store, std::string_view username, std::string_view role,
                       std::string_view password, std::ostream& out, Time now);

/// `orderd admin passwd NAME --password-stdin`. Ends the user's sessions. `without_totp`: also lets the user sign in
/// without a code, for whoever lost the authenticator app.
///
/// @throws Refusal `not_found`; 422 for the password
void admin_password_command(storage::Store& store, std::string_view username, std::string_view password,
                            bool without_totp, std::ostream& out, Time now);

/// `orderd admin list`: a line each.
void list_admins_command(storage::Store& store, std::ostream& out);

}  // namespace orderd::accounts

#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/time.h"
#include "storage/store.h"

namespace orderd::accounts {

// The commands of `orderd admin`. A server may run meanwhile: it notices changes, and refuses ended sessions at once.

/// Reads a password from the first line of a stream, without the line break. Process lists do not show it.
///
/// @throws Refusal `validation_failed` if no user could have it; further rules depend on the user
std::string read_password(std::istream& in);

/// Checks a new user's password as far as this is possible before the shop exists.
///
/// @throws Refusal 422
void require_new_password(std::string_view password, std::string_view username);

/// `orderd admin add NAME --role ROLE --password-stdin`. The first owner claims a new shop.
///
/// @throws Refusal 422 for name, role or password; 409 `username_taken`
void add_admin_command(storage::Store& store, std::string_view username, std::string_view role,
                       std::string_view password, std::ostream& out, Time now);

/// `orderd admin passwd NAME --password-stdin`. Ends the user's sessions. `without_totp`: also lets the user sign in
/// without a code, if the authenticator app is lost.
///
/// @throws Refusal `not_found`; 422 for the password
void admin_password_command(storage::Store& store, std::string_view username, std::string_view password,
                            bool without_totp, std::ostream& out, Time now);

/// `orderd admin list`: one line for each user.
void list_admins_command(storage::Store& store, std::ostream& out);

}  // namespace orderd::accounts

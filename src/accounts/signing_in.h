#pragma once

#include <optional>
#include <string>

#include "accounts/desk.h"
#include "accounts/sessions.h"
#include "storage/store.h"

namespace orderd::accounts {

/// What someone says to sign in.
struct Credentials {
    std::optional<std::string> username;  ///< an admin's; or an e-mail address
    std::optional<std::string> email;     ///< a customer's
    std::string password;
    std::string totp;           ///< a code, or empty
    std::string recovery_code;  ///< instead of it
};

/// Who signed in, and their session.
struct SignedIn {
    User user;
    std::string name;  ///< username, or e-mail address
    std::string role;  ///< "owner", "staff", "viewer", "customer"
    NewSession session;
};

/// Signs in an admin or a customer. Unknown, inactive and right users cost the same work, so that nobody learns who has
/// an account; who fails and who succeeds is audited, without what was typed.
///
/// @throws Refusal 401 `invalid_credentials`; 401 `totp_required` where the password is right and a code is missing;
/// 429
///         `too_many_attempts`
SignedIn sign_in(Desk& desk, storage::Store& store, const Credentials& credentials, const std::string& address,
                 Time now);

/// Changes the password of whoever is signed in, and ends their other sessions.
///
/// @throws Refusal 422 where the current one is wrong or the new one unfit; 429
void change_password(Desk& desk, storage::Store& store, const http::Caller& caller, std::string_view current,
                     std::string_view wanted, Time now);

/// Holds an admin's password against what is stored, before something that a stolen session must not do.
///
/// @throws Refusal 422 at /password where it is wrong; 429
void confirm_password(Desk& desk, storage::Store& store, const http::Caller& admin, std::string_view password,
                      Time now);

}  // namespace orderd::accounts

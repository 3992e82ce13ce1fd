#pragma once

#include <optional>
#include <string>

#include "accounts/desk.h"
#include "accounts/sessions.h"
#include "base/refused.h"
#include "storage/store.h"

namespace orderd::accounts {

inline constexpr Refused kInvalidCredentials{
    401, "invalid_credentials",
    "No user has this name and this password. The answer does not say which of them is wrong."};
inline constexpr Refused kTotpRequired{
    401, "totp_required",
    "The password is right, and the user's authenticator app is asked for as well. Sign in again with totp or "
    "recovery_code beside the password."};
inline constexpr Refused kTotpInvalid{
    401, "totp_invalid",
    "The code of the authenticator app, or the recovery code, is wrong or was used before. Wait for the app's next "
    "code; check the clock of the device."};
inline constexpr Refused kSessionRequired{
    403, "session_required",
    "This is about a person's own account, and an API key has none. Sign in, and send the access_token of the "
    "session."};
inline constexpr Refused kPasswordTooShort{
    409, "password_too_short",
    "Without codes of an authenticator app, an admin's password has to be longer than yours is. Change it first, then "
    "turn the codes off."};

/// The credentials to sign in with.
struct Credentials {
    std::optional<std::string> username;  ///< an admin's; or an e-mail address
    std::optional<std::string> email;     ///< a customer's
    std::string password;
    std::string totp;           ///< a code, or empty
    std::string recovery_code;  ///< instead of it
};

/// Where a sign-in comes from.
struct From {
    Client client;
    std::string cookies = {};  ///< the request's Cookie header, with tokens of known devices (devices.h)
    bool secure = false;       ///< came over TLS
};

/// A user who signed in, and the session.
struct SignedIn {
    User user;
    std::string name;  ///< username, or e-mail address
    std::string role;  ///< "owner", "staff", "viewer", "customer"
    NewSession session;
    std::string device = {};  ///< the token that the device sends the next time; empty: it gets none
};

/// The admin who signed in: what is a person's own is closed to API keys. @param why  said to whoever is refused
/// @throws Refusal 403 `session_required`
AdminId require_admin(const Caller& caller, const std::string& why);

/// The user with this name or e-mail address, if they could sign in.
std::optional<User> user_named(const storage::View& view, std::string_view username);

/// Signs in an admin or a customer. Unknown, inactive and valid users cost the same work, so that nobody
/// learns who has an account. Failures and successes are audited, without the typed input.
///
/// Wrong passwords are counted, see attempts.h. Even if strangers used up an address's attempts, these are
/// accepted: a device that signed in before, a recovery code, and a right code of the authenticator app
/// (guesses of codes are counted as well). Wrong codes after a right password count for the whole account,
/// since the sender knows the password; they do not lock known devices out.
///
/// @throws Refusal 401 `invalid_credentials`; 401 `totp_required` if the password is right and a code is missing;
///         401 `totp_invalid`; 429 `too_many_attempts`
SignedIn sign_in(Desk& desk, storage::Store& store, const Credentials& credentials, const From& from, Time now);

/// Changes the password of the signed-in user, ends their other sessions and forgets their other devices.
///
/// @throws Refusal 422 if the current password is wrong or the new one breaks the rules; 429
void change_password(Desk& desk, storage::Store& store, const Caller& caller, const From& from,
                     std::string_view current, std::string_view wanted, Time now);

/// Checks the password of the signed-in user, before an action that a stolen session must not allow. Failures
/// are counted for the session.
///
/// @throws Refusal 422 at `pointer` if it is wrong; 429
void confirm_password(Desk& desk, storage::Store& store, const Caller& caller, std::string_view password,
                      std::string_view pointer, Time now);

/// Turns an admin's codes off. It needs the password, and a code or a recovery code.
///
/// @throws Refusal 422 at the wrong or missing member; 409 `password_too_short` if the password is too short
///         for signing in without codes; 429
void turn_codes_off(Desk& desk, storage::Store& store, const Caller& admin, std::string_view password,
                    std::string_view code, std::string_view recovery_code, Time now);

}  // namespace orderd::accounts

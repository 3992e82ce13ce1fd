#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/refused.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::accounts {

inline constexpr Refused kTotpOn{
    409, "totp_on", "Codes of an authenticator app are asked for already. Turn them off before you prepare new ones."};
inline constexpr Refused kTotpNotPrepared{
    409, "totp_not_prepared",
    "There is no secret that waits for its first code. Prepare one with POST /auth/totp first."};

// Time-based one-time passwords (RFC 6238: HMAC-SHA-1, six digits, steps of 30 seconds), which every
// authenticator app supports. They are turned on in two steps: a secret is shown, and takes effect once its
// owner has typed a right code.

/// The code of a secret in a time step. `secret`: its bytes.
std::string totp_code(std::string_view secret, std::int64_t step);

std::string to_base32(std::string_view bytes);  ///< RFC 4648, without padding

struct TotpSecret {
    std::string secret;  ///< base32, for typing
    std::string uri;     ///< otpauth://…, for a QR code
};

/// Makes a pending secret, which needs its first code. It replaces an earlier pending one.
///
/// @throws Refusal 409 `totp_on` if codes are already on
TotpSecret prepare_totp(storage::Transaction& tx, AdminId admin, std::string_view shop_name, Time now);

/// Turns codes on with the pending secret. @returns ten recovery codes, which are shown once; only their
/// keyed hashes are stored
///
/// @throws Refusal 409 `totp_not_prepared`; 422 if the code is wrong
std::vector<std::string> confirm_totp(storage::Transaction& tx, AdminId admin, std::string_view code,
                                      const Actor& actor, Time now);

/// Turns codes off. Secret and recovery codes are removed.
void disable_totp(storage::Transaction& tx, AdminId admin, const Actor& actor, Time now);

/// Whether the code is right now and was not used before. Does not use it up.
bool is_totp_code(const storage::View& view, AdminId admin, std::string_view code, Time now);

/// Whether it is one of the remaining recovery codes. Does not use it up.
bool is_recovery_code(const storage::View& view, AdminId admin, std::string_view code);

/// Whether the code is right and was not used before. Uses it up. It may be one step early or late, since
/// clocks differ.
bool use_totp_code(storage::Transaction& tx, AdminId admin, std::string_view code, Time now);

/// The step of a code that is right and was not used before. For when the disk cannot be written to:
/// note_totp_step() uses it up later.
std::optional<std::int64_t> totp_step(const storage::View& view, AdminId admin, std::string_view code, Time now);
void note_totp_step(storage::Transaction& tx, AdminId admin, std::int64_t step);

/// Whether it is one of the admin's remaining recovery codes. Uses it up. Hyphens, white space and case are ignored.
bool use_recovery_code(storage::Transaction& tx, AdminId admin, std::string_view code);

}  // namespace orderd::accounts

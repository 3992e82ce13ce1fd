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

// Time-based one-time passwords (RFC 6238: HMAC-SHA-1, six digits, steps of 30 seconds), as every authenticator app
// makes them, in two steps: a secret is shown, and holds once its owner typed a right code.

/// The code that a secret gives in a step. `secret`: its bytes.
std::string totp_code(std::string_view secret, std::int64_t step);

std::string to_base32(std::string_view bytes);  ///< RFC 4648, without padding

struct TotpSecret {
    std::string secret;  ///< base32, to type
    std::string uri;     ///< otpauth://…, to show as a QR code
};

/// Makes a secret that waits for its first code. One that waited before is dropped.
///
/// @throws Refusal 409 `totp_on` if codes are asked for already
TotpSecret prepare_totp(storage::Transaction& tx, AdminId admin, std::string_view shop_name, Time now);

/// Takes the secret that waits into use. @returns ten recovery codes, which are shown once, and of which only keyed
/// hashes are stored
///
/// @throws Refusal 409 `totp_not_prepared`; 422 if the code is wrong
std::vector<std::string> confirm_totp(storage::Transaction& tx, AdminId admin, std::string_view code,
                                      const Actor& actor, Time now);

/// Codes are no longer asked for; secret and recovery codes are removed.
void disable_totp(storage::Transaction& tx, AdminId admin, const Actor& actor, Time now);

/// Whether the code is right now and was not used before, without using it up.
bool is_totp_code(const storage::View& view, AdminId admin, std::string_view code, Time now);

/// Whether it is one of the recovery codes that are left, without using it up.
bool is_recovery_code(const storage::View& view, AdminId admin, std::string_view code);

/// Whether the code is right, one step early or late allowed for clocks that differ, and was not used before: it is
/// used up by this.
bool use_totp_code(storage::Transaction& tx, AdminId admin, std::string_view code, Time now);

/// The step of a code that is right and was not used before, where nothing can be written: note_totp_step() uses it up
/// later.
std::optional<std::int64_t> totp_step(const storage::View& view, AdminId admin, std::string_view code, Time now);
void note_totp_step(storage::Transaction& tx, AdminId admin, std::int64_t step);

/// Whether it is one of the admin's recovery codes that are left: it is used up by this. Hyphens, white space and case
/// are not looked at.
bool use_recovery_code(storage::Transaction& tx, AdminId admin, std::string_view code);

}  // namespace orderd::accounts

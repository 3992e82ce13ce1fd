#pragma once

#include <string>
#include <string_view>

#include "base/refused.h"

namespace orderd {

inline constexpr Refused kBadSignature{
    400, "bad_signature",
    "The signature of a webhook does not fit its body, is missing, or is too old. Check that the signing secret in the "
    "settings is the one that the service shows for this webhook, and that no proxy changes the body."};

/// HMAC-SHA256 (RFC 2104, FIPS 180-4): 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view text);

}  // namespace orderd

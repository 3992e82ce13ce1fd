#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace orderd {

/// Cryptographically secure bytes (libsodium). Thread-safe.
std::string random_bytes(std::size_t count);

/// A bearer token: `prefix` followed by 256 random bits in base64url. The prefix tells kinds of token apart, and lets
/// secret scanners find one that leaked.
std::string random_token(std::string_view prefix);

/// `prefix` followed by 128 random bits in base64url: for what must differ from all others of its kind, and is no secret.
std::string random_id(std::string_view prefix);

/// Uniform in [0, bound).
std::uint32_t random_below(std::uint32_t bound);

}  // namespace orderd

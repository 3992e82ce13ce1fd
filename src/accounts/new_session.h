#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/ids.h"
#include "base/time.h"

namespace orderd::accounts {

/// A session that began now. The token is shown once, and only its SHA-256 is stored.
struct NewSession {
    SessionId id{};
    std::string token;
    Time expires_at;
    std::string csrf_token;
};

/// Who signs in.
using User = std::variant<AdminId, CustomerId>;

}  // namespace orderd::accounts

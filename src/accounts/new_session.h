#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/ids.h"
#include "base/time.h"

namespace orderd::accounts {

/// A new session. The token is shown once, and only its SHA-256 is stored.
struct NewSession {
    SessionId id{};
    std::string token;
    Time expires_at;
    std::string csrf_token;
};

/// A user who signs in.
using User = std::variant<AdminId, CustomerId>;

inline std::int64_t number_of(const User& user) {
    return std::visit([](auto id) { return number(id); }, user);
}

/// Where a user signs in, for the list of sessions.
struct Client {
    std::string address;     ///< stored only for admins: as little as possible about customers is stored unsealed
    std::string user_agent;  ///< the User-Agent header
};

}  // namespace orderd::accounts

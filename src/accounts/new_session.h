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

inline std::int64_t number_of(const User& user) {
    return std::visit([](auto id) { return number(id); }, user);
}

/// Where somebody signs in, as their list of sessions shows it.
struct Client {
    std::string address;     ///< kept of admins only: what is stored of customers in the clear is as little as can be
    std::string user_agent;  ///< the program, by its own word
};

}  // namespace orderd::accounts

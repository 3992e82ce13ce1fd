#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/ids.h"
#include "base/refused.h"

namespace orderd {

/// The roles of admin users. Each may do everything that the ones before it may.
enum class Role { none, viewer, staff, owner };

inline constexpr Refused kUnauthenticated{
    401, "unauthenticated",
    "The request has no credentials, and this route needs some; or its Authorization header is not Bearer and a token. "
    "Sign in, or send an API key or an order's access_token as Authorization: Bearer."};
inline constexpr Refused kInvalidToken{
    401, "invalid_token", "The token is unknown, has expired, or was revoked. Sign in again, or make a new API key."};
inline constexpr Refused kForbidden{
    403, "forbidden",
    "You are signed in, but your role does not allow this. detail names the role that does: ask someone who has it."};

/// Who is calling, as proved by the request's credentials.
struct Caller {
    enum class Kind {
        nobody,      ///< no credentials
        capability,  ///< an order's access token: not yet checked against an order, see orders/access.h
        customer,
        admin,
        api_key,
    };

    Kind kind = Kind::nobody;
    std::int64_t id = 0;                   ///< of the customer, admin user or API key
    Role role = Role::none;                ///< of an admin user or API key
    std::string name = {};                 ///< an admin's username, a key's label
    std::vector<std::string> scopes = {};  ///< of an API key (api/scope.h); empty: all of its role
    std::string capability_hash = {};      ///< kind capability: storage::hash_of_token of the token
    SessionId session{};                   ///< of an admin or customer who signed in
    bool by_cookie = false;                ///< the dashboard: mutations need the CSRF header, edits need If-Match
    std::string csrf_token =
        {};                    ///< of a session: mutations by cookie must send it as X-CSRF-Token, see session_cookie.h
    std::string address = {};  ///< the client's, after trusted proxies

    bool is(Role least) const { return role >= least; }
    /// Whether anyone could be this caller: customers sign up themselves, and guests get a capability with each order.
    bool is_stranger() const { return kind != Kind::admin && kind != Kind::api_key; }
    Actor actor() const;
};

}  // namespace orderd

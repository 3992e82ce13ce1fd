#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace orderd::http {

// The dashboard's way to be signed in: the session's token in a cookie that no script can read. A browser sends a
// cookie whether the page asks it to or not, hence three rules of the server:
// - a mutation by cookie carries the header X-CSRF-Token with the caller's csrf_token, else it is 403
// `csrf_token_required`;
// - an Authorization header counts before the cookie;
// - a cookie that is no longer good is no credential at all on routes for anyone, so that signing in again works;
//   elsewhere it is 401, as any other bad token is.

constexpr std::string_view kSessionCookie = "orderd_session";
constexpr std::string_view kCsrfHeader = "X-CSRF-Token";

/// The value of a Set-Cookie header that gives a session to the browser: HttpOnly, SameSite=Strict, for the whole site.
/// `secure`: the client speaks TLS, so the cookie must never go out without.
std::string session_cookie(std::string_view token, Duration lifetime, bool secure);

/// The Set-Cookie value that takes it away.
std::string no_session_cookie(bool secure);

/// The session's token from a Cookie header, or nothing where there is none (empty).
std::string_view session_of_cookies(std::string_view cookie_header);

}  // namespace orderd::http

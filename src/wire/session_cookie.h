#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace orderd::wire {

// The dashboard's way to be signed in: the session's token in a cookie that no script can read. A browser sends a
// cookie whether the page asks it to or not, hence three rules of the server:
// - a mutation by cookie carries the header X-CSRF-Token with the caller's csrf_token, else it is 403
// `csrf_token_required`;
// - an Authorization header counts before the cookie;
// - a cookie that is no longer good is not a credential at all on routes for anyone, so that signing in again works;
//   elsewhere it is 401, like any other bad token.

// Over TLS its name begins with __Host-, so that a browser takes it from this host alone, for the whole site, and never
// sends it in the clear; a sibling domain or a page without TLS cannot plant one. Without TLS no browser would take
// that name. A request over TLS is read for that name only.

constexpr std::string_view kSessionCookie = "orderd_session";
constexpr std::string_view kHostOnly = "__Host-";  ///< in front of a cookie's name over TLS
constexpr std::string_view kCsrfHeader = "X-CSRF-Token";

/// The value of a Set-Cookie header that no script can read: HttpOnly, SameSite=Strict, for the whole site. `secure`:
/// the client speaks TLS.
std::string host_cookie(std::string_view name, std::string_view value, Duration lifetime, bool secure);

/// The value of a cookie that host_cookie() set, or empty. The first counts if there are several of the name.
std::string_view host_cookie_of(std::string_view cookie_header, std::string_view name, bool secure);

/// The Set-Cookie value that gives a session to the browser.
std::string session_cookie(std::string_view token, Duration lifetime, bool secure);

/// The Set-Cookie value that takes it away.
std::string no_session_cookie(bool secure);

/// The session's token from a Cookie header, or nothing if there is none (empty).
std::string_view session_of_cookies(std::string_view cookie_header, bool secure);

}  // namespace orderd::wire

#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace orderd::wire {

// The dashboard's session: its token is in a cookie that no script can read. A browser sends a cookie whether
// the page wants it or not, hence three rules of the server:
// - a mutation by cookie must carry the header X-CSRF-Token with the caller's csrf_token, or else it gets 403
//   `csrf_token_required`;
// - an Authorization header takes precedence over the cookie;
// - on routes for anyone, a cookie that is no longer valid is ignored, so that signing in again works; on
//   other routes it gets 401, like any other bad token.

// Over TLS the cookie's name begins with __Host-. A browser then accepts it only from this host, for the
// whole site, and never sends it unencrypted; a sibling domain or a page without TLS cannot plant one.
// Without TLS, browsers refuse such a name. For a request over TLS, only that name is read.

constexpr std::string_view kSessionCookie = "orderd_session";
constexpr std::string_view kHostOnly = "__Host-";  ///< prefix of a cookie's name over TLS
constexpr std::string_view kCsrfHeader = "X-CSRF-Token";

/// Whether a cookie comes along when its user follows a link from another site: the shop's pages want theirs then, and
/// have nothing in them that the dashboard trusts.
enum class SameSite { strict, lax };

/// A Set-Cookie value for a cookie that no script can read (HttpOnly), for the whole site.
/// `secure`: the client uses TLS.
std::string host_cookie(std::string_view name, std::string_view value, Duration lifetime, bool secure,
                        SameSite same_site = SameSite::strict);

/// The value of a cookie that host_cookie() set; empty if there is none. If there are several, the first counts.
std::string_view host_cookie_of(std::string_view cookie_header, std::string_view name, bool secure);

/// The Set-Cookie value that stores a session in the browser.
std::string session_cookie(std::string_view token, Duration lifetime, bool secure);

/// The Set-Cookie value that removes it.
std::string no_session_cookie(bool secure);

/// The session's token from a Cookie header; empty if there is none.
std::string_view session_of_cookies(std::string_view cookie_header, bool secure);

}  // namespace orderd::wire

#include "wire/session_cookie.h"

#include <fmt/format.h>

#include "base/text.h"

namespace orderd::wire {

std::string host_cookie(std::string_view name, std::string_view value, Duration lifetime, bool secure,
                        SameSite same_site) {
    return fmt::format("{}{}={}; Path=/; Max-Age={}; HttpOnly; SameSite={}{}", secure ? kHostOnly : "", name, value,
                       lifetime.ms / 1000, same_site == SameSite::lax ? "Lax" : "Strict", secure ? "; Secure" : "");
}

std::string_view host_cookie_of(std::string_view cookie_header, std::string_view name, bool secure) {
    while (!cookie_header.empty()) {
        const auto end = cookie_header.find(';');
        const auto pair = trimmed(cookie_header.substr(0, end));
        const auto equals = pair.find('=');
        auto given = pair.substr(0, equals);
        const bool host_only = given.starts_with(kHostOnly);
        given.remove_prefix(host_only ? kHostOnly.size() : 0);
        if (equals != std::string_view::npos && host_only == secure && given == name) {
            return pair.substr(equals + 1);
        }
        cookie_header.remove_prefix(end == std::string_view::npos ? cookie_header.size() : end + 1);
    }
    return {};
}

std::string session_cookie(std::string_view token, Duration lifetime, bool secure) {
    return host_cookie(kSessionCookie, token, lifetime, secure);
}

std::string no_session_cookie(bool secure) { return session_cookie("", {}, secure); }

std::string_view session_of_cookies(std::string_view cookie_header, bool secure) {
    return host_cookie_of(cookie_header, kSessionCookie, secure);
}

}  // namespace orderd::wire

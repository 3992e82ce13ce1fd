#include "http/session_cookie.h"

#include <fmt/format.h>

#include "base/text.h"

namespace orderd::http {

std::string session_cookie(std::string_view token, Duration lifetime, bool secure) {
    return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", kSessionCookie, token,
                       lifetime.ms / 1000, secure ? "; Secure" : "");
}

std::string no_session_cookie(bool secure) { return session_cookie("", {}, secure); }

std::string_view session_of_cookies(std::string_view cookie_header) {
    while (!cookie_header.empty()) {
        const auto end = cookie_header.find(';');
        const auto pair = trimmed(cookie_header.substr(0, end));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == kSessionCookie) {
            return pair.substr(equals + 1);
        }
        cookie_header.remove_prefix(end == std::string_view::npos ? cookie_header.size() : end + 1);
    }
    return {};
}

}  // namespace orderd::http

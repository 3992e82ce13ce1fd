#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "accounts/authenticator_app.h"
#include "support/shop.h"

namespace orderd::tests {

constexpr auto kGoodPassword = "correct horse";

/// A shop behind a proxy, with an owner who has a password, as olga. So people can come from anywhere.
struct Peopled : Shop {
    Peopled()
        : Shop([](app::Config& config) {
              config.trusted_proxies = {"127.0.0.1"};
              config.rate_per_minute = 10'000;  // what is counted here are wrong passwords
              config.rate_burst = 10'000;
          }) {
        add("olga", "owner");
    }

    std::int64_t add(const std::string& username, const std::string& role) {
        const auto reply =
            post("/admin/users", {{"username", username}, {"password", kGoodPassword}, {"role", role}}, owner());
        if (reply.status != 201) {
            throw std::runtime_error("the user was refused: " + reply.text);
        }
        return reply.body["id"].get<std::int64_t>();
    }

    Reply log_in(const std::string& username, const std::string& password, const std::string& address,
                 const Json& more = Json::object(), Headers headers = {}) {
        Json body{{"username", username}, {"password", password}};
        body.update(more);
        headers["X-Forwarded-For"] = address;
        return post("/auth/login", body, {}, headers);
    }

    std::string token(const std::string& username, const std::string& address = "203.0.113.1") {
        return log_in(username, kGoodPassword, address).body.at("access_token").get<std::string>();
    }

    /// Turns codes on for whoever has the token. @returns the app, and the recovery codes
    std::pair<AuthenticatorApp, std::vector<std::string>> with_codes(const std::string& token) {
        const auto shown = post("/auth/totp", {{"password", kGoodPassword}}, token);
        AuthenticatorApp codes(shown.body.at("secret").get<std::string>());
        const auto confirmed = post("/auth/totp/confirm", {{"code", codes.code(clock().now())}}, token);
        return {std::move(codes), confirmed.body.at("recovery_codes").get<std::vector<std::string>>()};
    }
};

/// The Set-Cookie header that gives a cookie whose name begins so, or empty.
inline std::string set_cookie(const Reply& reply, const std::string& name) {
    const auto [first, last] = reply.headers.equal_range("Set-Cookie");
    for (auto header = first; header != last; ++header) {
        if (header->second.starts_with(name)) {
            return header->second;
        }
    }
    return "";
}

/// As a browser sends it back.
inline std::string cookie(const Reply& reply, const std::string& name) {
    const auto header = set_cookie(reply, name);
    return header.substr(0, header.find(';'));
}

}  // namespace orderd::tests

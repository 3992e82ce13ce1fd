#pragma once

#include <string>
#include <string_view>

#include "accounts/totp.h"
#include "base/time.h"

namespace orderd::tests {

/// What someone has on the telephone: the secret that was shown, and the codes it gives.
class AuthenticatorApp {
public:
    explicit AuthenticatorApp(std::string_view base32) {
        std::uint32_t bits = 0;
        int count = 0;
        for (const char c : base32) {
            bits = bits << 5 | static_cast<std::uint32_t>(c >= 'A' ? c - 'A' : c - '2' + 26);
            count += 5;
            if (count >= 8) {
                count -= 8;
                secret_ += static_cast<char>(bits >> count & 0xFF);
            }
        }
    }

    std::string code(Time now, int steps_from_now = 0) const {
        return accounts::totp_code(secret_, now.ms / 30'000 + steps_from_now);
    }

private:
    std::string secret_;
};

}  // namespace orderd::tests

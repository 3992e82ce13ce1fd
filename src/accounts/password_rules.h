#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/errors.h"
#include "storage/view.h"

namespace orderd::accounts {

// What a password must be to be set. Those that were set under older rules go on working until they are changed.
//
// By NIST SP 800-63B, section 3.1.1.2: a least length, no list of characters that must be in it, and refused what is
// commonly tried, the user's own name among it. An admin's password that is all there is to signing in is the longer.

constexpr std::size_t kMinPassword = 8;  ///< code points, of customers, and of admins who sign in with a code as well
constexpr std::size_t kMinAdminPassword = 12;  ///< of admins whose password is enough
constexpr std::size_t kMaxPasswordBytes = 256;

/// What a password is checked against.
struct PasswordRule {
    std::size_t least = kMinPassword;
    std::vector<std::string> names = {};  ///< that it must not be made of
};

/// @param totp  whether the admin signs in with a code as well
PasswordRule admin_password_rule(const storage::View& view, std::string_view username, bool totp);
PasswordRule customer_password_rule(const storage::View& view, std::string_view name, std::string_view email);

/// Adds a fault where a password to be set is too short, too long, or among those that are tried first.
void check_password(std::string_view password, const PasswordRule& rule, std::string_view pointer,
                    std::vector<Fault>& faults);

/// @throws Refusal 422 if check_password() finds a fault
void require_password(std::string_view password, const PasswordRule& rule, std::string_view pointer);

/// A password in a body: one that is checked against what is stored, and one to be set.
api::Shape password_shape();
api::Shape new_admin_password_shape();
api::Shape new_customer_password_shape();

}  // namespace orderd::accounts

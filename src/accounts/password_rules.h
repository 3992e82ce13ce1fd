#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/shape.h"
#include "base/errors.h"
#include "storage/view.h"

namespace orderd::accounts {

// The rules for new passwords. Passwords that were set under older rules stay valid until they are changed.
//
// They follow NIST SP 800-63B, section 3.1.1.2: a minimum length, no required kinds of characters, and commonly tried
// passwords are refused, including the user's own name. An admin who signs in without codes needs a longer password.

constexpr std::size_t kMinPassword = 8;        ///< code points; for customers, and admins who also need a code
constexpr std::size_t kMinAdminPassword = 12;  ///< code points; for admins who sign in with only a password
constexpr std::size_t kMaxPasswordBytes = 256;

/// The rule that a password is checked against.
struct PasswordRule {
    std::size_t least = kMinPassword;
    std::vector<std::string> names = {};  ///< it must not consist of these
};

/// @param totp  whether the admin also needs a code to sign in
PasswordRule admin_password_rule(const storage::View& view, std::string_view username, bool totp);
PasswordRule customer_password_rule(const storage::View& view, std::string_view name, std::string_view email);

/// Adds a fault if a new password is too short, too long or too common.
void check_password(std::string_view password, const PasswordRule& rule, std::string_view pointer,
                    std::vector<Fault>& faults);

/// @throws Refusal 422 if check_password() finds a fault
void require_password(std::string_view password, const PasswordRule& rule, std::string_view pointer);

/// Passwords in bodies: one that is verified, and ones that are to be set.
api::Shape password_shape();
api::Shape new_admin_password_shape();
api::Shape new_customer_password_shape();

}  // namespace orderd::accounts

#include "accounts/password_rules.h"

#include <fmt/format.h>

#include "accounts/common_passwords.h"
#include "base/text.h"
#include "storage/settings.h"

namespace orderd::accounts {

PasswordRule admin_password_rule(const storage::View& view, std::string_view username, bool totp) {
    return {.least = totp ? kMinPassword : kMinAdminPassword,
            .names = {std::string(username), settings::shop_name(view)}};
}

PasswordRule customer_password_rule(const storage::View& view, std::string_view name, std::string_view email) {
    const auto local_part = email.substr(0, email.find('@'));
    return {.least = kMinPassword,
            .names = {std::string(name), std::string(local_part), std::string(email), settings::shop_name(view)}};
}

void check_password(std::string_view password, const PasswordRule& rule, std::string_view pointer,
                    std::vector<Fault>& faults) {
    if (code_points(password) < rule.least) {
        faults.push_back(
            {std::string(pointer), fmt::format("is too short: this password has at least {} characters", rule.least)});
    } else if (password.size() > kMaxPasswordBytes) {
        faults.push_back(
            {std::string(pointer), fmt::format("is too long: a password has at most {} bytes", kMaxPasswordBytes)});
    } else if (is_common(password, rule.names)) {
        faults.push_back(
            {std::string(pointer),
             "is among the first that somebody would try: take one that is not made of common words, names, "
             "years, and runs on the keyboard; three or four words that have nothing to do with each other "
             "are good"});
    }
}

void require_password(std::string_view password, const PasswordRule& rule, std::string_view pointer) {
    std::vector<Fault> faults;
    check_password(password, rule, pointer, faults);
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
}

api::Shape password_shape() { return api::Shape::text(1, kMaxPasswordBytes); }

api::Shape new_admin_password_shape() {
    return password_shape().described(fmt::format(
        "at least {} characters, or {} where the user signs in with a code as well; common ones and names are refused",
        kMinAdminPassword, kMinPassword));
}

api::Shape new_customer_password_shape() {
    return password_shape().described(
        fmt::format("at least {} characters; common ones and names are refused", kMinPassword));
}

}  // namespace orderd::accounts

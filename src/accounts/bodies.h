#pragma once

#include <optional>
#include <string>

#include "accounts/api_keys.h"
#include "accounts/password_resets.h"
#include "accounts/prepared_customer.h"
#include "accounts/signing_in.h"
#include "api/fields.h"
#include "base/caller.h"
#include "base/ids.h"

namespace orderd::accounts {

// The bodies of this department's requests, each declared once (see api/fields.h), and the shapes that they
// share with answers.

struct NewUser {
    std::string username;
    std::string password;
    Role role = Role::viewer;
};

/// Absent members stay as they are.
struct UserChanges {
    std::optional<std::string> username;
    std::optional<std::string> password;
    std::optional<Role> role;
    std::optional<bool> active;
    std::optional<AdminId> hand_over_to;
    std::optional<AdminId> keys_to;
};

struct PasswordChange {
    std::string current_password;
    std::string new_password;
};

struct SetupLink {
    std::string token;
};

/// A request to claim a new shop as its owner.
struct ShopClaim {
    std::string token;
    std::string username;
    std::string password;
    std::string shop_name;
    std::optional<std::string> currency;
    std::optional<Address> address;
    std::optional<std::string> time_zone;
};

struct OwnPassword {
    std::string password;
};

struct TotpCode {
    std::string code;
};

struct TotpEnd {
    std::string password;
    std::string totp;
    std::string recovery_code;
};

struct NewAccount : CustomerDetails {
    std::string password;
};

struct ForgottenPassword {
    std::string email;
    std::optional<std::string> locale;
};

/// Absent members stay as they are; null removes the address.
struct AccountChanges {
    std::optional<std::string> name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<std::optional<Address>> shipping_address;
    std::optional<std::string> password;
};

api::Shape username_shape();
api::Shape role_shape();
api::Shape scopes_shape();
api::Shape hand_over_shape();
api::Shape keys_to_shape();

}  // namespace orderd::accounts

namespace orderd {

template <>
struct api::Fields<accounts::NewUser> {
    static Declared<accounts::NewUser> value();
};
template <>
struct api::Fields<accounts::UserChanges> {
    static Declared<accounts::UserChanges> value();
};
template <>
struct api::Fields<accounts::NewApiKey> {
    static Declared<accounts::NewApiKey> value();
};
template <>
struct api::Fields<accounts::Credentials> {
    static Declared<accounts::Credentials> value();
};
template <>
struct api::Fields<accounts::PasswordChange> {
    static Declared<accounts::PasswordChange> value();
};
template <>
struct api::Fields<accounts::SetupLink> {
    static Declared<accounts::SetupLink> value();
};
template <>
struct api::Fields<accounts::ShopClaim> {
    static Declared<accounts::ShopClaim> value();
};
template <>
struct api::Fields<accounts::OwnPassword> {
    static Declared<accounts::OwnPassword> value();
};
template <>
struct api::Fields<accounts::TotpCode> {
    static Declared<accounts::TotpCode> value();
};
template <>
struct api::Fields<accounts::TotpEnd> {
    static Declared<accounts::TotpEnd> value();
};
template <>
struct api::Fields<accounts::NewAccount> {
    static Declared<accounts::NewAccount> value();
};
template <>
struct api::Fields<accounts::ForgottenPassword> {
    static Declared<accounts::ForgottenPassword> value();
};
template <>
struct api::Fields<accounts::PasswordReset> {
    static Declared<accounts::PasswordReset> value();
};
template <>
struct api::Fields<accounts::AccountChanges> {
    static Declared<accounts::AccountChanges> value();
};

}  // namespace orderd

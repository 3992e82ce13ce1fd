#include "accounts/bodies.h"

#include "accounts/customer_shapes.h"
#include "accounts/password_rules.h"
#include "api/scope.h"

namespace orderd::accounts {

using api::Shape;

namespace {

constexpr auto kGoodPassword = "seven rowing boats, one lantern";

Shape setup_token_shape() { return Shape::text(1, 100).described("of the set-up link"); }
Shape key_role_shape() { return Shape::one_of({"staff", "viewer"}); }

Shape code_shape(std::string_view what) { return Shape::text(0, 10).described(what).example("123456"); }

}  // namespace

Shape username_shape() {
    return Shape::text(1, 64).described("ASCII letters, digits, dots, hyphens and underscores").example("ada");
}

Shape role_shape() { return Shape::one_of({"owner", "staff", "viewer"}); }

Shape scopes_shape() {
    return Shape::list(Shape::one_of(api::scopes()), 0, api::scopes().size())
        .described("what of its role the key may use; to write includes to read; none: all of it");
}

Shape hand_over_shape() {
    return Shape::id().described("who looks after the user's orders from now on, where there are some under way");
}

Shape keys_to_shape() {
    return Shape::id().described(
        "who answers from now on for the API keys that the user answers for and may not any more; without it they end");
}

}  // namespace orderd::accounts

namespace orderd::api {

using namespace accounts;

Declared<NewUser> Fields<NewUser>::value() {
    return object<NewUser>("NewAdminUser",
                           {field("username", &NewUser::username, username_shape()),
                            field("password", &NewUser::password, new_admin_password_shape().example(kGoodPassword)),
                            field("role", &NewUser::role, role_shape(), parse_role)});
}

Declared<UserChanges> Fields<UserChanges>::value() {
    return object<UserChanges>(
        "AdminUserChanges",
        {optional("username", &UserChanges::username, username_shape()),
         optional("password", &UserChanges::password,
                  password_shape()
                      .described("of another user, whose sessions end; one's own is PUT /auth/password")
                      .example(kGoodPassword)),
         optional("role", &UserChanges::role, role_shape().example("staff"), parse_role),
         optional("active", &UserChanges::active, Shape::boolean()),
         optional("hand_over_to", &UserChanges::hand_over_to, hand_over_shape()).not_in_example(),
         optional("keys_to", &UserChanges::keys_to, keys_to_shape()).not_in_example()});
}

Declared<NewApiKey> Fields<NewApiKey>::value() {
    return object<NewApiKey>(
        "NewApiKey",
        {field("label", &NewApiKey::label, Shape::text(1, 100).described("what it is for")),
         field("role", &NewApiKey::role, key_role_shape(), parse_role),
         optional("scopes", &NewApiKey::scopes, scopes_shape()),
         optional("expires_at", &NewApiKey::expires_at, Shape::time().nullable().example("2036-11-24T00:00:00.000Z"))});
}

Declared<Credentials> Fields<Credentials>::value() {
    return object<Credentials>(
        "Credentials",
        {optional("username", &Credentials::username, Shape::text(1, 254).described("an admin's").example("ada")),
         optional("email", &Credentials::email, Shape::text(1, 254).described("a customer's")).not_in_example(),
         field("password", &Credentials::password, password_shape().example(kGoodPassword)),
         optional("totp", &Credentials::totp, code_shape("the code of an authenticator app")).not_in_example(),
         optional("recovery_code", &Credentials::recovery_code, Shape::text(0, 40).described("instead of a code, once"))
             .not_in_example()});
}

Declared<PasswordChange> Fields<PasswordChange>::value() {
    return object<PasswordChange>(
        "PasswordChange",
        {field("current_password", &PasswordChange::current_password, password_shape().example(kGoodPassword)),
         field(
             "new_password", &PasswordChange::new_password,
             password_shape()
                 .described("admins': at least 12 characters, or 8 with codes of an authenticator app; customers': at "
                            "least 8; common ones and names are refused")
                 .example("a quiet harbour under nine clouds"))});
}

Declared<SetupLink> Fields<SetupLink>::value() {
    return object<SetupLink>("SetupLink", {field("token", &SetupLink::token, setup_token_shape())});
}

Declared<ShopClaim> Fields<ShopClaim>::value() {
    return object<ShopClaim>(
        "Setup", {field("token", &ShopClaim::token, setup_token_shape()),
                  field("username", &ShopClaim::username, Shape::text(1, 64).example("ada")),
                  field("password", &ShopClaim::password, new_admin_password_shape().example(kGoodPassword)),
                  field("shop_name", &ShopClaim::shop_name, Shape::text(1, 100).example("Ada's pottery")),
                  optional("currency", &ShopClaim::currency, Shape::currency()),
                  optional("address", &ShopClaim::address, address_shape().nullable()),
                  optional("time_zone", &ShopClaim::time_zone,
                           Shape::text(1, 64)
                               .described("of the shop, as the IANA calls it; the browser knows its own")
                               .example("Europe/Berlin"))});
}

Declared<OwnPassword> Fields<OwnPassword>::value() {
    return object<OwnPassword>("OwnPassword",
                               {field("password", &OwnPassword::password, password_shape().example(kGoodPassword))});
}

Declared<TotpCode> Fields<TotpCode>::value() {
    return object<TotpCode>("TotpCode", {field("code", &TotpCode::code, Shape::text(6, 6).example("123456"))});
}

Declared<TotpEnd> Fields<TotpEnd>::value() {
    return object<TotpEnd>(
        "TotpEnd",
        {field("password", &TotpEnd::password, password_shape().example(kGoodPassword)),
         optional("totp", &TotpEnd::totp, code_shape("the code of the authenticator app")),
         optional("recovery_code", &TotpEnd::recovery_code, Shape::text(0, 40).described("instead of a code"))
             .not_in_example()});
}

Declared<NewAccount> Fields<NewAccount>::value() {
    return object<NewAccount>(
        "NewAccount",
        {field("name", &NewAccount::name, Shape::text(1, 200).example("Ada Lovelace")),
         field("email", &NewAccount::email, Shape::email()), optional("phone", &NewAccount::phone, phone_shape()),
         optional("shipping_address", &NewAccount::shipping_address, address_shape().nullable()),
         field("password", &NewAccount::password, new_customer_password_shape().example(kGoodPassword))});
}

Declared<ForgottenPassword> Fields<ForgottenPassword>::value() {
    return object<ForgottenPassword>(
        "ForgottenPassword", {field("email", &ForgottenPassword::email, Shape::email()),
                              optional("locale", &ForgottenPassword::locale,
                                       Shape::one_of(Language::codes())
                                           .described("of the mail; if it is absent, the browser's, or the shop's"))});
}

Declared<PasswordReset> Fields<PasswordReset>::value() {
    return object<PasswordReset>(
        "PasswordReset",
        {field("email", &PasswordReset::email, Shape::email()),
         field(
             "code", &PasswordReset::code,
             Shape::text(1, 40).described("from the mail; case, blanks and dashes do not matter").example("K7QX-M2PD")),
         field("password", &PasswordReset::password, new_customer_password_shape().example(kGoodPassword))});
}

Declared<AccountChanges> Fields<AccountChanges>::value() {
    return object<AccountChanges>(
        "AccountChanges",
        {optional("name", &AccountChanges::name, Shape::text(1, 200).example("Ada Lovelace")),
         optional("email", &AccountChanges::email, Shape::email()),
         optional("phone", &AccountChanges::phone, phone_shape()),
         optional("shipping_address", &AccountChanges::shipping_address, address_shape().nullable()),
         optional("password", &AccountChanges::password,
                  password_shape()
                      .described("the account's: needed where the e-mail address changes, which signs in and gets what "
                                 "the shop writes")
                      .example(kGoodPassword))});
}

}  // namespace orderd::api

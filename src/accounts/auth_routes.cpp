#include <fmt/format.h>

#include "accounts/bodies.h"
#include "accounts/customer.h"
#include "accounts/devices.h"
#include "accounts/password_rules.h"
#include "accounts/routes.h"
#include "accounts/setup.h"
#include "accounts/signing_in.h"
#include "accounts/totp.h"
#include "base/address.h"
#include "base/errors.h"
#include "base/text.h"
#include "storage/settings.h"
#include "storage/shop_zone.h"
#include "wire/session_cookie.h"

namespace orderd::accounts {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

Answer log_in(Request& in, Desk& desk, Credentials wanted);
Answer log_out(Request& in, Desk& desk);
Answer show_me(Request& in, Desk& desk);
Answer show_session(Request& in, Desk& desk);
Answer set_password(Request& in, Desk& desk, PasswordChange wanted);
Answer show_setup(Request& in, Desk& desk);
Answer check_link(Request& in, Desk& desk, SetupLink link);
Answer claim(Request& in, Desk& desk, ShopClaim wanted);
Answer begin_totp(Request& in, Desk& desk, OwnPassword confirmed);
Answer finish_totp(Request& in, Desk& desk, TotpCode first);
Answer end_totp(Request& in, Desk& desk, TotpEnd confirmed);

Shape user_shape() {
    return Shape::object({{"id", Shape::id()},
                          {"username", Shape::text(1, 254).described("a customer's is the e-mail address")},
                          {"role", Shape::one_of({"owner", "staff", "viewer", "customer"})}})
        .named("User");
}

Shape session_shape() {
    return Shape::object(
               {{"access_token", Shape::text(1, 100)},
                {"token_type", Shape::one_of({"Bearer"})},
                {"expires_at", Shape::time().described("later where an admin's session is used")},
                {"user", user_shape()},
                {"csrf_token", Shape::text(1, 100).described("goes with changes by cookie, as X-CSRF-Token")}})
        .named("Session");
}

Shape me_shape() {
    return Shape::object({{"user", user_shape()},
                          {"totp", Shape::boolean().described("signs in with a code as well")},
                          {"csrf_token", Shape::text(1, 100)}})
        .named("Me");
}

}  // namespace

void add_auth_routes(api::RouteTable& routes, Desk& desk) {
    using api::Who;
    const auto add = api::rows_of(routes, "Signing in", desk);
    add({.method = "POST",
         .path = "/auth/login",
         .name = "auth.signIn",
         .who = Who::anyone,
         .summary = "Sign in, as an admin or a customer",
         .answers = {{200, session_shape()}},
         .refuses = {kInvalidCredentials, kTotpRequired, kTotpInvalid, kTooManyAttempts},
         .limited = true},
        log_in);
    add({.method = "POST",
         .path = "/auth/logout",
         .name = "auth.signOut",
         .who = Who::signed_in,
         .summary = "End this session at once",
         .answers = {{204, std::nullopt}}},
        log_out);
    add({.method = "GET",
         .path = "/auth/me",
         .name = "auth.me",
         .who = Who::signed_in,
         .summary = "Who is signed in",
         .answers = {{200, me_shape()}}},
        show_me);
    add({.method = "GET",
         .path = "/auth/session",
         .name = "auth.session",
         .who = Who::anyone,
         .summary = "Whether somebody is signed in, and who: no mistake where nobody is",
         .answers = {{200, Shape::object({{"session", me_shape().nullable()}}).named("SessionState")}}},
        show_session);
    add({.method = "PUT",
         .path = "/auth/password",
         .name = "auth.changePassword",
         .who = Who::signed_in,
         .summary = "Change one's password; other sessions end, and other devices are known no more",
         .answers = {{204, std::nullopt}},
         .refuses = {kTooManyAttempts}},
        set_password);
    add({.method = "GET",
         .path = "/auth/setup",
         .name = "setup.state",
         .who = Who::anyone,
         .summary = "Whether the shop still waits for its owner",
         .answers = {{200, Shape::object({{"open", Shape::boolean()}}).named("SetupState")}}},
        show_setup);
    add({.method = "POST",
         .path = "/auth/setup/check",
         .name = "setup.check",
         .who = Who::anyone,
         .summary = "Whether a set-up link still works, before anything is filled in",
         .answers = {{200, Shape::object({{"valid", Shape::boolean()}}).named("SetupLinkState")}},
         .limited = true},
        check_link);
    add({.method = "POST",
         .path = "/auth/setup",
         .name = "setup.claim",
         .who = Who::anyone,
         .summary = "Claim a new shop with the token of its set-up link",
         .answers = {{200, session_shape()}},
         .refuses = {kAlreadySetUp, kInvalidSetupToken, kUsernameTaken, kCurrencyInUse},
         .limited = true},
        claim);
    add({.method = "POST",
         .path = "/auth/totp",
         .name = "totp.begin",
         .who = Who::viewer,
         .summary = "Prepare codes of an authenticator app for one's own signing in",
         .answers = {{200, Shape::object({{"secret", Shape::text(1, 64)},
                                          {"uri", Shape::text(1, 1000).described("to show as a QR code")}})
                               .named("TotpSecret")}},
         .refuses = {kSessionRequired, kTotpOn, kTooManyAttempts}},
        begin_totp);
    add({.method = "POST",
         .path = "/auth/totp/confirm",
         .name = "totp.confirm",
         .who = Who::viewer,
         .summary = "Ask for codes from now on; shows the recovery codes, once",
         .answers = {{200,
                      Shape::object({{"recovery_codes", Shape::list(Shape::text(1, 40))}}).named("RecoveryCodes")}},
         .refuses = {kSessionRequired, kTotpNotPrepared}},
        finish_totp);
    add({.method = "POST",
         .path = "/auth/totp/disable",
         .name = "totp.disable",
         .who = Who::viewer,
         .summary = "Ask for no codes any more; takes the password, and a code or a recovery code",
         .answers = {{204, std::nullopt}},
         .refuses = {kSessionRequired, kPasswordTooShort, kTooManyAttempts}},
        end_totp);
}

From from_of(const Request& in) {
    return {.client = {.address = in.caller().address, .user_agent = in.header("user-agent")},
            .cookies = in.header("cookie"),
            .secure = in.secure()};
}

void sign_out(const Request& in, Desk& desk) {
    if (!desk.unsaved.end(in.caller().session)) {
        in.store().writer().run(
            [&](storage::Transaction& tx) { end_session(tx, desk.unsaved.row_of(in.caller().session)); });
    }
}

namespace {

Json user_json(const User& user, const std::string& name, const std::string& role) {
    const auto id = std::visit([](auto known) { return number(known); }, user);
    return {{"id", id}, {"username", name}, {"role", role}};
}

/// Only admins get the session cookie, for the dashboard: a customer's shop front stores its token itself.
/// Both get the device cookie.
Answer session_answer(const Request& in, const SignedIn& who) {
    auto answer = api::ok({{"access_token", who.session.token},
                           {"token_type", "Bearer"},
                           {"expires_at", rfc3339(who.session.expires_at)},
                           {"user", user_json(who.user, who.name, who.role)},
                           {"csrf_token", who.session.csrf_token}});
    const auto set_cookie = [&](std::string cookie) { answer.headers.emplace_back("Set-Cookie", std::move(cookie)); };
    if (std::holds_alternative<AdminId>(who.user)) {
        set_cookie(wire::session_cookie(who.session.token, kAdminLongest, in.secure()));
    }
    if (!who.device.empty()) {
        set_cookie(wire::host_cookie(device_cookie(who.user), who.device, kDeviceLifetime, in.secure()));
    }
    return answer;
}

Answer log_in(Request& in, Desk& desk, Credentials wanted) {
    if (wanted.username.has_value() == wanted.email.has_value()) {
        throw Refusal({Fault{"", "one of username and email is needed, not both"}});
    }
    return session_answer(in, sign_in(desk, in.store(), wanted, from_of(in), in.now()));
}

Answer log_out(Request& in, Desk& desk) {
    sign_out(in, desk);
    return api::no_content().header("Set-Cookie", wire::no_session_cookie(in.secure()));
}

Json describe_caller(const storage::View& view, const Caller& caller) {
    Json me;
    if (caller.kind == Caller::Kind::admin) {
        const auto admin = get_admin(view, AdminId{caller.id});
        me = {{"user", user_json(admin.id, admin.username, std::string(to_text(admin.role)))}, {"totp", admin.totp}};
    } else {
        const auto customer = get_customer(view, CustomerId{caller.id});
        me = {{"user", user_json(customer.id, customer.contact ? customer.contact->email : "", "customer")},
              {"totp", false}};
    }
    me["csrf_token"] = caller.csrf_token;
    return me;
}

Answer show_me(Request& in, Desk&) { return api::ok(describe_caller(in.read(), in.caller())); }

Answer show_session(Request& in, Desk&) {
    const auto kind = in.caller().kind;
    const bool signed_in = kind == Caller::Kind::admin || kind == Caller::Kind::customer;
    // The route is for anyone, but each caller gets another answer, so caches must not store it.
    return api::ok({{"session", signed_in ? describe_caller(in.read(), in.caller()) : Json(nullptr)}})
        .header("Cache-Control", "no-store");
}

Answer set_password(Request& in, Desk& desk, PasswordChange wanted) {
    change_password(desk, in.store(), in.caller(), from_of(in), wanted.current_password, wanted.new_password, in.now());
    return api::no_content();
}

Answer show_setup(Request& in, Desk&) { return api::ok({{"open", unclaimed_owner(in.read()).has_value()}}); }

Answer check_link(Request& in, Desk&, SetupLink link) {
    return api::ok({{"valid", is_setup_token(in.read(), link.token)}});
}

Answer claim(Request& in, Desk& desk, ShopClaim wanted) {
    check_setup_token(in.read(), wanted.token);  // before the costly hash; checked again in the transaction
    const auto shop_name = std::string(trimmed(wanted.shop_name));
    std::optional<Address> address;
    std::vector<Fault> faults;
    check_password(wanted.password, {.least = kMinAdminPassword, .names = {wanted.username, shop_name}}, "/password",
                   faults);
    if (shop_name.empty()) {
        faults.push_back({"/shop_name", "is blank; it must have something in it"});
    }
    if (wanted.address) {
        address = without_margins(*wanted.address);
        check(*address, "/address", faults);
    }
    if (wanted.time_zone) {
        if (auto fault = settings::time_zone_fault(*wanted.time_zone); !fault.empty()) {
            faults.push_back({"/time_zone", std::move(fault)});
        }
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    const Setup setup{.username = wanted.username,
                      .password_hash = desk.hasher.hash(wanted.password, stranger_at(in.caller().address)),
                      .shop_name = shop_name,
                      .currency = wanted.currency,
                      .address = address,
                      .time_zone = wanted.time_zone};
    auto who = in.store().writer().run([&](storage::Transaction& tx) {
        const auto owner = set_up(tx, wanted.token, setup, desk.what_is_priced, in.actor(), in.now());
        return SignedIn{.user = owner.id,
                        .name = owner.username,
                        .role = std::string(to_text(owner.role)),
                        .session = begin_session(tx, owner.id, in.now(), from_of(in).client),
                        .device = remember_device(tx, owner.id, {}, in.now())};
    });
    return session_answer(in, who);
}

/// Only a person who signed in has codes. An API key may call these routes by its role, but has none.
AdminId own_admin(const Request& in) {
    return require_admin(in.caller(), "only someone who signed in can do this: sign in first");
}

Answer begin_totp(Request& in, Desk& desk, OwnPassword confirmed) {
    const auto admin = own_admin(in);
    confirm_password(desk, in.store(), in.caller(), confirmed.password, "/password", in.now());
    const auto secret = in.store().writer().run(
        [&](storage::Transaction& tx) { return prepare_totp(tx, admin, settings::shop_name(tx), in.now()); });
    return api::ok({{"secret", secret.secret}, {"uri", secret.uri}});
}

Answer finish_totp(Request& in, Desk&, TotpCode first) {
    const auto admin = own_admin(in);
    const auto codes = in.store().writer().run(
        [&](storage::Transaction& tx) { return confirm_totp(tx, admin, first.code, in.actor(), in.now()); });
    return api::ok({{"recovery_codes", codes}});
}

Answer end_totp(Request& in, Desk& desk, TotpEnd confirmed) {
    own_admin(in);
    turn_codes_off(desk, in.store(), in.caller(), confirmed.password, confirmed.totp, confirmed.recovery_code,
                   in.now());
    return api::no_content();
}

}  // namespace

}  // namespace orderd::accounts

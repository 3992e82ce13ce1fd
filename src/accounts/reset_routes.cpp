#include "accounts/bodies.h"
#include "accounts/password_resets.h"
#include "accounts/routes.h"
#include "api/conditional.h"
#include "api/counted_network.h"
#include "api/response.h"
#include "storage/shop_language.h"

namespace orderd::accounts {

namespace {

using api::Answer;
using api::Request;

Answer send_code(Request& in, Desk& desk, ForgottenPassword wanted);
Answer set_forgotten(Request& in, Desk& desk, PasswordReset wanted);

}  // namespace

void add_reset_routes(api::RouteTable& routes, Desk& desk) {
    using api::Who;
    const auto add = api::rows_of(routes, "Customers", desk);
    add({.method = "POST",
         .path = "/customers/password-resets",
         .name = "account.forgotPassword",
         .who = Who::anyone,
         .summary = "Have a code for a new password mailed; the answer is the same whether there is such an account",
         .answers = {{204, std::nullopt}},
         .refuses = {kTooManyResets},
         .limited = true},
        send_code);
    add({.method = "PUT",
         .path = "/customers/password-resets",
         .name = "account.resetPassword",
         .who = Who::anyone,
         .summary = "Set a new password with the code of the mail; all sessions of the account end",
         .answers = {{204, std::nullopt}},
         .refuses = {kInvalidResetCode, kTooManyAttempts},
         .limited = true},
        set_forgotten);
}

void ask_for_reset_by(const Request& in, const std::string& email, const Language& language) {
    const ResetWish wish{.email = email, .language = &language, .network = api::counted_network(in).value_or(0)};
    in.store().writer().run([&](storage::Transaction& tx) { ask_for_reset(tx, wish, in.actor(), in.now()); });
}

namespace {

/// The mail's language: the one that is asked for in the body or by the browser, or else the shop's.
const Language& mail_language(const Request& in, const ForgottenPassword& wanted) {
    const auto* asked =
        wanted.locale ? Language::find(*wanted.locale) : api::asked_language(in.header("accept-language"));
    return asked == nullptr ? settings::language(in.read()) : *asked;
}

Answer send_code(Request& in, Desk&, ForgottenPassword wanted) {
    ask_for_reset_by(in, wanted.email, mail_language(in, wanted));
    return api::no_content();
}

Answer set_forgotten(Request& in, Desk& desk, PasswordReset wanted) {
    reset_password(desk, in.store(), wanted, in.caller().address, in.now());
    return api::no_content();
}

}  // namespace

}  // namespace orderd::accounts

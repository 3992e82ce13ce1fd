#include "accounts/password_resets.h"
#include "accounts/routes.h"
#include "api/form.h"
#include "api/response.h"
#include "base/errors.h"
#include "storefront/account_form.h"
#include "storefront/buying_routes.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_forgotten(Request& in, BuyersDesk& desk);
Answer reset_by_form(Request& in, BuyersDesk& desk);

}  // namespace

void add_forgotten_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add(page_row("/account/password", "shop.forgottenPassword",
                 "The page on which a customer who forgot the password gets a code by mail, and sets a new one"),
        show_forgotten);
    auto form = form_row("/account/password", "shop.forgottenPasswordByForm",
                         "Have a code mailed, or set a new password with it, by the forms of the page");
    form.refuses.push_back(accounts::kTooManyResets);
    form.refuses.push_back(accounts::kTooManyAttempts);
    add(form, reset_by_form);
}

namespace {

/// How far somebody is who forgot the password.
enum class ForgottenStep { ask, set };

Answer forgotten_page(Request& in, BuyersDesk& desk, ForgottenStep step, const AccountForm& form) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    const auto& words = *visit.language;
    const bool asks = step == ForgottenStep::ask;
    auto values = frame(in.read(), visit, words.text("account.forgotten_title"));
    values.update({{"asking", asks},
                   {"setting", !asks},
                   {"email", form.at("email")},
                   {"fields", asks ? account_fields(form, {"email"}, words)
                                   : account_fields(form, {"code", "new_password"}, words)},
                   {"notice", form.notice.empty() ? std::string() : words.text(form.notice)}});
    return form_page(in, desk.pages, visit, "account_password.html", std::move(values), form.status);
}

Answer show_forgotten(Request& in, BuyersDesk& desk) { return forgotten_page(in, desk, ForgottenStep::ask, {}); }

/// The same page whether there is such an account.
Answer send_code_by_form(Request& in, BuyersDesk& desk, AccountForm form) {
    require_email(form);
    if (!form.faults.empty()) {
        form.status = 422;
        return forgotten_page(in, desk, ForgottenStep::ask, form);
    }
    try {
        accounts::ask_for_reset_by(in, form.at("email"), *visit_of_open_shop(in, desk.pages).language);
    } catch (const Refusal& refusal) {
        if (refusal.code() != accounts::kTooManyResets.code()) {
            throw;
        }
        form.fail(refusal.status(), "account.too_many_codes");
        return forgotten_page(in, desk, ForgottenStep::ask, form);
    }
    return forgotten_page(in, desk, ForgottenStep::set, form);
}

Answer set_by_form(Request& in, BuyersDesk& desk, const Form& sent, AccountForm form) {
    require_email(form);
    if (!form.faults.empty()) {  // it is a hidden field here
        form.status = 422;
        return forgotten_page(in, desk, ForgottenStep::ask, form);
    }
    try {
        accounts::reset_password(
            desk.accounts, in.store(),
            {.email = form.at("email"), .code = form.at("code"), .password = sent.value("new_password")},
            in.caller().address, in.now());
        return api::see_other("/account?reset=true");
    } catch (const Refusal& refusal) {
        form.status = refusal.status() == accounts::kInvalidResetCode.status() ? 422 : refusal.status();
        if (refusal.code() == accounts::kInvalidResetCode.code()) {
            form.faults.emplace("code", "account_fault.code");
        } else if (refusal.code() == accounts::kTooManyAttempts.code()) {
            form.notice = "account.too_many";
        } else if (!take_faults(refusal.faults(), form)) {
            throw;
        }
    }
    return forgotten_page(in, desk, ForgottenStep::set, form);
}

Answer reset_by_form(Request& in, BuyersDesk& desk) {
    static_cast<void>(visit_of_open_shop(in, desk.pages));
    require_own_site(in, desk.pages.url());
    const auto sent = Form::parse(in.raw_body());
    const bool sets = sent.value("action") == "set";
    auto form = account_form(sent, {"email", "code"});
    if (!has_token(in, sent) || is_trapped(sent)) {
        form.fail(403, "form.again");
        return forgotten_page(in, desk, sets ? ForgottenStep::set : ForgottenStep::ask, form);
    }
    return sets ? set_by_form(in, desk, sent, std::move(form)) : send_code_by_form(in, desk, std::move(form));
}

}  // namespace

}  // namespace orderd::storefront

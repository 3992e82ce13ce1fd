#include "accounts/customer.h"
#include "accounts/devices.h"
#include "accounts/routes.h"
#include "api/form.h"
#include "api/response.h"
#include "base/errors.h"
#include "storefront/account_form.h"
#include "storefront/account_session.h"
#include "storefront/buying_routes.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"
#include "wire/head.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_new_account(Request& in, BuyersDesk& desk);
Answer create_by_form(Request& in, BuyersDesk& desk);

}  // namespace

void add_new_account_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add(page_row("/account/new", "shop.newAccount", "The page on which a customer makes an account",
                 {{"then", api::Shape::text(0, 500), "the page of the shop to go on at then"}}),
        show_new_account);
    auto form =
        form_row("/account/new", "shop.newAccountByForm", "Make an account by the form of its page, and sign in");
    form.refuses.push_back(accounts::kEmailTaken);
    add(form, create_by_form);
}

namespace {

Answer new_account_page(Request& in, BuyersDesk& desk, const AccountForm& form, std::optional<Time> shown = {}) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    const auto& words = *visit.language;
    const auto& then = form.at("then");
    auto values = frame(in.read(), visit, words.text("account.new_title"));
    values.update({{"fields", account_fields(form, {"name", "email", "new_password"}, words)},
                   {"notice", form.notice.empty() ? std::string() : words.text(form.notice)},
                   {"is_taken", form.notice == "account.taken"},
                   {"then", then},
                   {"then_query", then.empty() ? std::string() : "?then=" + wire::percent_encoded(then)}});
    return form_page(in, desk.pages, visit, "account_new.html", std::move(values), form.status, shown);
}

Answer show_new_account(Request& in, BuyersDesk& desk) {
    AccountForm form;
    form.typed["then"] = own_path(in.query("then").value_or(""), "");
    return new_account_page(in, desk, form);
}

/// The body of POST /customers, so that one declaration checks both; its faults by field are added.
std::optional<accounts::NewAccount> wanted_account(const Form& sent, AccountForm& form) {
    const Json body{{"name", form.at("name")}, {"email", form.at("email")}, {"password", sent.value("new_password")}};
    const auto& declared = api::declared<accounts::NewAccount>();
    std::vector<Fault> found;
    declared.shape.check(body, "", found);
    if (take_faults(found, form)) {
        return std::nullopt;
    }
    accounts::NewAccount wanted;
    declared.read(body, &wanted);
    return wanted;
}

/// Makes the account and begins its first session, in one transaction.
Answer made_account(Request& in, BuyersDesk& desk, const accounts::NewAccount& wanted, const std::string& then) {
    const auto from = accounts::from_of(in);
    accounts::SignedIn who{.user = CustomerId{}, .name = wanted.email, .role = "customer", .session = {}};
    auto answer = accounts::register_for(
        in, desk.accounts, wanted, [&](storage::Transaction& tx, const accounts::Customer& customer) {
            who.user = customer.id;
            who.session = accounts::begin_session(tx, customer.id, in.now(), from.client);
            who.device = accounts::remember_device(tx, customer.id, {}, in.now());
            return api::see_other(own_path(then, "/account"));
        });
    keep_session(in, who, answer);
    return answer;
}

/// There is an account: somebody who knows its password pressed the button twice, or forgot about it.
Answer sign_in_instead(Request& in, BuyersDesk& desk, const accounts::NewAccount& wanted, AccountForm& form,
                       std::optional<Time> shown) {
    try {
        return signed_in(in, desk, wanted.email, wanted.password, form.at("then"));
    } catch (const Refusal& refusal) {
        if (refusal.status() >= 500) {
            throw;
        }
    }
    form.fail(409, "account.taken");
    return new_account_page(in, desk, form, shown);
}

Answer create_by_form(Request& in, BuyersDesk& desk) {
    static_cast<void>(visit_of_open_shop(in, desk.pages));
    require_own_site(in, desk.pages.url());
    const auto sent = Form::parse(in.raw_body());
    auto form = account_form(sent, {"name", "email", "then"});
    const auto shown = shown_at(in, sent);
    if (!shown || is_trapped(sent)) {
        form.fail(403, "form.again");
        return new_account_page(in, desk, form);
    }
    if (is_too_soon(in, *shown)) {
        form.fail(422, "form.soon");
        return new_account_page(in, desk, form, shown);
    }
    const auto wanted = wanted_account(sent, form);
    if (!wanted) {
        form.status = 422;
        return new_account_page(in, desk, form, shown);
    }
    try {
        return made_account(in, desk, *wanted, form.at("then"));
    } catch (const Refusal& refusal) {
        if (refusal.code() == accounts::kEmailTaken.code()) {
            return sign_in_instead(in, desk, *wanted, form, shown);
        }
        if (!take_faults(refusal.faults(), form)) {
            throw;
        }
        form.status = refusal.status();
    }
    return new_account_page(in, desk, form, shown);
}

}  // namespace

}  // namespace orderd::storefront

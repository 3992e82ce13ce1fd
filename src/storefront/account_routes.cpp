#include <fmt/format.h>

#include "accounts/customer.h"
#include "accounts/routes.h"
#include "api/form.h"
#include "api/response.h"
#include "base/errors.h"
#include "fulfillment/label.h"
#include "fulfillment/tracking_page.h"
#include "notify/mail_settings.h"
#include "orders/links.h"
#include "orders/list.h"
#include "storage/shop_zone.h"
#include "storefront/account_form.h"
#include "storefront/account_session.h"
#include "storefront/buying_routes.h"
#include "storefront/country.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"
#include "wire/head.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_account(Request& in, BuyersDesk& desk);
Answer act_on_account(Request& in, BuyersDesk& desk);

constexpr std::int64_t kOrdersShown = 20;

}  // namespace

void add_account_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    auto page = page_row("/account", "shop.account",
                         "The signed-in customer's account and orders as a page; else the page on which to sign in",
                         {{"then", api::Shape::text(0, 500), "the page of the shop to go on at after signing in"},
                          {"changed", api::Shape::boolean(), "the password was changed just now"},
                          {"reset", api::Shape::boolean(), "a new password was set by a code just now"}});
    page.paged = true;
    add(page, show_account);
    auto form =
        form_row("/account", "shop.accountByForm", "Sign in or out, or change the password, by the forms of the page");
    form.refuses.push_back(accounts::kTooManyAttempts);
    add(form, act_on_account);
}

namespace {

Answer sign_in_page(Request& in, BuyersDesk& desk, const AccountForm& form, const std::string& said = {}) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    const auto& words = *visit.language;
    const auto& then = form.at("then");
    auto values = frame(in.read(), visit, words.text("account.sign_in_title"));
    values.update({{"fields", account_fields(form, {"email", "password"}, words)},
                   {"notice", form.notice.empty() ? std::string() : words.text(form.notice)},
                   {"said", said.empty() ? said : words.text(said)},
                   {"then", then},
                   {"sends_mail", notify::is_mail_set_up(in.read())},
                   {"then_query", then.empty() ? std::string() : "?then=" + wire::percent_encoded(then)}});
    return form_page(in, desk.pages, visit, "account_sign_in.html", std::move(values), form.status);
}

Json own_orders(const storage::View& view, const Visit& visit, const orders::SummaryPage& page) {
    const auto zone = settings::time_zone(view);
    const auto& words = *visit.language;
    auto list = Json::array();
    for (const auto& order : page.rows) {
        const bool is_sent =
            order.delivery_kind.value_or(orders::DeliveryKind::shipping) == orders::DeliveryKind::shipping;
        list.push_back({{"name", words.say("order.title", {{"order_number", std::to_string(number(order.id))}})},
                        {"href", visit.root + orders::order_path(view.vault(), order.id).substr(1)},
                        {"date", words.date(order.placed_at, *zone)},
                        {"state", fulfillment::state_in_words(order.status, is_sent, words)},
                        {"total", visit.money(order.total)}});
    }
    return list;
}

Json own_details(const storage::View& view, const accounts::Customer& customer, const Language& words) {
    const auto contact = customer.contact.value_or(accounts::Contact{});
    auto address = Json::array();
    if (customer.address) {
        address = fulfillment::address_lines(*customer.address, home_country(view), words);
    }
    return {{"customer_name", contact.name},
            {"email", contact.email},
            {"phone", contact.phone},
            {"has_address", customer.address.has_value()},
            {"address", std::move(address)}};
}

/// @param after  the sort key after which the list of orders goes on; nullopt: its first page
Answer account_page(Request& in, BuyersDesk& desk, CustomerId id, const AccountForm& form, const std::string& said = {},
                    const std::optional<Json>& after = {}) {
    const auto visit = visit_of_open_shop(in, desk.pages);
    const auto& words = *visit.language;
    const auto view = in.read();
    const auto page = orders::list(view, orders::placed_by(id), {.limit = kOrdersShown, .after = after});
    const bool has_more = !page.after.is_null() && in.route().paged;
    auto values = frame(view, visit, words.text("account.title"));
    values.update(own_details(view, accounts::get_customer(view, id), words));
    values.update({{"orders", own_orders(view, visit, page)},
                   {"has_orders", !page.rows.empty()},
                   {"is_paged", after.has_value() || has_more},
                   {"first_page", after ? visit.root + "account" : std::string()},
                   {"next_page", has_more ? fmt::format("{}account?cursor={}", visit.root,
                                                        wire::percent_encoded(in.cursor_after(page.after)))
                                          : std::string()},
                   {"fields", account_fields(form, {"current_password", "new_password"}, words)},
                   {"password_open", !form.faults.empty() || !form.notice.empty()},
                   {"notice", form.notice.empty() ? std::string() : words.text(form.notice)},
                   {"said", said.empty() ? said : words.text(said)}});
    return form_page(in, desk.pages, visit, "account.html", std::move(values), form.status);
}

Answer show_account(Request& in, BuyersDesk& desk) {
    static_cast<void>(visit_of_open_shop(in, desk.pages));
    const auto after = in.page().after;
    if (const auto customer = act_as_customer(in, desk)) {
        const bool changed = in.query_flag("changed").value_or(false);
        return account_page(in, desk, *customer, {}, changed ? "account.password_changed" : "", after);
    }
    AccountForm form;
    form.typed["then"] = own_path(in.query("then").value_or(""), "");
    return sign_in_page(in, desk, form, in.query_flag("reset").value_or(false) ? "account.reset_done" : "");
}

/// A fault that the page shows; others are thrown on.
void explain_sign_in(const Refusal& refusal, AccountForm& form) {
    if (refusal.code() == accounts::kTooManyAttempts.code()) {
        form.fail(429, "account.too_many");
    } else if (refusal.code() == accounts::kInvalidCredentials.code() ||
               refusal.code() == accounts::kTotpInvalid.code()) {  // the password was changed meanwhile
        form.fail(422, "account.wrong");
    } else {
        throw refusal;
    }
}

Answer sign_in_by_form(Request& in, BuyersDesk& desk, const Form& sent) {
    auto form = account_form(sent, {"email", "then"});
    if (!has_token(in, sent)) {
        form.fail(403, "form.again");
        return sign_in_page(in, desk, form);
    }
    require_email(form);
    if (sent.value("password").empty()) {
        form.faults.emplace("password", "account_fault.password");
    }
    if (!form.faults.empty()) {
        form.status = 422;
        return sign_in_page(in, desk, form);
    }
    try {
        return signed_in(in, desk, form.at("email"), sent.value("password"), form.at("then"));
    } catch (const Refusal& refusal) {
        explain_sign_in(refusal, form);
    }
    return sign_in_page(in, desk, form);
}

Answer change_password_by_form(Request& in, BuyersDesk& desk, CustomerId customer, const Form& sent) {
    AccountForm form;
    try {
        accounts::change_password(desk.accounts, in.store(), in.caller(), accounts::from_of(in),
                                  sent.value("current_password"), sent.value("new_password"), in.now());
        return api::see_other("/account?changed=true");
    } catch (const Refusal& refusal) {
        form.status = refusal.status();
        if (refusal.code() == accounts::kTooManyAttempts.code()) {
            form.notice = "account.too_many";
        } else if (!take_faults(refusal.faults(), form)) {
            throw;
        }
    }
    return account_page(in, desk, customer, form);
}

Answer act_on_account(Request& in, BuyersDesk& desk) {
    static_cast<void>(visit_of_open_shop(in, desk.pages));
    require_own_site(in, desk.pages.url());
    const auto sent = Form::parse(in.raw_body());
    const auto& action = sent.value("action");
    if (action == "sign_in") {
        return sign_in_by_form(in, desk, sent);
    }
    const auto customer = act_as_customer(in, desk);
    if (!customer) {
        return api::see_other("/account");
    }
    if (!has_token(in, sent)) {
        AccountForm form;
        form.fail(403, "form.again");
        return account_page(in, desk, *customer, form);
    }
    if (action == "sign_out") {
        auto answer = api::see_other("/account");
        end_session(in, desk, answer);
        return answer;
    }
    return action == "change_password" ? change_password_by_form(in, desk, *customer, sent)
                                       : api::see_other("/account");
}

}  // namespace

}  // namespace orderd::storefront

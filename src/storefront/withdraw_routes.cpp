#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "api/counted_network.h"
#include "api/form.h"
#include "api/shape.h"
#include "base/budgets.h"
#include "base/domain.h"
#include "base/errors.h"
#include "base/text.h"
#include "fulfillment/return_request.h"
#include "storefront/buying_routes.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"

namespace orderd::storefront {

// The function for withdrawing from a contract that Directive 2011/83/EU, article 11a, asks for: reached from every page,
// without signing in, in two steps, and confirmed by a mail at once. It says the same whether there is such an order.

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_withdraw_page(Request& in, BuyersDesk& desk);
Answer take_withdrawal(Request& in, BuyersDesk& desk);

/// A field of the page.
struct WithdrawalField {
    std::string_view name;
    std::string_view type;
    std::size_t most;  ///< code points
    std::string_view autocomplete;
};
constexpr std::array kWithdrawalFields{
    WithdrawalField{"order", "text", 40, "off"},
    WithdrawalField{"name", "text", 200, "name"},
    WithdrawalField{"email", "email", 254, "email"},
};
constexpr std::size_t kMostText = 2'000;  ///< code points

/// What was typed, by field, without the blanks around it.
using Typed = std::map<std::string, std::string, std::less<>>;
/// What is wrong, by field: the part of the message's name after "withdraw_fault.".
using WithdrawalFaults = std::map<std::string, std::string, std::less<>>;

}  // namespace

void add_withdraw_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    add(page_row("/withdraw", "shop.withdraw", "The page on which a customer withdraws from a contract",
                 {{"order", api::Shape::text(0, 40), "the order's number, to begin with"},
                  {"done", api::Shape::boolean(), "a withdrawal was sent just now"}}),
        show_withdraw_page);
    auto form = form_row("/withdraw", "shop.withdrawByForm", "Check, then send a withdrawal, by the form of its page");
    form.refuses.push_back(fulfillment::kTooManyRequests);
    add(form, take_withdrawal);
}

namespace {

Typed read_typed(const Form& form) {
    Typed typed;
    for (const auto& field : kWithdrawalFields) {
        typed.emplace(field.name, trimmed(form.value(field.name)));
    }
    typed.emplace("text", trimmed(form.value("text")));
    return typed;
}

WithdrawalFaults faults_of(const Typed& typed) {
    WithdrawalFaults faults;
    for (const auto& field : kWithdrawalFields) {
        const auto& value = typed.at(std::string(field.name));
        if (value.empty()) {
            faults.emplace(field.name, "missing");
        } else if (code_points(value) > field.most) {
            faults.emplace(field.name, "long");
        }
    }
    std::vector<Fault> of_address;
    api::Shape::email().check(typed.at("email"), "", of_address);
    if (!of_address.empty()) {
        faults.emplace("email", "email");  // keeps the first fault
    }
    if (code_points(typed.at("text")) > kMostText) {
        faults.emplace("text", "long");
    }
    return faults;
}

/// How far a visitor is.
enum class Step { fill_in, confirm, done };

Json withdrawal_values(const Typed& typed, const WithdrawalFaults& faults, const Language& words) {
    const auto fault_of = [&](std::string_view name) {
        const auto found = faults.find(name);
        return found == faults.end() ? std::string() : words.text(fmt::format("withdraw_fault.{}", found->second));
    };
    auto fields = Json::array();
    for (const auto& field : kWithdrawalFields) {
        const std::string name(field.name);
        fields.push_back({{"name", name},
                          {"label", words.text(fmt::format("withdraw_field.{}", name))},
                          {"type", field.type},
                          {"value", typed.at(name)},
                          {"most", field.most},
                          {"autocomplete", field.autocomplete},
                          {"required", true},
                          {"fault", fault_of(name)}});
    }
    return {{"fields", std::move(fields)}, {"text", typed.at("text")}, {"text_fault", fault_of("text")}};
}

Answer withdraw_page(Request& in, BuyersDesk& desk, Step step, const Typed& typed, const WithdrawalFaults& faults = {},
                     const std::string& said = {}, int status = 200) {
    const auto visit = visit_of(in, desk.pages);
    const auto& words = *visit.language;
    auto values = frame(in.read(), visit, words.text("withdraw.title"));
    values.update(withdrawal_values(typed, faults, words));
    values.update({{"filling_in", step == Step::fill_in},
                   {"confirming", step == Step::confirm},
                   {"done", step == Step::done},
                   {"notice", said.empty() ? said : words.text(said)},
                   {"key", new_form_key()}});
    return form_page(in, desk.pages, visit, "withdraw.html", std::move(values), status);
}

Answer show_withdraw_page(Request& in, BuyersDesk& desk) {
    const auto step = in.query_flag("done").value_or(false) ? Step::done : Step::fill_in;
    return withdraw_page(in, desk, step,
                         {{"order", in.query("order").value_or("")}, {"name", ""}, {"email", ""}, {"text", ""}});
}

Answer take_withdrawal(Request& in, BuyersDesk& desk) {
    require_own_site(in, desk.pages.url());
    const auto form = Form::parse(in.raw_body());
    const auto typed = read_typed(form);
    if (!has_token(in, form)) {
        return withdraw_page(in, desk, Step::fill_in, typed, {}, "form.again", 403);
    }
    const auto faults = faults_of(typed);
    if (!faults.empty() || form.value("action") == "change") {
        return withdraw_page(in, desk, Step::fill_in, typed, faults, "", faults.empty() ? 200 : 422);
    }
    if (form.value("action") != "confirm" || form.value("key").empty()) {
        return withdraw_page(in, desk, Step::confirm, typed);
    }
    if (is_trapped(form)) {
        return api::see_other("/withdraw?done=true");
    }
    take_form_key(in, form);
    const fulfillment::NewReturnRequest wanted{.kind = fulfillment::RequestKind::withdrawal,
                                               .said = {.order_number = typed.at("order"),
                                                        .name = typed.at("name"),
                                                        .email = typed.at("email"),
                                                        .text = typed.at("text")},
                                               .network = api::counted_network(in).value_or(0),
                                               .language = visit_of(in, desk.pages).language};
    return in.mutate([&](storage::Transaction& tx) {
        fulfillment::receive_request(tx, wanted, in.now());
        return api::see_other("/withdraw?done=true");
    });
}

}  // namespace

}  // namespace orderd::storefront

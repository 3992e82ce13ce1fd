#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "api/form.h"
#include "api/response.h"
#include "base/embedded.h"
#include "base/errors.h"
#include "base/text.h"
#include "orders/access.h"
#include "orders/links.h"
#include "orders/routes.h"
#include "payments/choosing.h"
#include "payments/routes.h"
#include "payments/sandbox.h"
#include "payments/starting.h"
#include "payments/transfer_code.h"
#include "storefront/buying_routes.h"
#include "storefront/form_routes.h"
#include "storefront/page.h"
#include "storefront/pay_values.h"

namespace orderd::storefront {

namespace {

using api::Answer;
using api::Form;
using api::Request;

Answer show_payment_page(Request& in, BuyersDesk& desk);
Answer pay_on_page(Request& in, BuyersDesk& desk);
Answer show_transfer_code(Request& in, BuyersDesk& desk);

constexpr auto kCodeType = "image/svg+xml";
constexpr auto kLookAgain = "3";  ///< seconds, while a card is being charged

}  // namespace

void add_pay_routes(api::RouteTable& routes, BuyersDesk& desk) {
    const auto add = api::rows_of(routes, "Shop pages", desk);
    auto page = page_row("/pay/{link}", "shop.pay", "The page on which an order is paid, for whoever has its link",
                         {{"back", api::Shape::boolean(), "the customer comes back from a confirmation"}});
    page.answers.push_back({303, std::nullopt});
    add(page, show_payment_page);
    auto form = form_row("/pay/{link}", "shop.payByForm", "Pay an order by the form of its page");
    form.refuses.push_back(payments::kTooManyDeclines);
    form.answers.push_back({402, std::nullopt, kPageType});
    add(form, pay_on_page);
    auto code = page_row("/pay/{link}/code.svg", "shop.transferCode",
                         "The QR code of an order's bank transfer, for banking apps (EPC069-12)");
    code.answers = {{200, std::nullopt, kCodeType}};
    add(code, show_transfer_code);
    add_script(routes, "pay.js", "shop.payingScript", "The payment page's script, for Stripe's Payment Element");
}

namespace {

/// The form's fields that are wrong, each with what to do.
using Faults = std::map<std::string, std::string>;

/// What a transfer names.
std::string reference_of(const orders::Order& order) { return std::to_string(number(order.id)); }

OrderId order_to_pay(const Request& in) { return order_at(orders::order_of_payment(in.read(), in.path_text("link"))); }

std::string page_of(const storage::View& view, OrderId id) {
    return orders::payment_path(view.vault(), orders::get(view, id));
}

/// What the gateway's script needs for a confirmation. Empty: there is none, or the gateway cannot be asked now, and the
/// page says how to look again.
std::string secret_of(Request& in, BuyersDesk& desk, OrderId id) {
    const auto charge = confirmed_by_script(in.read(), id);
    const auto place = charge ? desk.payments.places.take(in.caller()) : std::nullopt;
    if (!charge || !place) {
        return {};
    }
    try {
        return desk.payments.gateways.by_name(charge->gateway).client_secret(charge->reference);
    } catch (const payments::GatewayTrouble&) {
        return {};
    } catch (const payments::GatewayRefused&) {
        return {};
    }
}

Answer payment_page(Request& in, BuyersDesk& desk, OrderId id, const std::string& notice, const Faults& faults,
                    int status = 200) {
    const auto secret = secret_of(in, desk, id);
    const auto view = in.read();
    const auto order = orders::get(view, id);
    const auto visit = visit_in(in, desk.pages, *order.language);
    auto values = frame(view, visit, "");
    values.update(pay_values(desk, view, order, secret, in.now()));
    values["head_title"] = values.at("title");
    const bool is_own = own_order_of(in) == id;
    values["order_url"] = is_own ? visit.root + orders::order_path(view.vault(), id).substr(1) : std::string();
    const auto path = orders::payment_path(view.vault(), order);
    values["code_url"] = payments::transfer_code(view, orders::balance_of(order), reference_of(order))
                             ? path.substr(path.rfind('/') + 1)
                             : "";
    values["key"] = new_form_key();
    values["notice"] = notice;
    for (const auto* field : {"number", "expiry", "cvc"}) {
        const auto found = faults.find(field);
        values[fmt::format("{}_fault", field)] = found == faults.end() ? std::string() : found->second;
    }
    auto answer = form_page(in, desk.pages, visit, "pay.html", values, status);
    if (values.at("is_processing").get<bool>()) {
        answer.headers.emplace_back("Refresh", kLookAgain);
    }
    if (!values.at("stripe").is_null()) {
        answer.headers.emplace_back("Content-Security-Policy", policy_with_stripe(desk.stripe_js));
        answer.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin-allow-popups");
    }
    return answer;
}

Answer show_payment_page(Request& in, BuyersDesk& desk) {
    const auto id = order_to_pay(in);
    if (!in.query_flag("back").value_or(false)) {
        return payment_page(in, desk, id, "", {});
    }
    const auto [holder, payment] = [&] {
        const auto view = in.read();
        return std::pair(orders::get(view, id).access_token_hash, payments::find_by_order(view, id));
    }();
    if (payment) {
        in.act_as_holder(holder);
        try {
            came_back(in, desk.payments, payment->id);
        } catch (const Refusal&) {
            // A decline, or an order that was closed meanwhile: the page shows how it stands.
        }
    }
    return api::see_other(page_of(in.read(), id));
}

Answer show_transfer_code(Request& in, BuyersDesk&) {
    const auto view = in.read();
    const auto order = orders::get(view, order_at(orders::order_of_payment(view, in.path_text("link"))));
    const auto text = order.status == orders::Status::pending
                          ? payments::transfer_code(view, orders::balance_of(order), reference_of(order))
                          : std::nullopt;
    if (!text) {
        throw not_found("code");
    }
    return Answer{.text = std::make_shared<const std::string>(payments::qr_image(*text)), .content_type = kCodeType}
        .header("Cache-Control", "no-store");
}

/// A card's month and year of "12/30", "12 / 2030" or "1230".
std::pair<std::optional<int>, std::optional<int>> expiry_of(std::string_view typed) {
    std::string digits;
    std::copy_if(typed.begin(), typed.end(), std::back_inserter(digits), is_digit);
    if (digits.size() == 3 || digits.size() == 5) {
        digits.insert(0, 1, '0');  // "1/30"
    }
    if (digits.size() != 4 && digits.size() != 6) {
        return {};
    }
    const int month = std::stoi(digits.substr(0, 2));
    const int year = std::stoi(digits.substr(2));
    return {month, digits.size() == 4 ? 2000 + year : year};
}

payments::PaymentMethod method_of(const Form& form) {
    const auto& method = form.value("method");
    if (method == "bank_transfer") {
        return payments::ByBankTransfer{};
    }
    if (method == "cash_on_delivery") {
        return payments::ByCashOnDelivery{};
    }
    payments::ByCard card;
    if (method == payments::Sandbox::kRedirect || method == payments::Sandbox::kDebit) {
        card.token = method;
        return card;
    }
    if (form.has("confirmation_token")) {
        card.token = form.value("confirmation_token");
        return card;
    }
    card.number = form.value("number");
    std::tie(card.exp_month, card.exp_year) = expiry_of(form.value("expiry"));
    card.cvc = form.value("cvc");
    return card;
}

/// What the card's check refuses, by the form's fields.
Faults faults_of(const Refusal& refusal, const Language& words) {
    Faults faults;
    for (const auto& fault : refusal.faults()) {
        const auto place = std::string_view(fault.pointer).substr(fault.pointer.rfind('/') + 1);
        const std::string field(place.starts_with("exp_") ? "expiry" : place);
        faults[field] = words.text(fmt::format("pay_fault.{}", field == "number" || field == "expiry" ? field : "cvc"));
    }
    return faults;
}

/// Where the customer goes after a form was taken: to the bank if it is on this server, as the sandbox's is, else to the
/// page again, which leads there. A form may not lead to another server (form-action).
std::string next_step(const Request& in, OrderId id) {
    const auto payment = payments::find_by_order(in.read(), id);
    const bool confirms = payment && payment->action_url;
    return confirms && payment->action_url->starts_with('/') ? *payment->action_url : page_of(in.read(), id);
}

/// What the page showed when its button was pressed, so that nobody pays another sum than they saw.
Money shown_total(const Form& form, const orders::Order& order) {
    const auto shown = form.has("amount") ? parse_integer(form.value("amount")) : std::nullopt;
    return shown ? Money{*shown} : orders::balance_of(order);
}

void pay_order(Request& in, BuyersDesk& desk, const orders::Order& order, const Form& form) {
    if (order.totals.total.minor == 0) {
        in.store().writer().run([&](storage::Transaction& tx) {
            payments::begin_manual(tx, orders::get_for(tx, order.id, in.caller()), "bank_transfer", std::nullopt,
                                   in.actor(), in.now());
        });
        return;
    }
    static_cast<void>(
        pay(in, desk.payments,
            {.order_id = order.id,
             .method = method_of(form),
             .amount = shown_total(form, order),
             .return_url = desk.pages.url() + orders::payment_path(in.store().vault(), order) + "?back=true"}));
}

Answer pay_on_page(Request& in, BuyersDesk& desk) {
    require_own_site(in, desk.pages.url());
    const auto id = order_to_pay(in);
    const auto form = Form::parse(in.raw_body());
    const auto order = orders::get(in.read(), id);
    if (!has_token(in, form)) {
        return payment_page(in, desk, id, visit_in(in, desk.pages, *order.language).language->text("form.again"), {},
                            403);
    }
    in.act_as_holder(order.access_token_hash);
    take_form_key(in, form);
    try {
        pay_order(in, desk, order, form);
    } catch (const Refusal& refusal) {
        const auto& words = *visit_in(in, desk.pages, *order.language).language;
        if (refusal.code() == payments::kAmountMismatch.code()) {
            return payment_page(in, desk, id, words.text("pay.total_changed"), {}, 409);
        }
        if (!refusal.faults().empty()) {
            return payment_page(in, desk, id, words.text("pay_fault.notice"), faults_of(refusal, words), 422);
        }
        if (refusal.code() == payments::kTooManyDeclines.code()) {
            return payment_page(in, desk, id, words.text("pay.too_many_declines"), {}, 429);
        }
        if (refusal.status() >= 500 || refusal.status() == 429) {
            throw;
        }
        // A decline, or what came in between: the page shows how it stands now.
    }
    return api::see_other(next_step(in, id));
}

}  // namespace

}  // namespace orderd::storefront

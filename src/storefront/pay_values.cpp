#include "storefront/pay_values.h"

#include <fmt/format.h>

#include "base/errors.h"
#include "base/text.h"
#include "notify/values.h"
#include "payments/choosing.h"
#include "payments/sandbox.h"
#include "payments/stripe.h"
#include "payments/stripe_amounts.h"
#include "payments/transfer_code.h"
#include "storage/settings.h"

namespace orderd::storefront {

namespace {

using payments::AttemptOutcome;

/// "4242 4242 4242 4242"
std::string grouped_digits(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        text += i > 0 && i % 4 == 0 ? " " : "";
        text += digits[i];
    }
    return text;
}

Json test_cards(const Language& words) {
    auto cards = Json::array();
    for (const auto& [number, behaviour] : payments::Sandbox::shown_cards()) {
        cards.push_back(
            {{"number", grouped_digits(number)}, {"what", words.text(fmt::format("test_card.{}", behaviour))}});
    }
    return cards;
}

/// Whether Stripe charges such a sum.
bool can_charge(const storage::View& view, const orders::Order& order) {
    try {
        payments::require_chargeable(payments::Stripe::kName, settings::currency(view), orders::balance_of(order),
                                     *order.language);
        return true;
    } catch (const Refusal&) {
        return false;
    }
}

/// What Stripe.js is told of a charge, and of the page. The amount is for the ways to pay that it offers: what is charged,
/// the server says.
Json stripe_values(const BuyersDesk& desk, const storage::View& view, const orders::Order& order,
                   const std::string& secret) {
    const auto currency = settings::currency(view);
    return {{"script", desk.stripe_js},
            {"key", payments::read_publishable_key(view)},
            {"amount", payments::to_stripe(orders::balance_of(order), currency)},
            {"currency", folded(currency)},
            {"capture", desk.payments.capture_at_once ? "automatic" : "manual"},
            {"language", order.language->code()},
            {"secret", secret}};
}

/// The ways to pay that can be chosen now.
Json methods_of(const BuyersDesk& desk, const storage::View& view, const orders::Order& order, PayState state,
                const std::optional<payments::Payment>& payment) {
    const bool can_choose = state == PayState::payable || state == PayState::waits;
    const auto* gateway = can_choose || state == PayState::to_confirm ? card_gateway(desk.payments, view) : nullptr;
    const bool takes_numbers = gateway != nullptr && gateway->is_shown_cards();
    const bool is_stripe = gateway != nullptr && gateway->name() == payments::Stripe::kName;
    const bool is_sandbox = gateway != nullptr && gateway->name() == payments::Sandbox::kName;
    const auto offers = [&](const char* method) {
        const bool is_chosen = state == PayState::waits && payment && payment->method == method;
        return can_choose && !is_chosen && can_pay_by(desk.payments, view, method);
    };
    const bool is_free = order.totals.total.minor == 0;
    return {{"card", takes_numbers && !is_free},
            {"stripe", is_stripe && !is_free && can_charge(view, order)},
            {"sandbox", is_sandbox && !is_free},
            {"test_cards", is_sandbox ? test_cards(*order.language) : Json::array()},
            {"bank_transfer", offers("bank_transfer") && !is_free},
            {"cash_on_delivery", offers("cash_on_delivery") && !is_free},
            {"free", can_choose && is_free}};
}

bool any_of(const Json& methods) {
    for (const auto* name : {"card", "stripe", "bank_transfer", "cash_on_delivery", "free"}) {
        if (methods.at(name).get<bool>()) {
            return true;
        }
    }
    return false;
}

}  // namespace

PayState pay_state(const storage::View& view, const orders::Order& order,
                   const std::optional<payments::Payment>& payment, Time now) {
    if (order.status == orders::Status::cancelled || order.status == orders::Status::expired) {
        return PayState::closed;
    }
    const bool owes_rest = payment && payment->balance().minor > 0 && orders::is_open(order.status);
    if (!owes_rest && (order.status != orders::Status::pending || (payment && payment->is_taken()))) {
        return PayState::paid;
    }
    if (payment && (owes_rest || !payment->is_manual())) {
        const auto attempt = payments::last_attempt(view, payment->id);
        if (attempt && attempt->outcome == AttemptOutcome::open) {
            return attempt->gateway_reference ? PayState::takes_days : PayState::processing;
        }
        if (attempt && attempt->outcome == AttemptOutcome::requires_action) {
            return PayState::to_confirm;
        }
    }
    if (owes_rest) {
        return PayState::payable;
    }
    if (order.expires_at && *order.expires_at <= now) {
        return PayState::closed;
    }
    const bool waits = payment && payment->is_manual() && payment->status == payments::Status::processing;
    return waits ? PayState::waits : PayState::payable;
}

std::optional<ByScript> confirmed_by_script(const storage::View& view, OrderId order) {
    const auto payment = payments::find_by_order(view, order);
    const auto attempt = payment ? payments::last_attempt(view, payment->id) : std::nullopt;
    if (!attempt || attempt->outcome != AttemptOutcome::requires_action || payment->action_url ||
        !attempt->gateway_reference) {
        return std::nullopt;
    }
    return ByScript{.gateway = attempt->gateway, .reference = *attempt->gateway_reference};
}

std::string policy_with_stripe(std::string_view script) {
    const auto host = script.find("://");
    const std::string origin(script.substr(0, script.find('/', host == std::string_view::npos ? 0 : host + 3)));
    const bool is_stripes = origin == "https://js.stripe.com";
    const auto scripts = is_stripes ? origin + " https://*.js.stripe.com" : origin;
    return fmt::format(
        "default-src 'none'; script-src 'self' {}; style-src 'self'; img-src 'self' data: {}; font-src 'self'; "
        "connect-src 'self' {}; frame-src {}; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
        scripts, is_stripes ? "https://*.stripe.com" : origin, is_stripes ? "https://api.stripe.com" : origin,
        is_stripes ? scripts + " https://hooks.stripe.com" : origin);
}

namespace {

/// How it stands, and what can be done about it now.
Json state_values(const orders::Order& order, PayState state, const std::optional<payments::Payment>& payment,
                  const std::string& secret) {
    const bool confirms = state == PayState::to_confirm;
    const bool at_sandbox = state == PayState::takes_days && payment->gateway == payments::Sandbox::kName;
    return {{"is_payable", state == PayState::payable || state == PayState::waits || confirms},
            {"waits", state == PayState::waits},
            {"is_processing", state == PayState::processing},
            {"takes_days", state == PayState::takes_days},
            {"is_paid", state == PayState::paid},
            {"is_closed", state == PayState::closed},
            {"is_over", state == PayState::closed && order.status == orders::Status::pending},
            {"money_back", state == PayState::closed && payment && payment->captured.minor > 0},
            {"confirms", confirms},
            {"confirm_url", confirms ? payment->action_url.value_or("") : ""},
            {"confirm_by_script", confirms && !secret.empty()},
            {"decides_at_sandbox", at_sandbox}};
}

}  // namespace

Json pay_values(const BuyersDesk& desk, const storage::View& view, const orders::Order& order,
                const std::string& secret, Time now) {
    auto values = notify::order_values(view, order, desk.pages.url(), desk.simulated);
    for (const auto* name : {"customer_name", "address", "documents", "receipt_url", "tracking_page_url"}) {
        values.erase(name);
    }
    const auto payment = payments::find_by_order(view, order.id);
    const auto state = pay_state(view, order, payment, now);
    auto methods = methods_of(desk, view, order, state, payment);
    values.update(state_values(order, state, payment, secret));
    if (order.balance.minor > 0) {  // it was edited after it was paid: what is paid here is the rest
        values["total"] = values.at("owed");
    }
    const bool is_payable = values.at("is_payable").get<bool>();
    const bool needs_stripe = methods.at("stripe").get<bool>() || !secret.empty();
    values.update({{"title", order.language->say("pay.title", {{"order_number", std::to_string(number(order.id))}})},
                   {"amount", orders::balance_of(order).minor},
                   {"stripe", needs_stripe ? stripe_values(desk, view, order, secret) : Json(nullptr)},
                   {"no_methods", is_payable && state != PayState::waits && !any_of(methods)}});
    if (values.at("decides_at_sandbox").get<bool>()) {
        values["decide_url"] = std::string(payments::Sandbox::kPage) +
                               payments::last_attempt(view, payment->id)->gateway_reference.value_or("");
    }
    const bool other_way = state == PayState::waits || state == PayState::to_confirm;
    values["other_way"] = other_way && any_of(methods);
    values["methods"] = std::move(methods);
    return values;
}

}  // namespace orderd::storefront

#include "payments/choosing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "payments/payment.h"
#include "payments/sandbox.h"
#include "payments/stripe.h"
#include "storage/settings.h"

namespace orderd::payments {

namespace {

using api::Shape;

constexpr auto kNotice = "This shop simulates its card payments: no money moves. Use the test cards.";

bool is_offered(const Methods& methods, std::string_view method) {
    return method == "card"            ? methods.card
           : method == "bank_transfer" ? methods.bank_transfer
                                       : method == "cash_on_delivery" && methods.cash_on_delivery;
}

bool knows_where_to_transfer(const storage::View& view) { return !trimmed(read_bank_details(view)).empty(); }

/// The customer's browser sends the card to Stripe with the publishable key: without it, cards cannot be
/// used.
bool can_take_cards(const Gateway& gateway, const storage::View& view) {
    return gateway.is_ready(view) &&
           (gateway.name() != Stripe::kName || !read_publishable_key(view).get<std::string>().empty());
}

}  // namespace

Methods read_methods(const storage::View& view) {
    const auto set = settings::read(view, "payment_methods");
    return set ? Methods{.card = set->at("card").get<bool>(),
                         .bank_transfer = set->at("bank_transfer").get<bool>(),
                         .cash_on_delivery = set->at("cash_on_delivery").get<bool>()}
               : Methods{};
}

Json to_json(const Methods& methods) {
    return {{"card", methods.card},
            {"bank_transfer", methods.bank_transfer},
            {"cash_on_delivery", methods.cash_on_delivery}};
}

Shape methods_shape() {
    return Shape::object({{"card", Shape::boolean()},
                          {"bank_transfer", Shape::boolean()},
                          {"cash_on_delivery", Shape::boolean()}})
        .named("OfferedWays")
        .described("which ways to pay are offered; cards also need a gateway, and bank transfers bank_details");
}

std::string read_bank_details(const storage::View& view) {
    const auto json = settings::read(view, "bank_details");
    return json ? json->get<std::string>() : std::string();
}

Shape bank_details_shape() {
    return Shape::lines(0, 500).described(
        "where customers transfer to: stands in the mail about an order that is paid by bank transfer, and on its "
        "receipt page; bank transfers are not offered while this is empty");
}

Json read_card_gateway(const storage::View& view) { return settings::read(view, "card_gateway").value_or(nullptr); }

Shape card_gateway_shape() {
    return Shape::one_of({Stripe::kName, Sandbox::kName})
        .nullable()
        .described("which gateway takes cards; null: stripe if both its keys are set, else the sandbox if it is on");
}

Json read_publishable_key(const storage::View& view) {
    return settings::read(view, "stripe_publishable_key").value_or("");
}

Shape publishable_key_shape() {
    return Shape::text(0, 255)
        .described("pk_…: what the shop's pages give to Stripe.js; no secret")
        .example("pk_live_51");
}

void check_publishable_key(const Json& value, std::vector<Fault>& faults) {
    const auto& key = value.get_ref<const std::string&>();
    if (!key.empty() && !key.starts_with("pk_")) {  // shown to everyone: a secret key must not get here
        faults.push_back({"/stripe_publishable_key", "begins with pk_; the secret key goes into stripe_secret_key"});
    }
}

Gateway* card_gateway(const Desk& desk, const storage::View& view) {
    if (!read_methods(view).card) {
        return nullptr;
    }
    const auto chosen = read_card_gateway(view);
    for (const auto name : {Stripe::kName, Sandbox::kName}) {
        auto* gateway = desk.gateways.find(name);
        if (gateway != nullptr && (chosen.is_null() || chosen == name) && can_take_cards(*gateway, view)) {
            return gateway;
        }
    }
    return nullptr;
}

Gateway& require_card_gateway(const Desk& desk, const storage::View& view) {
    auto* gateway = card_gateway(desk, view);
    if (gateway == nullptr) {
        throw Refusal(
            kGatewayNotConfigured,
            "this shop takes no cards: no payment gateway is set up; GET /payment-methods says what it takes");
    }
    return *gateway;
}

void require_offered(const storage::View& view, std::string_view method) {
    if (!is_offered(read_methods(view), method)) {
        throw Refusal(kMethodNotOffered,
                      fmt::format("this shop does not take {}; GET /payment-methods says what it takes", method))
            .at({{"/method/type", "is not offered by this shop"}});
    }
    if (method == "bank_transfer" && !knows_where_to_transfer(view)) {
        throw Refusal(kMethodNotOffered,
                      "this shop takes no bank_transfer yet: its settings have no bank_details, which say where to "
                      "transfer to")
            .at({{"/method/type", "is not offered while the shop has no bank details"}});
    }
}

bool can_pay_by(const Desk& desk, const storage::View& view, std::string_view method) {
    if (method == "card") {
        return card_gateway(desk, view) != nullptr;
    }
    return is_offered(read_methods(view), method) && (method != "bank_transfer" || knows_where_to_transfer(view));
}

Json describe_methods(const Desk& desk, const storage::View& view) {
    auto offered = Json::array();
    bool simulated = false;
    if (const auto* gateway = card_gateway(desk, view)) {
        simulated = gateway->name() == Sandbox::kName;
        const auto key =
            gateway->name() == Stripe::kName ? read_publishable_key(view).get<std::string>() : std::string();
        offered.push_back({{"type", "card"},
                           {"gateway", gateway->name()},
                           {"takes", gateway->is_shown_cards() ? "number" : "token"},
                           {"publishable_key", key.empty() ? Json(nullptr) : Json(key)}});
    }
    for (const auto* method : {"bank_transfer", "cash_on_delivery"}) {
        if (can_pay_by(desk, view, method)) {
            offered.push_back(
                {{"type", method}, {"gateway", kManual}, {"takes", "nothing"}, {"publishable_key", nullptr}});
        }
    }
    return {{"methods", std::move(offered)},
            {"currency", desk.currency.code()},
            {"simulated", simulated},
            {"notice", simulated ? Json(kNotice) : Json(nullptr)}};
}

const Shape& offered_methods_shape() {
    static const auto method =
        Shape::object(
            {
                {"type", Shape::one_of({"card", "bank_transfer", "cash_on_delivery"})},
                {"gateway", Shape::text(1, 40)},
                {"takes",
                 Shape::one_of({"number", "token", "nothing"}).described("what POST /payments wants beside the type")},
                {"publishable_key", Shape::text(1, 255).nullable().described("for Stripe.js")},
            })
            .named("OfferedMethod");
    static const auto shape =
        Shape::object(
            {
                {"methods", Shape::list(method, 0, 10)},
                {"currency", Shape::currency()},
                {"simulated", Shape::boolean().described("card payments move no money")},
                {"notice", Shape::text(1, 500).nullable().described("to be shown prominently; null: nothing to show")},
            })
            .named("PaymentMethods");
    return shape;
}

}  // namespace orderd::payments

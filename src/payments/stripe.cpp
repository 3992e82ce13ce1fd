#include "payments/stripe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "base/errors.h"
#include "base/log.h"
#include "base/text.h"
#include "payments/declines.h"
#include "payments/stripe_amounts.h"
#include "storage/store.h"

namespace orderd::payments {

namespace {

/// Shorter than the 24 hours for which Stripe keeps a key.
constexpr Duration kKeyHolds = hours(20);
constexpr Duration kClocksDiffer = minutes(10);
constexpr int kMostPages = 50;
constexpr const char* kIntents = "/v1/payment_intents";

std::int64_t integer(const Json& object, const char* name) {
    const auto& value = member_or_null(object, name);
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

/// The code of a decline: the bank's reason if there is one.
std::string failure_code(const std::string& code, const std::string& decline_code) {
    return decline_code.empty() || decline_code == "generic_decline" ? code : decline_code;
}

bool is_id(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// Only ids of Stripe's may go into paths.
std::string path_of(std::string_view reference) {
    if (!is_id(reference)) {
        throw GatewayRefused("no_such_charge", "this is not a Stripe id");
    }
    return fmt::format("{}/{}", kIntents, reference);
}

[[noreturn]] void as_trouble(const StripeError& error) {
    if (error.status() == 401 || error.status() == 403) {
        log::error("Stripe refuses the shop's key", {{"status", error.status()}, {"code", error.code()}});
    }
    throw GatewayTrouble(error.what());
}

const std::string& name_of(const StripeError& error) { return error.code().empty() ? error.type() : error.code(); }

/// Throws GatewayTrouble if the request may succeed later, else GatewayRefused.
[[noreturn]] void as_no_success(const StripeError& error) {
    if (error.is_trouble()) {
        as_trouble(error);
    }
    throw GatewayRefused(name_of(error), error.what());
}

/// Whether the request may have taken effect all the same. A 5xx says nothing about what was done, and Stripe
/// repeats it for the key. An idempotency error means that the key was used for an earlier, different
/// request.
bool may_have_happened(const StripeError& error) {
    return error.status() >= 500 || error.type() == "idempotency_error";
}

/// What the Payment Element makes of any way to pay that the shop's account has
/// (https://docs.stripe.com/api/confirmation_tokens). It confirms one PaymentIntent.
bool is_confirmation_token(std::string_view token) { return token.starts_with("ctoken_") && token.size() > 7; }

/// How a charge is paid: by a confirmation token, in any way that the account offers; or by a card.
outgoing::Fields way_to_pay(const std::string& instrument) {
    if (is_confirmation_token(instrument)) {
        return {{"confirmation_token", instrument}, {"automatic_payment_methods[enabled]", "true"}};
    }
    return {{"payment_method", instrument}, {"payment_method_types[0]", "card"}};
}

bool is_about_state(const StripeError& error) { return error.code() == "payment_intent_unexpected_state"; }

}  // namespace

Stripe::Stripe(outgoing::Client& outgoing, storage::Store& store, const Clock& clock, settings::Currency& currency,
               std::shared_ptr<const settings::Secret> secret, StripeApi::Options options)
    : api_(outgoing, std::move(options)),
      store_(store),
      clock_(clock),
      currency_(currency),
      secret_(std::move(secret)) {}

bool Stripe::is_ready(const storage::View& view) const { return secret_->is_set(view); }

std::string Stripe::key() const {
    auto value = secret_->value(store_.read());
    if (!value) {
        throw GatewayTrouble("Stripe's secret key is not set");
    }
    return std::move(*value);
}

Instrument Stripe::tokenize(const Card&) { throw std::logic_error("Stripe is not shown cards"); }

Instrument Stripe::from_token(std::string_view token) {
    const bool is_known = (token.starts_with("pm_") && token.size() > 3) || is_confirmation_token(token);
    if (!is_known || !is_id(token)) {
        throw invalid(
            "/method/token",
            "is neither a confirmation token nor a payment method of Stripe's: ctoken_… or pm_…, as Stripe.js "
            "makes them in the browser");
    }
    return {.token = std::string(token), .brand = {}, .last4 = {}};
}

Outcome Stripe::charge(const Charge& charge) {
    if (clock_.now() - charge.begun > kKeyHolds) {
        return find_old(charge);
    }
    outgoing::Fields form{
        {"amount", fmt::format("{}", to_stripe(charge.amount, charge.currency))},
        {"currency", folded(charge.currency)},
        {"confirm", "true"},
        {"capture_method", charge.capture ? "automatic" : "manual"},
        {"return_url", charge.return_url},
        {"description", fmt::format("Order {}", number(charge.order))},
        {fmt::format("metadata[{}]", kAttemptTag), charge.key},
        {"metadata[order_id]", fmt::format("{}", number(charge.order))},
        {"metadata[payment_id]", fmt::format("{}", number(charge.payment))},
        {fmt::format("metadata[{}]", kShopTag), charge.shop},
        {"expand[0]", "latest_charge"},
    };
    const auto way = way_to_pay(charge.instrument);
    form.insert(form.end(), way.begin(), way.end());
    try {
        return outcome_of(api_.post(key(), kIntents, form, charge.key));
    } catch (const StripeError& error) {
        if (error.status() == 402) {
            auto outcome = outcome_of(error.intent());
            outcome.state = Outcome::State::declined;
            outcome.failure_code = failure_code(error.code(), error.decline_code());
            return outcome;
        }
        if (may_have_happened(error)) {
            if (auto found = find(charge)) {
                return *found;
            }
            as_trouble(error);
        }
        if (error.is_trouble()) {
            as_trouble(error);
        }
        log::warning("Stripe refuses a charge",
                     {{"payment", number(charge.payment)}, {"status", error.status()}, {"code", error.code()}});
        return {.state = Outcome::State::declined, .failure_code = refused_code(name_of(error))};
    }
}

std::optional<Json> Stripe::find_intent(const Charge& charge) const {
    outgoing::Fields query{{"created[gte]", fmt::format("{}", (charge.begun - kClocksDiffer).ms / 1000)},
                           {"created[lte]", fmt::format("{}", (charge.begun + kKeyHolds + kClocksDiffer).ms / 1000)},
                           {"limit", "100"},
                           {"expand[0]", "data.latest_charge"}};
    const auto secret = key();
    for (int page = 0; page < kMostPages; ++page) {
        const auto list = api_.get(secret, kIntents, query);
        const auto& intents = member_or_null(list, "data");
        for (const auto& intent : intents) {
            if (text_member(member_or_null(intent, "metadata"), kAttemptTag) == charge.key) {
                return intent;
            }
        }
        if (member_or_null(list, "has_more") != true || intents.empty()) {
            return std::nullopt;
        }
        std::erase_if(query, [](const auto& field) { return field.first == "starting_after"; });
        query.emplace_back("starting_after", text_member(intents.back(), "id"));
    }
    throw GatewayTrouble("Stripe has more payments for that day than orderd searches");
}

std::optional<Outcome> Stripe::find(const Charge& charge) {
    try {
        const auto intent = find_intent(charge);
        return intent ? std::optional(outcome_of(*intent)) : std::nullopt;
    } catch (const StripeError& error) {
        as_trouble(error);
    }
}

/// The outcome of a charge whose key Stripe may have forgotten: it exists already, or it is not made.
Outcome Stripe::find_old(const Charge& charge) {
    std::optional<Json> found;
    try {
        found = find_intent(charge);
    } catch (const StripeError& error) {
        as_trouble(error);
    }
    if (!found) {
        return {.state = Outcome::State::voided, .failure_code = "never_reached"};
    }
    const auto outcome = outcome_of(*found);
    // A debit that its bank decides in days is `processing`, and goes on.
    return text_member(*found, "status") == "requires_confirmation" ? cancel(outcome.reference) : outcome;
}

Outcome Stripe::outcome_of(const Json& intent) const {
    using State = Outcome::State;
    Outcome outcome{.reference = text_member(intent, "id"),
                    .key = text_member(member_or_null(intent, "metadata"), kAttemptTag)};
    const auto& details = member_or_null(member_or_null(intent, "latest_charge"), "payment_method_details");
    const auto& card = member_or_null(details, "card");
    outcome.brand = card.is_null() ? text_member(details, "type") : text_member(card, "brand");
    outcome.last4 = text_member(card, "last4");
    const auto status = text_member(intent, "status");
    if (status == "succeeded") {
        outcome.state = State::succeeded;
        outcome.captured = from_stripe(integer(intent, "amount_received"), currency_.code());
    } else if (status == "requires_capture") {
        outcome.state = State::authorized;
    } else if (status == "requires_action") {
        outcome.state = State::requires_action;
        outcome.action_url =
            text_member(member_or_null(member_or_null(intent, "next_action"), "redirect_to_url"), "url");
    } else if (status == "canceled") {
        outcome.state = State::voided;
    } else if (status == "requires_payment_method") {
        const auto& error = member_or_null(intent, "last_payment_error");
        outcome.state = State::declined;
        outcome.failure_code = failure_code(text_member(error, "code"), text_member(error, "decline_code"));
    }
    return outcome;  // requires_confirmation and processing: not decided yet
}

Outcome Stripe::look_up(std::string_view reference) const {
    return outcome_of(api_.get(key(), path_of(reference), {{"expand[0]", "latest_charge"}}));
}

std::string Stripe::client_secret(std::string_view reference) {
    try {
        return text_member(api_.get(key(), path_of(reference), {}), "client_secret");
    } catch (const StripeError& error) {
        as_trouble(error);
    }
}

Report Stripe::report(std::string_view reference) {
    try {
        Report report{.charge = look_up(reference)};
        if (report.charge.state == Outcome::State::succeeded) {
            report.refunds = refunds_of(reference);
            report.disputes = disputes_of(reference);
        }
        return report;
    } catch (const StripeError& error) {
        as_trouble(error);
    }
}

void Stripe::each_since(const char* path, Time since, const std::function<void(const Json&)>& use) const {
    outgoing::Fields query{{"created[gte]", fmt::format("{}", since.ms / 1000)}, {"limit", "100"}};
    if (path == std::string_view(kIntents)) {
        query.emplace_back("expand[0]", "data.latest_charge");
    }
    const auto secret = key();
    while (true) {
        const auto list = api_.get(secret, path, query);
        const auto& rows = member_or_null(list, "data");
        for (const auto& row : rows) {
            use(row);
        }
        const auto& more = member_or_null(list, "has_more");
        if (!more.is_boolean() || !more.get<bool>() || rows.empty()) {
            return;
        }
        std::erase_if(query, [](const auto& field) { return field.first == "starting_after"; });
        query.emplace_back("starting_after", text_member(rows.back(), "id"));
    }
}

ChargeSeen Stripe::charge_seen(const Json& intent) const {
    const auto& metadata = member_or_null(intent, "metadata");
    return {.outcome = outcome_of(intent),
            .order = OrderId{parse_integer(text_member(metadata, "order_id")).value_or(0)},
            .shop = text_member(metadata, kShopTag),
            .amount = from_stripe(integer(intent, "amount"), currency_.code()),
            .at = {integer(intent, "created") * 1000}};
}

std::vector<ChargeSeen> Stripe::touched_since(Time since) {
    std::vector<ChargeSeen> all;
    std::set<std::string> seen;
    try {
        each_since(kIntents, since, [&](const Json& intent) {
            if (seen.insert(text_member(intent, "id")).second) {
                all.push_back(charge_seen(intent));
            }
        });
        for (const auto* path : {"/v1/refunds", "/v1/disputes"}) {
            each_since(path, since, [&](const Json& row) {
                const auto intent = text_member(row, "payment_intent");
                if (!intent.empty() && seen.insert(intent).second) {
                    all.push_back({.outcome = {.reference = intent}});
                }
            });
        }
        return all;
    } catch (const StripeError& error) {
        as_trouble(error);
    }
}

// Capturing or cancelling twice is the same as once, so these go without an Idempotency-Key: with one, Stripe
// would repeat a failure for a day, though the payment has moved on.

Outcome Stripe::capture(std::string_view reference, Money amount) {
    try {
        return outcome_of(api_.post(key(), path_of(reference) + "/capture",
                                    {{"amount_to_capture", fmt::format("{}", to_stripe(amount, currency_.code()))},
                                     {"expand[0]", "latest_charge"}},
                                    {}));
    } catch (const StripeError& error) {
        if (!error.is_trouble() && is_about_state(error)) {
            if (auto outcome = report(reference).charge; outcome.state == Outcome::State::succeeded) {
                return outcome;
            }
        }
        as_no_success(error);
    }
}

Outcome Stripe::cancel(std::string_view reference) {
    try {
        return outcome_of(api_.post(key(), path_of(reference) + "/cancel", {{"expand[0]", "latest_charge"}}, {}));
    } catch (const StripeError& error) {
        if (!error.is_trouble() && is_about_state(error)) {
            return report(reference).charge;
        }
        as_no_success(error);
    }
}

RefundSeen Stripe::refund(const RefundOrder& order) {
    try {
        if (clock_.now() - order.begun > kKeyHolds) {
            if (auto made = find_refund(order)) {
                return std::move(*made);
            }
        }
        outgoing::Fields wanted{{"payment_intent", order.reference},
                                {fmt::format("metadata[{}]", kRefundTag), order.key}};
        if (order.amount) {
            wanted.emplace_back("amount", fmt::format("{}", to_stripe(*order.amount, order.currency)));
        }
        return refund_seen(api_.post(key(), "/v1/refunds", wanted, order.key));
    } catch (const StripeError& error) {
        if (may_have_happened(error)) {
            if (auto made = find_refund(order)) {
                return std::move(*made);
            }
            as_trouble(error);
        }
        as_no_success(error);
    }
}

std::optional<RefundSeen> Stripe::find_refund(const RefundOrder& order) const {
    for (auto& made : refunds_of(order.reference)) {
        if (made.key == order.key) {
            return std::move(made);
        }
    }
    return std::nullopt;
}

RefundSeen Stripe::refund_seen(const Json& refund) const {
    const auto status = text_member(refund, "status");
    return {.reference = text_member(refund, "id"),
            .key = text_member(member_or_null(refund, "metadata"), kRefundTag),
            .amount = from_stripe(integer(refund, "amount"), currency_.code()),
            .state = status == "succeeded"                        ? RefundSeen::State::succeeded
                     : status == "failed" || status == "canceled" ? RefundSeen::State::failed
                                                                  : RefundSeen::State::pending,
            .failure_code = text_member(refund, "failure_reason")};
}

std::vector<RefundSeen> Stripe::refunds_of(std::string_view reference) const {
    std::vector<RefundSeen> refunds;
    const auto list = api_.get(key(), "/v1/refunds", {{"payment_intent", std::string(reference)}, {"limit", "100"}});
    for (const auto& refund : member_or_null(list, "data")) {
        refunds.push_back(refund_seen(refund));
    }
    std::reverse(refunds.begin(), refunds.end());  // oldest first
    return refunds;
}

std::vector<DisputeSeen> Stripe::disputes_of(std::string_view reference) const {
    std::vector<DisputeSeen> disputes;
    const auto list = api_.get(key(), "/v1/disputes", {{"payment_intent", std::string(reference)}, {"limit", "100"}});
    for (const auto& dispute : member_or_null(list, "data")) {
        const auto status = text_member(dispute, "status");
        if (status.starts_with("warning_") || status == "prevented") {
            continue;  // an inquiry by the bank; no money has moved
        }
        const auto due = integer(member_or_null(dispute, "evidence_details"), "due_by");
        disputes.push_back({.reference = text_member(dispute, "id"),
                            .amount = from_stripe(integer(dispute, "amount"), currency_.code()),
                            .reason = text_member(dispute, "reason"),
                            .status = status == "won"    ? DisputeStatus::won
                                      : status == "lost" ? DisputeStatus::lost
                                                         : DisputeStatus::open,
                            .respond_by = due > 0 ? std::optional(Time{due * 1000}) : std::nullopt});
    }
    return disputes;
}

}  // namespace orderd::payments

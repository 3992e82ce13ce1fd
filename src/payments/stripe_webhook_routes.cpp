#include "payments/stripe_webhook_routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/errors.h"
#include "base/hmac.h"
#include "base/text.h"
#include "payments/charge_jobs.h"
#include "payments/stripe.h"

namespace orderd::payments {

namespace {

using api::Answer;
using api::Request;
using api::Shape;

constexpr Duration kTolerance = minutes(5);

constexpr auto kTakeEvent = R"sql(
    INSERT INTO gateway_event (gateway, event_id, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
)sql";
constexpr auto kRemoveEvents = R"sql(
    DELETE FROM gateway_event WHERE (gateway, event_id) IN
        (SELECT gateway, event_id FROM gateway_event WHERE at < ?1 LIMIT ?2)
)sql";

/// The PaymentIntent that an event is about; empty if it is about none.
std::string intent_of(const Json& object) {
    return text_member(object, "object") == "payment_intent" ? text_member(object, "id")
                                                             : text_member(object, "payment_intent");
}

/// Our attempt, by Stripe's id, or by our key if the event came before our own commit.
std::optional<AttemptId> attempt_about(const storage::View& view, const Json& object, const std::string& intent) {
    if (const auto attempt = find_attempt(view, Stripe::kName, intent)) {
        return attempt->id;
    }
    const auto metadata = object.find("metadata");
    const auto key = metadata == object.end() ? "" : text_member(*metadata, Stripe::kAttemptTag);
    const auto attempt = key.empty() ? std::nullopt : find_attempt_by_key(view, Stripe::kName, key);
    return attempt ? std::optional(attempt->id) : std::nullopt;
}

bool is_of_payments(std::string_view type) {
    constexpr std::array<std::string_view, 3> kPrefixes{"payment_intent.", "charge.", "refund."};
    return type != "payment_intent.created" &&
           std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](auto prefix) { return type.starts_with(prefix); });
}

/// The parsed header Stripe-Signature; views into it.
struct Signature {
    std::string_view time;  ///< seconds, as text
    std::vector<std::string_view> values;
};

Signature read_signature(std::string_view header) {
    Signature read;
    while (!header.empty()) {
        const auto comma = std::min(header.find(','), header.size());
        const auto piece = trimmed(header.substr(0, comma));
        if (piece.starts_with("t=")) {
            read.time = piece.substr(2);
        } else if (piece.starts_with("v1=")) {
            read.values.push_back(piece.substr(3));
        }
        header.remove_prefix(std::min(comma + 1, header.size()));
    }
    return read;
}

bool is_lately(const Signature& signature, Time now) {
    constexpr std::int64_t kLastSecond = 1'000'000'000'000;
    const auto seconds = parse_integer(signature.time);
    if (!seconds || *seconds > kLastSecond) {
        return false;
    }
    const auto off = now.ms - *seconds * 1000;
    return off <= kTolerance.ms && -off <= kTolerance.ms;
}

std::string secret_of(Request& in, const settings::Secret& secret) {
    auto value = secret.value(in.read());
    if (!value) {
        throw not_found("webhook: Stripe's signing secret is not set");
    }
    return std::move(*value);
}

Refusal bad_signature() {
    return {kBadSignature, "the body is not signed by Stripe with this shop's secret, or not recently"};
}

/// A request without a signature may not send a body.
void check_before_body(Request& in, const settings::Secret& secret) {
    secret_of(in, secret);
    const auto header = in.header("stripe-signature");
    const auto signature = read_signature(header);
    if (signature.values.empty() || !is_lately(signature, in.now())) {
        throw bad_signature();
    }
}

Answer take(Request& in, const settings::Secret& secret) {
    const auto value = secret_of(in, secret);
    const auto& body = in.raw_body();
    if (!is_signed_by_stripe(body, in.header("stripe-signature"), value, in.now())) {
        throw bad_signature();
    }
    const auto event = parse_json(body);
    const auto id = text_member(event, "id");
    const auto data = event.is_object() ? event.value("data", Json::object()) : Json::object();
    const auto object = data.is_object() ? data.value("object", Json::object()) : Json::object();
    const auto intent = intent_of(object);
    if (!id.empty() && !intent.empty() && is_of_payments(text_member(event, "type"))) {
        in.store().writer().run([&](storage::Transaction& tx) {
            const auto attempt = attempt_about(tx, object, intent);
            // Events of payments that are not ours are not stored: a Stripe account may serve other shops
            // too.
            if (attempt && tx.run(kTakeEvent, Stripe::kName, id, in.now()) == 1) {
                ask_to_look_up(tx, *attempt, intent, in.now());
            }
        });
    }
    return api::ok({{"received", true}});
}

}  // namespace

bool is_signed_by_stripe(std::string_view body, std::string_view header, std::string_view secret, Time now) {
    const auto signature = read_signature(header);
    const auto right = to_hex(hmac_sha256(secret, fmt::format("{}.{}", signature.time, body)));
    bool matches = false;
    for (const auto value : signature.values) {
        matches = equal_in_constant_time(value, right) || matches;
    }
    return matches && is_lately(signature, now);
}

void add_stripe_webhook(api::RouteTable& routes, const std::shared_ptr<const settings::Secret>& secret) {
    routes.add({.method = "POST",
                .path = "/webhooks/stripe",
                .name = "webhooks.fromStripe",
                .who = api::Who::anyone,
                .summary = "Receive Stripe's events",
                .tag = "Payments",
                .raw_body = "application/json",
                .answers = {{200, Shape::object({{"received", Shape::boolean()}}).named("WebhookTaken")}},
                .refuses = {kBadSignature, kNotFound, kMalformedJson, kJsonTooDeep, kJsonTooLarge, kDuplicateMember},
                .before_body = [secret](Request& in) { check_before_body(in, *secret); }},
               [secret](Request& in) { return take(in, *secret); });
}

storage::Pruned remove_old_gateway_events(storage::Transaction& tx, const storage::Slice& slice) {
    return storage::Pruned::again_if(tx.run(kRemoveEvents, slice.before, slice.most));
}

}  // namespace orderd::payments

#include "base/errors.h"
#include "base/hmac.h"
#include "fulfillment/easypost.h"
#include "fulfillment/easypost_json.h"
#include "fulfillment/routes.h"
#include "fulfillment/tracking_updates.h"

namespace orderd::fulfillment {

namespace {

using api::Answer;
using api::Request;

Answer hear_easypost(Request& in, Desk& desk);
void check_before_body(Request& in, Desk& desk);

}  // namespace

void add_easypost_routes(api::RouteTable& routes, Desk& desk) {
    const auto add = api::rows_of(routes, "Fulfillment", desk);
    add({.method = "POST",
         .path = "/webhooks/easypost",
         .name = "webhooks.fromEasypost",
         .who = api::Who::anyone,
         .summary = "Receive EasyPost's events about parcels; signed (X-Hmac-Signature)",
         .raw_body = "application/json",
         .answers = {{204, std::nullopt}},
         .refuses = {kBadSignature, kNotFound},
         .before_body = [&desk](Request& in) { check_before_body(in, desk); }},
        hear_easypost);
}

namespace {

std::string secret_of(Desk& desk) {
    auto secret = desk.easypost_webhook_secret();
    if (!secret) {
        throw not_found("webhook: EasyPost's secret is not set");
    }
    return std::move(*secret);
}

Refusal bad_signature() { return {kBadSignature, "the header X-Hmac-Signature does not fit the body"}; }

/// A request without a signature may not send a body.
void check_before_body(Request& in, Desk& desk) {
    secret_of(desk);
    if (in.header("X-Hmac-Signature").empty()) {
        throw bad_signature();
    }
}

/// Parses the body; null if it is not JSON, or is larger than any that EasyPost sends.
Json parsed(std::string_view body) {
    try {
        return parse_json(body);
    } catch (const Refusal&) {
        return nullptr;
    }
}

/// A signed event that does not concern this shop is accepted too: EasyPost resends refused ones.
Answer hear_easypost(Request& in, Desk& desk) {
    const auto secret = secret_of(desk);
    if (!signed_by_easypost(in.raw_body(), in.header("X-Hmac-Signature"), secret)) {
        throw bad_signature();
    }
    const auto event = parsed(in.raw_body());
    if (!event.is_object() || !event.contains("result") || !event.at("result").is_object()) {
        return api::no_content();
    }
    const auto& tracker = event.at("result");
    if (!text_member(event, "description").starts_with("tracker.")) {
        return api::no_content();
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto shipment = find_tracked(tx, EasyPost::kName, text_member(tracker, "shipment_id"),
                                           text_member(tracker, "tracking_code"));
        if (shipment) {
            take_news(tx, *shipment, tracker_events(tracker), EasyPost::kName, in.now());
        }
        return api::no_content();
    });
}

}  // namespace

}  // namespace orderd::fulfillment

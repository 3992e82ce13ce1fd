#include "fulfillment/easypost.h"
#include "fulfillment/following.h"
#include "fulfillment/routes.h"

namespace orderd::fulfillment {

namespace {

using http::Answer;
using http::Request;

Answer hear_easypost(Request& in, Desk& desk);

}  // namespace

void add_easypost_routes(http::RouteTable& routes, Desk& desk) {
    const auto add = http::rows_of(routes, "Fulfillment", desk);
    add({.method = "POST",
         .path = "/webhooks/easypost",
         .who = http::Who::anyone,
         .summary = "What EasyPost tells of parcels; signed (X-Hmac-Signature)",
         .raw_body = "application/json",
         .answers = {{204, std::nullopt}}},
        hear_easypost);
}

namespace {

/// What is signed and of no concern here is taken all the same: EasyPost sends again what is refused.
Answer hear_easypost(Request& in, Desk& desk) {
    const auto secret = desk.easypost_webhook_secret();
    if (!secret || !signed_by_easypost(in.raw_body(), in.header("X-Hmac-Signature"), *secret)) {
        throw Refusal(Reason::malformed, "bad_signature", "the header X-Hmac-Signature does not fit the body");
    }
    const auto event = Json::parse(in.raw_body(), nullptr, false);
    if (!event.is_object() || !event.contains("result") || !event["result"].is_object()) {
        return http::no_content();
    }
    const auto& tracker = event["result"];
    if (!text_member(event, "description").starts_with("tracker.")) {
        return http::no_content();
    }
    return in.mutate([&](storage::Transaction& tx) {
        const auto shipment = find_tracked(tx, EasyPost::kName, text_member(tracker, "shipment_id"),
                                           text_member(tracker, "tracking_code"));
        if (shipment) {
            take_news(tx, *shipment, tracker_events(tracker), EasyPost::kName, in.now());
        }
        return http::no_content();
    });
}

}  // namespace

}  // namespace orderd::fulfillment

#include "api/openapi_webhooks.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace orderd::api {
namespace {

Json webhook_header(std::string_view name, std::string_view description, std::string_view pattern) {
    return {{"name", name},
            {"in", "header"},
            {"required", true},
            {"description", description},
            {"schema", {{"type", "string"}, {"pattern", pattern}}}};
}

/// The envelope, with what is so for this kind.
Json event_schema(const EventKind& kind, const Json& envelope, Json& schemas) {
    const Json data{
        {"type", "object"},
        {"properties",
         {{"subject", {{"type", "string"}, {"const", kind.subject}}}, {"body", kind.body.schema(schemas)}}}};
    const Json own{{"type", "object"},
                   {"properties", {{"type", {{"type", "string"}, {"const", kind.name}}}, {"data", data}}}};
    return {{"allOf", Json::array({envelope, own})}};
}

Json answers_of_receivers() {
    return {{"2XX", {{"description", "Taken. The delivery is done."}}},
            {"410", {{"description", "Gone. The webhook is disabled, and nothing more is sent to it."}}},
            {"default",
             {{"description",
               "Not taken, whatever the status; a redirect is not followed. The delivery is tried again "
               "over about three days."}}}};
}

Json webhook_of(const EventKind& kind, const Json& envelope, Json& schemas) {
    auto parameters = Json::array();
    for (const auto* header : {"WebhookId", "WebhookTimestamp", "WebhookSignature"}) {
        parameters.push_back({{"$ref", fmt::format("#/components/parameters/{}", header)}});
    }
    return {{"operationId", fmt::format("event.{}", kind.name)},
            {"summary", kind.name},
            {"description", kind.meaning},
            {"tags", Json::array({"Webhooks"})},
            {"security", Json::array()},
            {"parameters", std::move(parameters)},
            {"requestBody",
             {{"required", true},
              {"content", {{"application/json", {{"schema", event_schema(kind, envelope, schemas)}}}}}}},
            {"responses", answers_of_receivers()}};
}

}  // namespace

Json webhooks_of(const SentEvents& events, Json& schemas) {
    const auto envelope = events.envelope.schema(schemas);
    auto webhooks = Json::object();
    for (const auto& kind : events.kinds) {
        webhooks[std::string(kind.name)]["post"] = webhook_of(kind, envelope, schemas);
    }
    return webhooks;
}

Json webhook_parameters() {
    return {
        {"WebhookId", webhook_header("webhook-id",
                                     "The event's id: the same however often it is sent. A receiver that has seen it "
                                     "answers 2xx and does nothing.",
                                     "^[^.]+$")},
        {"WebhookTimestamp",
         webhook_header("webhook-timestamp",
                        "When this try was sent, in seconds since 1970. Refuse one that is more than five minutes off.",
                        "^[0-9]+$")},
        {"WebhookSignature",
         webhook_header("webhook-signature",
                        "v1, and the HMAC-SHA256 of id, timestamp and body with dots between, in base64. For a day "
                        "after the secret was rotated there are two, with a space between: one has to fit.",
                        "^v1,[A-Za-z0-9+/=]+( v1,[A-Za-z0-9+/=]+)*$")}};
}

}  // namespace orderd::api

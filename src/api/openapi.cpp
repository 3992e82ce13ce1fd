#include "api/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <utility>

#include "api/admission.h"
#include "api/answer_headers.h"
#include "api/openapi_webhooks.h"
#include "api/operation_words.h"
#include "api/problem.h"
#include "api/refusals.h"
#include "api/router.h"
#include "api/scope.h"
#include "api/tag_words.h"
#include "base/version.h"
#include "wire/session_cookie.h"

namespace orderd::api {
namespace {

Json reference(std::string_view kind, std::string_view name) {
    return {{"$ref", fmt::format("#/components/{}/{}", kind, name)}};
}

/// @param status  of the problems that the schema describes
/// @returns "OrdersPlace409" for the operation "orders.place"
std::string problem_schema_name(const Route& route, int status) {
    std::string name;
    bool upper = true;
    for (const char c : route.name) {
        if (c != '.') {
            name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        }
        upper = c == '.';
    }
    return fmt::format("{}{}", name, status);
}

Json parameters_of(const Route& route, Json& schemas) {
    auto parameters = Json::array();
    for (const auto& name : names_in(route.path)) {
        const bool is_number = name == "id" || name.ends_with("_id");
        parameters.push_back(
            {{"name", name},
             {"in", "path"},
             {"required", true},
             {"schema", is_number ? Shape::id().schema(schemas) : Json{{"type", "string"}, {"minLength", 1}}}});
    }
    for (const auto& parameter : query_parameters(route)) {
        auto schema = parameter.shape.schema(schemas);
        Json described = {{"name", parameter.name}, {"in", "query"}, {"description", parameter.description}};
        if (parameter.repeated) {
            schema = {{"type", "array"}, {"items", std::move(schema)}};
            described["style"] = "form";
            described["explode"] = false;
        }
        described["schema"] = std::move(schema);
        parameters.push_back(std::move(described));
    }
    if (route.idempotent) {
        parameters.push_back(reference("parameters", "IdempotencyKey"));
    }
    if (route.if_match) {
        parameters.push_back(reference("parameters", "IfMatch"));
    }
    if (is_conditional(route)) {
        parameters.push_back(reference("parameters", "IfNoneMatch"));
    }
    for (const auto& outcome : route.answers) {
        if (outcome.content_type == "text/event-stream") {
            parameters.push_back(reference("parameters", "LastEventId"));
        }
    }
    return parameters;
}

Json answer_of(const Route& route, const Outcome& outcome, Json& schemas) {
    Json answer = {{"description", title_of(outcome.status)}, {"headers", headers_of_success(route, outcome)}};
    if (outcome.shape) {
        answer["content"][outcome.content_type] = {{"schema", outcome.shape->schema(schemas)},
                                                   {"example", sample_of(*outcome.shape)}};
    } else if (outcome.content_type != "application/json") {
        answer["content"][outcome.content_type] = {{"schema", {{"type", "string"}}}};
    }
    return answer;
}

Json body_of(const Route& route, Json& schemas) {
    if (!route.body) {
        Json content = Json::object();
        for (const auto type : media_types_of(route.raw_body)) {
            content[std::string(type)] = {{"schema", {{"type", "string"}}}};
        }
        return {{"required", true}, {"content", std::move(content)}};
    }
    return {{"required", true},
            {"content",
             {{"application/json", {{"schema", route.body->schema(schemas)}, {"example", sample_of(*route.body)}}}}}};
}

Json security_of(Who who) {
    const Json bearer = {{"bearer", Json::array()}};
    const Json cookie = {{"cookie", Json::array()}, {"csrf", Json::array()}};
    return who == Who::anyone ? Json::array({Json::object(), bearer, cookie}) : Json::array({bearer, cookie});
}

/// The problem responses of all operations, each with its possible codes. Responses that follow only from
/// rows' properties are the same for many operations, and shared.
class Problems {
public:
    /// The response of this route alone. Adds the schema that it refers to.
    static Json own_answer(const Route& route, int status, Json& schemas) {
        return response(status, problem_schema_name(route, status), codes_of(route, status), headers_of_all(route),
                        schemas);
    }

    /// The response for a status, which routes may share. Adds the schema that it refers to.
    Json answer(const Route& route, int status, Json& schemas) {
        const auto codes = codes_of(route, status);
        bool shared = true;
        for (const auto& own : route.refuses) {
            shared = shared && own.status() != status;
        }
        if (!shared) {
            return own_answer(route, status, schemas);
        }
        auto& known = names_[status];
        const auto headers = headers_of_all(route);
        const auto [found, is_new] = known.emplace(std::pair(codes, headers), "");
        if (is_new) {
            found->second =
                fmt::format("Problem{}{}", status, known.size() == 1 ? "" : fmt::format("Variant{}", known.size()));
            shared_[found->second] = response(status, found->second, codes, headers, schemas);
        }
        return reference("responses", found->second);
    }

    Json take_shared() { return std::move(shared_); }

private:
    static std::set<std::string_view> codes_of(const Route& route, int status) {
        std::set<std::string_view> codes;
        for (const auto& refused : refusals_of(route)) {
            if (refused.status() == status) {
                codes.insert(refused.code());
            }
        }
        return codes;
    }

    static Json response(int status, const std::string& schema, const std::set<std::string_view>& codes,
                         const Json& headers, Json& schemas) {
        schemas[schema] = {
            {"allOf",
             Json::array({reference("schemas", "Problem"),
                          {{"type", "object"}, {"properties", {{"code", {{"type", "string"}, {"enum", codes}}}}}}})}};
        Json answer = {{"description", title_of(status)},
                       {"headers", headers},
                       {"content", {{"application/problem+json", {{"schema", reference("schemas", schema)}}}}}};
        if (status == 429 || status == 503) {
            answer["headers"]["Retry-After"] = reference("headers", "RetryAfter");
        }
        if (status == 401) {
            answer["headers"]["WWW-Authenticate"] = reference("headers", "WwwAuthenticate");
        }
        return answer;
    }

    std::map<int, std::map<std::pair<std::set<std::string_view>, Json>, std::string>> names_;
    Json shared_ = Json::object();
};

/// @param words  what the operation does; empty: nobody wrote it down
std::string description_of(const Route& route, std::string_view words) {
    return fmt::format("{}{}For {}.", words, words.empty() ? "" : "\n\n", who_in_words(route.who));
}

Json operation_of(const Route& route, std::string_view words, Json& schemas, Problems& problems) {
    Json operation = {{"summary", route.summary},
                      {"description", description_of(route, words)},
                      {"tags", Json::array({route.tag})},
                      {"security", security_of(route.who)},
                      {"x-who", to_text(route.who)}};
    if (!route.name.empty()) {
        operation["operationId"] = route.name;
    }
    if (route.who != Who::anyone) {
        operation["x-scope"] = scope_of(route);
    }
    if (auto parameters = parameters_of(route, schemas); !parameters.empty()) {
        operation["parameters"] = std::move(parameters);
    }
    if (route.body || !route.raw_body.empty()) {
        operation["requestBody"] = body_of(route, schemas);
    }
    auto& answers = operation["responses"] = Json::object();
    for (const auto& outcome : route.answers) {
        auto& place = answers[std::to_string(outcome.status)];
        auto answer = answer_of(route, outcome, schemas);
        if (place.is_null()) {
            place = std::move(answer);
        } else if (answer.contains("content")) {  // the same status in another media type
            place.at("content").update(answer.at("content"));
        }
    }
    if (is_conditional(route)) {
        answers["304"] = reference("responses", "NotModified");
    }
    for (const int status : problem_statuses(route)) {
        auto& place = answers[std::to_string(status)];
        if (place.is_null()) {
            place = problems.answer(route, status, schemas);
        } else {  // also told as a page
            place.at("content").update(Problems::own_answer(route, status, schemas).at("content"));
        }
    }
    return operation;
}

Json header_parameter(std::string_view name, std::string_view description, Json schema) {
    return {{"name", name}, {"in", "header"}, {"description", description}, {"schema", std::move(schema)}};
}

Json header(std::string_view description) { return {{"description", description}, {"schema", {{"type", "string"}}}}; }

Json components_of(Json schemas, Json responses) {
    responses["NotModified"] = {
        {"description", "What the client has, by If-None-Match, is still so."},
        {"headers", {{"X-Request-Id", reference("headers", "RequestId")}, {"ETag", reference("headers", "ETag")}}}};
    const Json text = {{"type", "string"}};
    Json components = {
        {"schemas", std::move(schemas)},
        {"responses", std::move(responses)},
        {"parameters",
         {{"IdempotencyKey",
           header_parameter(
               "Idempotency-Key",
               "A key of the client's own for this request. The same key and body get the first answer again, for "
               "24 hours, without what is shown only once; the same key with another body is 422; one that is still "
               "under way is 409. Without credentials take a random key, such as a UUID of version 4 or 7: any other "
               "counts for your network address and User-Agent alone.",
               {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}})},
          {"IfMatch",
           header_parameter("If-Match",
                            "The ETag that was read. Another version meanwhile is 412. Needed when the caller is "
                            "known by cookie (428).",
                            text)},
          {"LastEventId",
           header_parameter(
               "Last-Event-ID",
               "The id of the last event that was read, <log>-<sequence>, as browsers' EventSource sends it: "
               "the stream goes on after it. An event `reset` comes first if it cannot.",
               text)},
          {"IfNoneMatch", header_parameter("If-None-Match", "The ETag that is known. If it is still so: 304.", text)}}},
        {"headers",
         {{"RequestId", header("The request's id: the client's own X-Request-Id, or one that was made.")},
          {"ETag", header("The version, for If-Match and If-None-Match.")},
          {"Location", header("Where it is.")},
          {"Link", header("The next page, rel=\"next\" (RFC 8288); not there on the last one.")},
          {"ContentDisposition", header("The name of the file, under which a browser saves it.")},
          {"SetCookie", header("For browsers: a session or a form's token, a language, a basket.")},
          {"IdempotentReplayed", header("true, on an answer that is given again for its Idempotency-Key.")},
          {"RetryAfter", header("Seconds after which to try again.")},
          {"RateLimitPolicy",
           header("q: how many such requests may come at once from an address; w: after how many seconds as many may "
                  "come again (draft-ietf-httpapi-ratelimit-headers).")},
          {"RateLimit", header("r: how many may still come at once; t: after how many seconds all may.")},
          {"WwwAuthenticate",
           header("Bearer; with error=\"invalid_token\" where a token was sent that is not good.")}}},
        {"securitySchemes",
         {{"bearer",
           {{"type", "http"},
            {"scheme", "bearer"},
            {"description", "The access_token of a sign-in, an API key, or an order's own access_token."}}},
          {"cookie",
           {{"type", "apiKey"},
            {"in", "cookie"},
            {"name", wire::kSessionCookie},
            {"description", "The dashboard's session; over TLS it is named __Host-orderd_session."}}},
          {"csrf",
           {{"type", "apiKey"},
            {"in", "header"},
            {"name", wire::kCsrfHeader},
            {"description", "The session's csrf_token, beside the cookie on everything that changes something."}}}}}};
    components.at("parameters").update(webhook_parameters());
    return components;
}

}  // namespace

std::vector<int> problem_statuses(const Route& route) {
    std::set<int> statuses;
    for (const auto& refused : refusals_of(route)) {
        statuses.insert(refused.status());
    }
    return {statuses.begin(), statuses.end()};
}

std::string who_in_words(Who who) {
    switch (who) {
        case Who::anyone: return "anyone";
        case Who::customer: return "a signed-in customer";
        case Who::holder: return "the order's holder (its access_token, or the customer whose it is), or an admin";
        case Who::holder_or_staff:
            return "the order's holder (its access_token, or the customer whose it is), or an admin from staff up";
        case Who::signed_in: return "anyone who is signed in";
        case Who::viewer: return "admins from viewer up";
        case Who::staff: return "admins from staff up";
        case Who::owner: return "owners";
    }
    return "owners";
}

Json openapi_document(const RouteTable& table, const SentEvents& events) {
    Json schemas = Json::object();
    problem_shape().schema(schemas);
    Json paths = Json::object();
    Json tags = Json::array();
    std::set<std::string> known_tags;
    Problems problems;
    const auto words = operation_words();
    for (const auto& row : table.rows()) {
        std::string method;
        for (const char c : row.route.method) {
            method += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
        const auto found = words.find(row.route.name);
        paths[row.route.path][method] =
            operation_of(row.route, found == words.end() ? std::string_view() : found->second, schemas, problems);
        if (known_tags.insert(row.route.tag).second) {
            tags.push_back({{"name", row.route.tag}, {"description", words_for_tag(row.route.tag)}});
        }
    }
    auto webhooks = webhooks_of(events, schemas);
    return {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "orderd"},
          {"version", version()},
          {"summary", "The order desk of a small shop."},
          {"description",
           "Money is an integer count of minor units of the shop's currency (1999 is 19.99 EUR). Times are RFC 3339, "
           "in UTC. Errors are problem documents (RFC 9457) with a stable code. Lists are read page by page with "
           "limit and cursor."},
          {"contact", {{"name", "Whoever runs this shop"}}},
          {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
        {"servers", Json::array({{{"url", "/"}}})},
        {"tags", std::move(tags)},
        {"paths", std::move(paths)},
        {"webhooks", std::move(webhooks)},
        {"components", components_of(std::move(schemas), problems.take_shared())}};
}

}  // namespace orderd::api

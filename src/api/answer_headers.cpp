#include "api/answer_headers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "api/shape_node.h"

namespace orderd::api {
namespace {

/// They begin or end a session, which a browser keeps as a cookie.
constexpr auto kSetCookies = std::to_array<std::string_view>({"auth.signIn", "auth.signOut", "setup.claim"});

/// JSON that a browser saves as a file.
constexpr auto kSavedAsFiles = std::to_array<std::string_view>({"customers.export"});

/// Forms whose key is a field of theirs.
constexpr auto kKeyedForms = std::to_array<std::string_view>({"shop.placeByForm"});

Json header_component(std::string_view name) { return {{"$ref", fmt::format("#/components/headers/{}", name)}}; }

template <std::size_t count>
bool is_among(const std::array<std::string_view, count>& names, const Route& route) {
    return std::find(names.begin(), names.end(), route.name) != names.end();
}

/// A stream is sent as it is read: nobody knows its hash before its end.
bool is_streamed(const Outcome& outcome) {
    return outcome.content_type == "text/csv" || outcome.content_type == "text/event-stream";
}

bool is_file(const Route& route, const Outcome& outcome) {
    const std::string_view type = outcome.content_type;
    return type.starts_with("text/csv") || type == "application/pdf" || type == "application/zpl" ||
           is_among(kSavedAsFiles, route);
}

/// Whether its version is in the body, and so in its entity tag, too.
bool is_versioned(const Outcome& outcome) {
    if (!outcome.shape) {
        return false;
    }
    const auto& members = outcome.shape->node().members;
    return std::any_of(members.begin(), members.end(), [](const auto& member) { return member.name == "version"; });
}

}  // namespace

bool has_etag(const Route& route, const Outcome& outcome) {
    if (outcome.status == 204 || outcome.status == 303 || is_streamed(outcome)) {
        return false;
    }
    return route.method == "GET" || route.if_match || outcome.status == 201 || is_versioned(outcome);
}

bool is_conditional(const Route& route) {
    return route.method == "GET" && std::any_of(route.answers.begin(), route.answers.end(),
                                                [&](const Outcome& outcome) { return has_etag(route, outcome); });
}

Json headers_of_all(const Route& route) {
    Json headers = {{"X-Request-Id", header_component("RequestId")}};
    if (route.limited) {
        headers["RateLimit-Policy"] = header_component("RateLimitPolicy");
        headers["RateLimit"] = header_component("RateLimit");
    }
    if (route.page) {
        headers["Set-Cookie"] = header_component("SetCookie");
    }
    return headers;
}

Json headers_of_success(const Route& route, const Outcome& outcome) {
    auto headers = headers_of_all(route);
    if (has_etag(route, outcome)) {
        headers["ETag"] = header_component("ETag");
    }
    if (outcome.status == 201 || outcome.status == 202 || outcome.status == 303) {
        headers["Location"] = header_component("Location");
    }
    if (route.paged) {
        headers["Link"] = header_component("Link");
    }
    if (route.idempotent || is_among(kKeyedForms, route)) {
        headers["Idempotent-Replayed"] = header_component("IdempotentReplayed");
    }
    if (is_file(route, outcome)) {
        headers["Content-Disposition"] = header_component("ContentDisposition");
    }
    if (is_among(kSetCookies, route)) {
        headers["Set-Cookie"] = header_component("SetCookie");
    }
    return headers;
}

}  // namespace orderd::api

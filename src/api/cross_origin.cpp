#include "api/cross_origin.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/errors.h"
#include "storage/settings.h"

namespace orderd::api {

namespace {

constexpr std::size_t kMostOrigins = 20;
constexpr std::size_t kLongestOrigin = 255;

// What a page may send and read beside what every page may (Fetch, sections 2.2.2 and 3.3.3).
constexpr auto kMaySend = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id";
constexpr auto kMayRead =
    "ETag, Idempotent-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";
constexpr auto kKeptFor = "600";  ///< seconds: a change of the setting reaches every browser within ten minutes

bool is_host_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-._[]:").find(c) != std::string_view::npos;
}

/// What is wrong with an origin, for a person; empty: nothing.
std::string origin_fault(std::string_view origin) {
    const auto* const form = "is not an origin, which is written as in https://www.example.com";
    if (origin == "*" || origin == "null") {
        return "would let anybody's pages in; name each origin";
    }
    const bool secure = origin.starts_with("https://");
    if (!secure && !origin.starts_with("http://")) {
        return form;
    }
    const auto host = origin.substr(origin.find("//") + 2);
    if (host.find('/') != std::string_view::npos) {
        return "has a path; an origin ends with its host, or with its port";
    }
    if (std::any_of(host.begin(), host.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
        return "has large letters; browsers send it in small ones";
    }
    if (host.ends_with(secure ? ":443" : ":80")) {
        return "has the port that goes without saying, which browsers do not send; leave it out";
    }
    if (host.empty() || host.front() == ':' || host.back() == ':' ||
        !std::all_of(host.begin(), host.end(), is_host_letter)) {
        return form;
    }
    return "";
}

bool names(const std::vector<std::string>& origins, std::string_view origin) {
    return std::find(origins.begin(), origins.end(), origin) != origins.end();
}

}  // namespace

Shape allowed_origins_shape() {
    return Shape::list(Shape::text(1, kLongestOrigin), 0, kMostOrigins)
        .described(
            "whose pages may call the public routes from a browser, without cookies (CORS): origins as browsers send them")
        .example(Json::array({"https://www.example.com"}));
}

Json allowed_origins_json(const storage::View& view) {
    return settings::read(view, kAllowedOrigins).value_or(Json::array());
}

void check_allowed_origins(const Json& value, std::vector<Fault>& faults) {
    std::size_t at = 0;
    for (const auto& origin : value) {
        const auto pointer = fmt::format("/{}/{}", kAllowedOrigins, at++);
        if (auto fault = origin_fault(origin.get_ref<const std::string&>()); !fault.empty()) {
            faults.push_back({pointer, std::move(fault)});
        }
    }
}

bool is_for_other_origins(const Route& route) {
    const bool for_customers = route.who == Who::anyone || route.who == Who::customer || route.who == Who::holder ||
                               route.who == Who::holder_or_staff;
    return for_customers && !route.path.starts_with("/auth/");
}

CrossOrigin::CrossOrigin(storage::Store& store)
    : origins_(store,
               [](const storage::View& view) { return allowed_origins_json(view).get<std::vector<std::string>>(); },
               {}) {}

void CrossOrigin::allow(Answer& answer, std::string_view origin) {
    const auto origins = origins_.get();
    if (!origins->empty()) {
        answer.headers.emplace_back("Vary", "Origin");
    }
    if (names(*origins, origin)) {
        answer.headers.emplace_back("Access-Control-Allow-Origin", origin);
        answer.headers.emplace_back("Access-Control-Expose-Headers", kMayRead);
    }
}

void CrossOrigin::allow_preflight(Answer& answer, std::string_view origin, std::string_view method) {
    answer.headers.emplace_back("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    if (names(*origins_.get(), origin)) {
        answer.headers.emplace_back("Access-Control-Allow-Origin", origin);
        answer.headers.emplace_back("Access-Control-Allow-Methods", method);
        answer.headers.emplace_back("Access-Control-Allow-Headers", kMaySend);
        answer.headers.emplace_back("Access-Control-Max-Age", kKeptFor);
    }
}

}  // namespace orderd::api

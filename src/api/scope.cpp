#include "api/scope.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/refusals.h"
#include "base/errors.h"
#include "base/text.h"

namespace orderd::api {

namespace {

constexpr std::string_view kRead = ":read";
constexpr std::string_view kWrite = ":write";

/// "Users and keys" is the area "users".
std::string area_of(const Route& route) { return folded(route.tag.substr(0, route.tag.find(' '))); }

bool has(const std::vector<std::string>& scopes, std::string_view scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

const std::vector<std::string>& scopes() {
    static const auto all = [] {
        std::vector<std::string> made;
        for (const std::string area :
             {"orders", "products", "inventory", "payments", "documents", "fulfillment", "customers", "users",
              "settings", "webhooks", "stats", "search", "events", "jobs", "audit", "service"}) {
            made.push_back(area + std::string(kRead));
            made.push_back(area + std::string(kWrite));
        }
        return made;
    }();
    return all;
}

std::string scope_of(const Route& route) {
    return area_of(route) + std::string(route.method == "GET" ? kRead : kWrite);
}

void check_scope(const Route& route, const Caller& caller) {
    if (caller.kind != Caller::Kind::api_key || caller.scopes.empty() || route.who == Who::anyone) {
        return;
    }
    const auto needed = scope_of(route);
    if (!has(caller.scopes, needed) && !has(caller.scopes, area_of(route) + std::string(kWrite))) {
        throw Refusal(kOutOfScope,
                      fmt::format("this API key is for {}; this needs {}", fmt::join(caller.scopes, ", "), needed))
            .with("scope", needed);
    }
}

}  // namespace orderd::api

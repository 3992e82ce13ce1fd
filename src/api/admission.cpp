#include "api/admission.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/conditional.h"
#include "api/refusals.h"
#include "api/shape_node.h"
#include "base/text.h"
#include "wire/session_cookie.h"

namespace orderd::api {
namespace {

constexpr std::size_t kMaxToken = 512;

const std::vector<QueryParameter>& paging_parameters() {
    static const std::vector<QueryParameter> parameters{
        {.name = "limit", .shape = Shape::integer(1, 200), .description = "how many at most; 50 without it"},
        {.name = "cursor",
         .shape = Shape::text(1, 2048),
         .description = "where to go on: next_cursor of the page before"},
    };
    return parameters;
}

/// Converts a query value to the JSON type that its shape expects. A value that is not a number stays text,
/// so that the shape refuses it.
Json typed(const Shape& shape, const std::string& text) {
    using Kind = Shape::Node::Kind;
    if (shape.node().kind == Kind::integer) {
        const bool negative = text.starts_with('-');
        if (const auto number = parse_integer(std::string_view(text).substr(negative ? 1 : 0))) {
            return negative ? -*number : *number;
        }
    } else if (shape.node().kind == Kind::boolean && (text == "true" || text == "false")) {
        return text == "true";
    }
    return text;
}

void check_parameter(const QueryParameter& parameter, std::string_view value, std::vector<Fault>& faults) {
    const auto pointer = "?" + parameter.name;
    if (!parameter.repeated) {
        return parameter.shape.check(typed(parameter.shape, std::string(value)), pointer, faults);
    }
    for (;;) {
        const auto comma = value.find(',');
        parameter.shape.check(typed(parameter.shape, std::string(value.substr(0, comma))), pointer, faults);
        if (comma == std::string_view::npos) {
            return;
        }
        value.remove_prefix(comma + 1);
    }
}

std::string names_of(const std::vector<QueryParameter>& parameters) {
    std::vector<std::string> names;
    for (const auto& parameter : parameters) {
        names.push_back(parameter.name);
    }
    return names.empty() ? "nothing is" : fmt::format("known are {}", fmt::join(names, ", "));
}

}  // namespace

void authorize(Who who, const Caller& caller) {
    using Kind = Caller::Kind;
    const bool session = caller.kind == Kind::customer || caller.kind == Kind::admin;
    const bool known = session || caller.kind == Kind::api_key;
    const bool capability = caller.kind == Kind::capability;
    const auto allowed = [&] {
        switch (who) {
            case Who::anyone: return true;
            case Who::customer: return caller.kind == Kind::customer;
            case Who::holder: return capability || caller.kind == Kind::customer || caller.is(Role::viewer);
            case Who::holder_or_staff: return capability || caller.kind == Kind::customer || caller.is(Role::staff);
            case Who::signed_in: return session;
            case Who::viewer: return caller.is(Role::viewer);
            case Who::staff: return caller.is(Role::staff);
            case Who::owner: return caller.is(Role::owner);
        }
        return false;
    };
    if (allowed()) {
        return;
    }
    if (!known) {
        throw Refusal(kUnauthenticated, "sign in first, or send a token in Authorization: Bearer");
    }
    throw Refusal(kForbidden, fmt::format("this needs another role than yours: {}", to_text(who)));
}

void check_csrf(const Route& route, const Caller& caller, const wire::Head& head) {
    if (!caller.by_cookie || route.method == "GET") {
        return;
    }
    if (caller.csrf_token.empty() || !equal_in_constant_time(head.header("x-csrf-token"), caller.csrf_token)) {
        throw Refusal(
            kCsrfTokenRequired,
            fmt::format("a change by cookie needs the header {} with the session's csrf_token", wire::kCsrfHeader));
    }
}

void check_media(const Route& route, const wire::Head& head) {
    const std::string wanted = route.body ? "application/json" : route.raw_body;
    if (!wanted.empty() && head.has_body()) {
        const auto types = media_types_of(wanted);
        const auto type = head.header("content-type");
        if (wanted != "*/*" &&
            std::none_of(types.begin(), types.end(), [&](std::string_view one) { return is_media_type(type, one); })) {
            throw Refusal(kUnsupportedMediaType, fmt::format("the body is {} here", fmt::join(types, " or ")));
        }
        const auto coding = head.header("content-encoding");
        if (!coding.empty() && !equal_ignoring_case(coding, "identity")) {
            throw Refusal(kUnsupportedContentEncoding, "the body is not taken compressed");
        }
    }
    const auto accept = head.header("accept");
    if (accept.empty() || route.answers.empty()) {
        return;
    }
    const auto list = head.list_header("accept");
    const bool takes_one = std::any_of(route.answers.begin(), route.answers.end(), [&](const Outcome& outcome) {
        const bool empty = !outcome.shape && outcome.content_type == "application/json";
        return empty || accepts(list, std::string_view(outcome.content_type).substr(0, outcome.content_type.find(';')));
    });
    if (!takes_one) {
        throw Refusal(kNotAcceptable, fmt::format("the answer is {}, which the header Accept does not allow",
                                                  route.answers.front().content_type));
    }
}

void check_query(const Route& route, const std::vector<std::pair<std::string, std::string>>& query,
                 std::vector<Fault>& faults) {
    if (query.empty()) {
        return;
    }
    const auto find = [](const std::vector<QueryParameter>& parameters, const std::string& name) {
        const auto found = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const QueryParameter& parameter) { return parameter.name == name; });
        return found == parameters.end() ? nullptr : &*found;
    };
    for (auto given = query.begin(); given != query.end(); ++given) {
        const auto* parameter = find(route.query, given->first);
        if (parameter == nullptr && route.paged) {
            parameter = find(paging_parameters(), given->first);
        }
        if (parameter == nullptr) {
            faults.push_back({"?" + given->first.substr(0, 64),
                              fmt::format("is not known here; {}", names_of(query_parameters(route)))});
        } else if (std::any_of(query.begin(), given,
                               [&](const auto& before) { return before.first == given->first; })) {
            faults.push_back({"?" + given->first, "is given twice"});
        } else {
            check_parameter(*parameter, given->second, faults);
        }
    }
}

void keep_known(const Route& route, std::vector<std::pair<std::string, std::string>>& query) {
    if (query.empty()) {
        return;
    }
    const auto known = query_parameters(route);
    std::erase_if(query, [&](const auto& given) {
        return given.second.empty() ||
               std::none_of(known.begin(), known.end(), [&](const auto& one) { return one.name == given.first; });
    });
}

std::vector<QueryParameter> query_parameters(const Route& route) {
    auto all = route.query;
    if (route.paged) {
        all.insert(all.end(), paging_parameters().begin(), paging_parameters().end());
    }
    return all;
}

std::string_view bearer_token(const wire::Head& head) {
    const auto value = head.header("authorization");
    if (value.empty()) {
        return {};
    }
    const auto space = value.find(' ');
    const auto token = space == std::string_view::npos ? std::string_view() : trimmed(value.substr(space));
    if (!equal_ignoring_case(value.substr(0, space), "Bearer") || token.empty() || token.size() > kMaxToken) {
        throw Refusal(kUnauthenticated, "the header Authorization is not Bearer and a token");
    }
    return token;
}

}  // namespace orderd::api

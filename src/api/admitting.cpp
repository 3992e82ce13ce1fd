// Server's steps from a request's head to its row, its caller and a place.

#include <fmt/format.h>
#include <sys/socket.h>

#include <cmath>
#include <utility>

#include "api/admission.h"
#include "api/exchange.h"
#include "api/problem.h"
#include "api/refusals.h"
#include "api/response.h"
#include "api/scope.h"
#include "api/server.h"
#include "api/web.h"
#include "base/errors.h"
#include "base/log.h"
#include "wire/session_cookie.h"

namespace orderd::api {
namespace {

using std::chrono::steady_clock;

Answer wrong_method(const wire::Head& head, const Router::Match& match, std::string_view request_id) {
    const auto allowed =
        match.methods == nullptr ? std::string("DELETE, GET, HEAD, OPTIONS, POST, PUT") : Router::allow(match);
    if (head.method() == "OPTIONS") {
        return no_content().header("Allow", allowed);
    }
    const Refusal refusal(kMethodNotAllowed, fmt::format("{} is not allowed here; {} are", head.method(), allowed));
    return problem(refusal, request_id).header("Allow", allowed);
}

/// The fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers): how many requests of this kind may
/// come at once, and within how many seconds as many again; how many are left, and when all are.
void tell_rate(Exchange& exchange, const RateLimiter::Limits& limits, const RateLimiter::Taken& taken) {
    const auto at_once = static_cast<std::int64_t>(limits.at_once);
    const auto window = static_cast<std::int64_t>(std::ceil(limits.at_once * 60.0 / limits.per_minute));
    exchange.rate_policy = fmt::format("\"address\";q={};w={}", at_once, window);
    exchange.rate_left = fmt::format("\"address\";r={};t={}", taken.left, taken.full);
}

}  // namespace

void Server::admit(Exchange& exchange) {
    const auto& head = exchange.head;
    try {
        const auto given_id = head.header("x-request-id");
        exchange.request_id = well_formed_request_id(given_id) ? std::string(given_id) : new_request_id();
        exchange.origin = origin_of(exchange.connection.address(), head.list_header("x-forwarded-for"),
                                    head.header("x-forwarded-proto"), config_.proxies);
        notice_proxy(exchange);
        if (exchange.connection.door() == wire::Door::redirect) {
            exchange.answer = sent_on(head);
            exchange.answered = true;
            return;
        }
        exchange.origin.secure = exchange.origin.secure || exchange.connection.secure();
        auto match = router_.find(head.method(), head.path());
        if (match.row) {
            exchange.row = *match.row;
            return admit_to_row(exchange, match);
        }
        if (match.methods != nullptr || head.path() == "*") {
            exchange.answer = wrong_method(head, match, exchange.request_id);
            answer_preflight(exchange);
        } else if (auto page = web_answer(head, head.list_header("accept-encoding"))) {
            exchange.answer = std::move(*page);
        } else {
            throw not_found("path");
        }
        exchange.answered = true;
    } catch (...) {
        refuse(exchange, std::current_exception());
    }
}

/// A browser asks before a page of another origin sends what a form cannot.
void Server::answer_preflight(Exchange& exchange) {
    const auto& head = exchange.head;
    const auto method = head.header("access-control-request-method");
    const auto origin = head.header("origin");
    if (head.method() != "OPTIONS" || method.empty() || origin.empty()) {
        return;
    }
    const auto wanted = router_.find(method, head.path());
    if (wanted.row && is_for_other_origins(routes_.rows()[*wanted.row].route)) {
        cross_origin_.allow_preflight(exchange.answer, origin, method);
    }
}

/// Redirects to the same URL under https://. Only for hosts of the certificate: whoever makes a client send a
/// request chooses its Host header, and must not be able to redirect the client anywhere else.
Answer Server::sent_on(const wire::Head& head) const {
    const auto host = host_without_port(head.header("host"));
    if (!tls_->is_for(std::string(host))) {
        throw Refusal(kUnknownHost, "this server is not for the request's Host");
    }
    const int port = config_.redirect->https_port == 0 ? port_ : config_.redirect->https_port;
    const auto at = fmt::format("https://{}{}", host_in_url(host), port == 443 ? "" : fmt::format(":{}", port));
    Answer answer{.status = 308};
    const auto query = head.query().empty() ? "" : "?" + std::string(head.query());
    answer.headers.emplace_back("Location", at + (head.path() == "*" ? "/" : std::string(head.path())) + query);
    return answer;
}

void Server::admit_to_row(Exchange& exchange, Router::Match& match) {
    const auto& head = exchange.head;
    const auto& route = routes_.rows()[exchange.row].route;
    limit_rate(exchange);
    auto& parts = exchange.parts.emplace(Request::Parts{.route = route,
                                                        .head = head,
                                                        .store = store_,
                                                        .keys_under_way = keys_under_way_,
                                                        .now = clock_.now(),
                                                        .request_id = exchange.request_id,
                                                        .secure = exchange.origin.secure});
    parts.is_wanted = [this, &connection = exchange.connection] { return !draining() && connection.alive(); };
    if (route.page) {
        parts.caller.address = exchange.origin.address;
    } else {
        parts.caller = caller_of(head, exchange.origin, route.who, parts.now);
    }
    find_place(exchange);
    authorize(route.who, parts.caller);
    check_scope(route, parts.caller);
    check_csrf(route, parts.caller, head);
    check_media(route, head);
    const auto& names = router_.names(exchange.row);
    for (std::size_t i = 0; i < names.size(); ++i) {
        parts.path_values.emplace_back(names[i], std::move(match.values[i]));
    }
    parts.query = wire::parse_query(head.query());
    if (route.page) {
        keep_known(route, parts.query);
    }
    check_query(route, parts.query, exchange.faults);
    if (route.before_body && head.has_body()) {
        Request without_body(parts);
        route.before_body(without_body);
    }
}

void Server::limit_rate(Exchange& exchange) {
    const auto& route = routes_.rows()[exchange.row].route;
    if (!route.limited || !exchange.origin.counted()) {
        return;
    }
    const auto now = steady_clock::now();
    const auto taken = rate_.take(exchange.origin.counted_as(), now);
    tell_rate(exchange, rate_.limits(), taken);
    const auto seconds = taken.wait > 0 ? taken.wait : site_rate_.take(exchange.origin.site(), now).wait;
    if (seconds > 0) {
        exchange.is_over_rate = true;
        throw Refusal(kTooManyRequests,
                      fmt::format("too many requests came from your address; try again in {} s", seconds))
            .retry_after(seconds);
    }
}

/// Reports once that all clients behind a proxy on this machine count as one address: the shop's owner should
/// not learn it from customers who are refused.
void Server::notice_proxy(const Exchange& exchange) {
    if (!exchange.origin.unconfigured_proxy || proxy_noticed_.exchange(true)) {
        return;
    }
    log::warning(
        "a proxy on this machine sends X-Forwarded-For and is not in trusted-proxy: all its clients count as one "
        "address",
        {{"peer", exchange.connection.address()}});
    try {
        if (tell_of_proxy_) {
            tell_of_proxy_();
        }
    } catch (const std::exception& error) {  // a full disk must not fail this request
        log::error("the proxy could not be noted for `orderd doctor`", {{"error", error.what()}});
    }
}

/// Takes a place for a request with valid credentials that only now turns out to be a stranger's. It can no
/// longer wait.
void Server::find_place(Exchange& exchange) {
    if (!exchange.connection.framing().has_credentials || !exchange.parts->caller.is_stranger()) {
        return;
    }
    workers_.take_place(exchange.place);
    if (!exchange.place) {
        throw Refusal(kOverloaded, "there is too much to do just now; try again soon").retry_after(1);
    }
}

/// Who takes a place for a stream or a long body: a person and the session, or a site and the address.
wire::Party Server::party_of(const Exchange& exchange) const {
    using Kind = Caller::Kind;
    const auto& caller = exchange.parts->caller;
    if (caller.kind == Kind::nobody || caller.kind == Kind::capability) {
        return {.name = "site:" + exchange.origin.site(),
                .source = "address:" + exchange.origin.counted_as(),
                .bounded = exchange.origin.counted()};
    }
    const auto person = fmt::format("{}:{}", static_cast<int>(caller.kind), caller.id);
    const auto session = static_cast<std::int64_t>(caller.session);
    return {.name = person, .source = session == 0 ? person : fmt::format("session:{}", session)};
}

wire::Places& Server::body_places(const Exchange& exchange) {
    const auto& parts = *exchange.parts;
    if (!parts.caller.is_stranger()) {
        return bodies_of_staff_;
    }
    return parts.route.who == Who::anyone && !parts.route.raw_body.empty() ? bodies_of_webhooks_ : bodies_of_strangers_;
}

/// Exports have separate places, limited per person: a running export is never ended for another.
bool Server::take_stream_place(Exchange& exchange) {
    auto party = party_of(exchange);
    if (exchange.is_live()) {
        const int socket = exchange.connection.socket();
        return live_streams_.take(exchange.stream_place, party,
                                  {.end = [socket] { ::shutdown(socket, SHUT_RDWR); },
                                   .left = [socket] { return wire::Connection::has_left(socket); }});
    }
    party.source = party.name;
    return exports_.take(exchange.stream_place, party);
}

Caller Server::caller_of(const wire::Head& head, const Origin& origin, Who who, Time now) const {
    Caller caller;
    if (const auto token = bearer_token(head); !token.empty()) {
        caller = authenticate_({.token = token, .by_cookie = false, .now = now});
    } else if (const auto cookie = wire::session_of_cookies(head.header("cookie"), origin.secure); !cookie.empty()) {
        try {
            caller = authenticate_({.token = cookie, .by_cookie = true, .now = now});
            caller.by_cookie = true;
        } catch (const Refusal& refusal) {
            if (who != Who::anyone || refusal.status() != kUnauthenticated.status()) {
                throw;  // see session_cookie.h
            }
        }
    }
    caller.address = origin.address;
    return caller;
}

/// Whether the caller would still be let in. A stream ends once its caller is signed out, or the key or role
/// is revoked.
bool Server::may_still_call(const Exchange& exchange) const {
    const auto& route = exchange.parts->route;
    try {
        const auto caller = caller_of(exchange.head, exchange.origin, route.who, clock_.now());
        authorize(route.who, caller);
        check_scope(route, caller);
        return true;
    } catch (const Refusal&) {
        return false;
    }
}

}  // namespace orderd::api

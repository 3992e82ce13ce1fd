// Server's steps from a request's head to its answer. Reading the body and writing the answer are in transfer.cpp.

#include <fmt/format.h>
#include <sys/socket.h>

#include <iterator>
#include <utility>

#include "api/admission.h"
#include "api/conditional.h"
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

constexpr std::size_t kLoggedPath = 200;  ///< bytes of a path without a route

Refusal too_many_streams() {
    return Refusal(kTooManyStreams, "there are too many streams open just now; close one").retry_after(5);
}

/// Puts a page's cursor into its body, and adds the Link header (RFC 8288).
void link_next_page(Answer& answer, const Request& request, const Request::Parts& parts) {
    const auto cursor = request.cursor_after(*answer.page_after);
    if (answer.body.is_object()) {
        answer.body["next_cursor"] = cursor;
    }
    std::string target(parts.head.path());
    char separator = '?';
    for (const auto& [name, value] : parts.query) {
        if (name != "cursor") {
            target += fmt::format("{}{}={}", std::exchange(separator, '&'), wire::percent_encoded(name),
                                  wire::percent_encoded(value));
        }
    }
    answer.headers.emplace_back("Link", fmt::format("<{}{}cursor={}>; rel=\"next\"", target, separator, cursor));
}

/// Applies RFC 9110, section 13.2.2, to a GET: with If-Match it wants only the version that it read before,
/// with If-None-Match only another one than it has. There are no modification dates here, so conditions by
/// date are ignored (sections 13.1.3 and 13.1.4).
void apply_conditions(const wire::Head& head, Answer& answer, std::string_view request_id) {
    const auto wanted = head.list_header("if-match");
    if (!wanted.empty() && !names_etag(wanted, answer.etag, false) && !names_version_of(wanted, answer.etag)) {
        answer = problem(precondition_failed(wanted, answer.etag), request_id);
        return;
    }
    const auto known = head.list_header("if-none-match");
    if (!known.empty() && names_etag(known, answer.etag, true)) {
        answer.status = 304;
    }
}

Answer wrong_method(const wire::Head& head, const Router::Match& match, std::string_view request_id) {
    const auto allowed =
        match.methods == nullptr ? std::string("DELETE, GET, HEAD, OPTIONS, POST, PUT") : Router::allow(match);
    if (head.method() == "OPTIONS") {
        return no_content().header("Allow", allowed);
    }
    const Refusal refusal(kMethodNotAllowed, fmt::format("{} is not allowed here; {} are", head.method(), allowed));
    return problem(refusal, request_id).header("Allow", allowed);
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
    parts.caller = caller_of(head, exchange.origin, route.who, parts.now);
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
    check_query(route, parts.query, exchange.faults);
    if (route.before_body && head.has_body()) {
        Request without_body(parts);
        route.before_body(without_body);
    }
}

void Server::limit_rate(const Exchange& exchange) {
    const auto& route = routes_.rows()[exchange.row].route;
    if (!route.limited || !exchange.origin.counted()) {
        return;
    }
    const auto now = steady_clock::now();
    auto seconds = rate_.take(exchange.origin.counted_as(), now);
    if (seconds == 0) {
        seconds = site_rate_.take(exchange.origin.site(), now);
    }
    if (seconds > 0) {
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
        return live_streams_.take(exchange.stream_place, party,
                                  [socket = exchange.connection.socket()] { ::shutdown(socket, SHUT_RDWR); });
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

/// Parses and checks the body. A long body waits for its turn.
///
/// @throws Refusal 503 `busy` if too many wait; otherwise like Shape::parse()
void Server::read_json(Exchange& exchange) {
    auto& parts = *exchange.parts;
    std::optional<FairQueue::Turn> turn;
    if (parts.raw_body.size() > budget::kLongJson) {
        const bool known = !parts.caller.is_stranger();
        turn.emplace(long_json_, known ? Asker{} : stranger_at(parts.caller.address));
    }
    parts.body = parts.route.body->parse(parts.raw_body);
    parts.route.body->check(parts.body, "", exchange.faults);
}

void Server::handle(Exchange& exchange, std::string body) {
    const auto& [route, handler] = routes_.rows()[exchange.row];
    auto& parts = *exchange.parts;
    std::optional<storage::StrangersReads> bounded;
    if (parts.caller.is_stranger()) {
        bounded.emplace();
    }
    exchange.stored_before = storage::Writer::stored_here();
    try {
        parts.raw_body = std::move(body);
        if (route.body) {
            read_json(exchange);
        }
        if (!exchange.faults.empty()) {
            throw Refusal(std::move(exchange.faults));
        }
        if (const auto key = parts.head.header("idempotency-key"); route.idempotent && !key.empty()) {
            parts.key = IdempotencyKey::of(store_.vault(), key, parts.caller, route.method + ' ' + route.path,
                                           parts.head.target(), parts.raw_body, parts.head.header("user-agent"));
        }
        if (route.body) {
            std::string().swap(parts.raw_body);  // perhaps a megabyte, and not needed any more
        }
        auto& request = exchange.request.emplace(parts);
        if (const auto cursor = route.paged ? request.query("cursor") : std::nullopt) {
            parts.after = read_cursor(store_.vault(), route, parts.query, *cursor);
        }
        exchange.answer = handler(request, parts.body);
        if (exchange.answer.page_after) {
            link_next_page(exchange.answer, request, parts);
        }
        exchange.answered = true;
    } catch (...) {
        refuse(exchange, std::current_exception());
    }
    if (!exchange.answer.stream) {
        parts.held.reset();  // the client may send its next request as soon as it has this answer
    }
}

void Server::refuse(Exchange& exchange, const std::exception_ptr& why) {
    if (exchange.request_id.empty()) {
        exchange.request_id = new_request_id();
    }
    std::string inner;
    const bool has_stored = exchange.stored_before && *exchange.stored_before != storage::Writer::stored_here();
    const auto refusal = as_refusal(why, has_stored && !exchange.head.is_get(), inner);
    if (!inner.empty()) {
        const Json fields{{"request_id", exchange.request_id}, {"error", inner}};
        if (refusal.status() == kInternal.status()) {
            log::error("a request failed", fields);
        } else {
            outside_failures_.error("a request failed", fields);  // a failed disk fails many requests the same way
        }
    }
    exchange.answer = problem(refusal, exchange.request_id);
    exchange.answered = true;
}

/// Shows a problem to a browser as a page, for people who followed a link. Programs get the problem document.
void Server::show_as_page(Exchange& exchange) const {
    auto& answer = exchange.answer;
    if (!problem_page_ || answer.content_type != "application/problem+json") {
        return;
    }
    try {
        if (prefers_html(exchange.head.list_header("accept"))) {
            answer = problem_page_(answer, exchange.head.path(), exchange.head.list_header("accept-language"));
        }
    } catch (const std::exception& failure) {  // the problem document says the same
        log::error("a page could not be made", {{"request_id", exchange.request_id}, {"error", failure.what()}});
    }
}

/// Prepares the answer: its content, its entity tag or a 304, a stream's place, and whether the connection stays open.
void Server::settle(Exchange& exchange) {
    auto& answer = exchange.answer;
    const bool is_get = exchange.head.is_get();
    if (answer.stream && !exchange.head.is_head()) {
        if (!take_stream_place(exchange)) {
            answer = problem(too_many_streams(), exchange.request_id);
        } else {
            answer.headers.emplace_back("X-Accel-Buffering",
                                        "no");  // a buffering proxy would delay live updates
        }
    }
    if (answer.status >= 400) {
        show_as_page(exchange);
    }
    const auto print = [&] {
        exchange.content = answer.text ? std::string_view(*answer.text) : answer.constant;
        if (!answer.body.is_null()) {
            exchange.printed = json_text(answer.body);
            exchange.content = exchange.printed;
        }
    };
    print();
    if (answer.status == 200 && is_get && !answer.stream) {
        if (answer.etag.empty()) {
            answer.etag = etag_of(exchange.content);
        }
        apply_conditions(exchange.head, answer, exchange.request_id);
        if (answer.status >= 400) {
            print();
        }
    }
    if (answer.status == 204 || answer.status == 304) {
        exchange.content = {};
    }
    // The rest of a body must not be taken for the next request, and nothing can follow a stream without a length.
    const bool endless = exchange.stream_place && exchange.head.http_1_0();
    exchange.keep_alive =
        exchange.connection.framing().keep_alive && !draining() && !endless && exchange.connection.skip_body();
}

std::string_view Server::cache_control(const Exchange& exchange) const {
    const bool open = exchange.row != metrics_.no_route() && routes_.rows()[exchange.row].route.who == Who::anyone;
    return open && exchange.head.is_get() && exchange.answer.status < 400 ? "no-cache" : "no-store";
}

/// Logs each request: who asked for what, and from where. A 401 or 403 is always logged, with its own
/// message, even if the access log is off: such lines show break-in attempts.
void Server::account_for(const Exchange& exchange) {
    const std::chrono::duration<double> took = steady_clock::now() - exchange.begun;
    metrics_.count(exchange.row, exchange.answer.status, took.count());
    const bool refused = exchange.answer.status == 401 || exchange.answer.status == 403;
    const auto level = refused ? log::Level::warning : log::Level::info;
    if ((!config_.access_log && !refused) || !log::enabled(level)) {
        return;
    }
    const bool routed = exchange.row != metrics_.no_route();
    fmt::memory_buffer members;
    fmt::format_to(std::back_inserter(members), R"(,"method":"{}")", exchange.head.method());
    if (routed) {
        fmt::format_to(std::back_inserter(members), R"(,"route":"{}")", routes_.rows()[exchange.row].route.path);
    } else {  // the path, shortened: it helps to find who links there
        fmt::format_to(std::back_inserter(members), R"(,"path":{})",
                       json_text(Json(exchange.head.path().substr(0, kLoggedPath))));
    }
    fmt::format_to(std::back_inserter(members), R"(,"status":{},"ms":{:.3f},"request_id":"{}")", exchange.answer.status,
                   took.count() * 1000, exchange.request_id);
    fmt::format_to(std::back_inserter(members), R"(,"address":{},"actor":{})", json_text(Json(exchange.origin.address)),
                   json_text(Json(to_text(exchange.parts ? exchange.parts->caller.actor() : Caller{}.actor()))));
    if (refused && exchange.answer.body.is_object()) {
        fmt::format_to(std::back_inserter(members), R"(,"code":{})",
                       json_text(exchange.answer.body.value("code", Json())));
    }
    log::write_line(level, refused ? "refused" : "request", {members.data(), members.size()});
}

}  // namespace orderd::api

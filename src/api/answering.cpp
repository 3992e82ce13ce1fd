// Server's steps from an admitted request to its answer: see admitting.cpp for those before, and transfer.cpp for reading
// the body and writing the answer.

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "api/conditional.h"
#include "api/exchange.h"
#include "api/problem.h"
#include "api/refusals.h"
#include "api/response.h"
#include "api/server.h"
#include "base/errors.h"
#include "base/log.h"

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

}  // namespace

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
            Request(parts).take_key(key, parts.raw_body);
        }
        if (route.body) {
            std::string().swap(parts.raw_body);  // perhaps a megabyte, and not needed any more
        }
        auto& request = exchange.request.emplace(parts);
        if (const auto cursor = route.paged ? request.query("cursor") : std::nullopt) {
            parts.after = read_cursor(store_.vault(), route, parts.query, *cursor);
        }
        const auto held = held_meanwhile_ ? held_meanwhile_() : nullptr;
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
            answer = problem_page_(answer, exchange.head);
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
    const bool by_staff = exchange.parts && !exchange.parts->caller.is_stranger();
    if (exchange.row != metrics_.no_route() && !by_staff && is_for_other_origins(routes_.rows()[exchange.row].route)) {
        cross_origin_.allow(answer, exchange.head.header("origin"));
    }
    if (!exchange.rate_policy.empty()) {
        answer.headers.emplace_back("RateLimit-Policy", exchange.rate_policy);
        answer.headers.emplace_back("RateLimit", exchange.rate_left);
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

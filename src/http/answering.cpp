// Server's way from a request's head to the last byte of its answer.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/errors.h"
#include "base/log.h"
#include "http/admission.h"
#include "http/conditional.h"
#include "http/problem.h"
#include "http/request_parts.h"
#include "http/response.h"
#include "http/server.h"
#include "http/session_cookie.h"
#include "http/web.h"

namespace orderd::http {
namespace {

using std::chrono::steady_clock;

/// A stream's place among those that may be open.
class StreamSlot {
public:
    StreamSlot(std::atomic<std::size_t>& open, std::size_t most) : open_(open), free_(open.fetch_add(1) < most) {}
    StreamSlot(const StreamSlot&) = delete;
    StreamSlot& operator=(const StreamSlot&) = delete;
    ~StreamSlot() { open_.fetch_sub(1); }

    bool free() const { return free_; }

private:
    std::atomic<std::size_t>& open_;
    bool free_;
};

Refusal too_many_streams() {
    return Refusal(Reason::unavailable, "too_many_streams", "there are too many streams open just now; close one").retry_after(5);
}

/// Puts the cursor of a page into its body, and the Link header beside it (RFC 8288).
void link_next_page(Answer& answer, const Request& request, const Request::Parts& parts) {
    const auto cursor = request.cursor_after(*answer.page_after);
    if (answer.body.is_object()) {
        answer.body["next_cursor"] = cursor;
    }
    std::string target(parts.head.path);
    char separator = '?';
    for (const auto& [name, value] : parts.query) {
        if (name != "cursor") {
            target += fmt::format("{}{}={}", std::exchange(separator, '&'), percent_encoded(name), percent_encoded(value));
        }
    }
    answer.headers.emplace_back("Link", fmt::format("<{}{}cursor={}>; rel=\"next\"", target, separator, cursor));
}

bool has_content(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

/// One request and its answer, under way.
struct Server::Exchange {
    Connection& connection;
    const Head* head = nullptr;  ///< null: it could not be read
    std::size_t row;             ///< in the table, or Metrics::no_route()
    Instant begun = steady_clock::now();
    std::string request_id = {};
    Origin origin = {};
    bool keep_alive = false;
    // Here, since a stream runs after the handler has returned, and may use its request.
    std::optional<Request::Parts> parts = {};
    std::optional<Request> request = {};

    bool is_get() const { return head != nullptr && (head->method == "GET" || head->method == "HEAD"); }
};

void Server::refuse_unreadable(Connection& connection, const Refusal& why) {
    Exchange exchange{.connection = connection, .row = metrics_.no_route(), .request_id = new_request_id()};
    auto answer = problem(why, exchange.request_id);
    send(exchange, answer);
    connection.close_gently();
}

bool Server::answer_next(Connection& connection) {
    const auto& head = connection.head();
    Exchange exchange{.connection = connection, .head = &head, .row = metrics_.no_route()};
    const auto given_id = head.header("x-request-id");
    exchange.request_id = well_formed_request_id(given_id) ? std::string(given_id) : new_request_id();

    Answer answer;
    try {
        answer = answer_to(exchange);
    } catch (...) {
        std::string inner;
        const auto refusal = as_refusal(std::current_exception(), inner);
        if (!inner.empty()) {
            log::error("a request failed", {{"request_id", exchange.request_id}, {"error", inner}});
        }
        answer = problem(refusal, exchange.request_id);
    }
    // What is left of a body must not be taken for the next request.
    exchange.keep_alive = head.keep_alive && !draining() && connection.skip_body();
    const bool sent = send(exchange, answer);
    connection.finish_request();
    return sent && exchange.keep_alive;
}

Answer Server::answer_to(Exchange& exchange) {
    const auto& head = *exchange.head;
    if (config_.proxies.empty()) {
        exchange.origin = origin_of(exchange.connection.address(), {}, {}, config_.proxies);
    } else {
        exchange.origin = origin_of(exchange.connection.address(), head.joined_header("x-forwarded-for"),
                                    head.header("x-forwarded-proto"), config_.proxies);
    }
    auto match = router_.find(head.method, head.path);
    if (match.row) {
        exchange.row = *match.row;
        return answer_by_row(exchange, match);
    }
    if (match.methods != nullptr || head.path == "*") {
        const auto allowed = match.methods == nullptr ? std::string("DELETE, GET, HEAD, OPTIONS, POST, PUT") : Router::allow(match);
        if (head.method == "OPTIONS") {
            return no_content().header("Allow", allowed);
        }
        const Refusal refusal(Reason::method_not_allowed, "method_not_allowed",
                              fmt::format("{} is not allowed here; {} are", head.method.substr(0, 32), allowed));
        return problem(refusal, exchange.request_id).header("Allow", allowed);
    }
    if (auto page = web_answer(head)) {
        return std::move(*page);
    }
    throw not_found("path");
}

Answer Server::answer_by_row(Exchange& exchange, Router::Match& match) {
    const auto& head = *exchange.head;
    const auto& [route, handler] = routes_.rows()[exchange.row];
    if (route.limited && !(exchange.origin.loopback && !exchange.origin.forwarded)) {
        const auto address = Address::parse(exchange.origin.address);
        const int seconds = rate_.take(address ? address->counted_as() : exchange.origin.address, steady_clock::now());
        if (seconds > 0) {
            throw Refusal(Reason::too_many_requests, "too_many_requests",
                          fmt::format("too many requests came from your address; try again in {} s", seconds))
                .retry_after(seconds);
        }
    }
    auto& parts = exchange.parts.emplace(Request::Parts{.route = route,
                                                        .head = head,
                                                        .store = store_,
                                                        .keys_under_way = keys_under_way_,
                                                        .now = clock_.now(),
                                                        .request_id = exchange.request_id,
                                                        .secure = exchange.origin.secure});
    parts.caller = caller_of(head, exchange.origin, route.who, parts.now);
    authorize(route.who, parts.caller);
    check_csrf(route, parts.caller, head);
    check_media(route, head);

    const auto& names = router_.names(exchange.row);
    for (std::size_t i = 0; i < names.size(); ++i) {
        parts.path_values.emplace_back(names[i], std::move(match.values[i]));
    }
    parts.query = parse_query(head.query);
    std::vector<Fault> faults;
    check_query(route, parts.query, faults);
    if (route.body || !route.raw_body.empty()) {
        exchange.connection.read_body(parts.raw_body, route.max_body);
    }
    if (route.body) {
        parts.body = parse_json(parts.raw_body);
        route.body->check(parts.body, "", faults);
    }
    if (!faults.empty()) {
        throw Refusal(std::move(faults));
    }
    if (const auto key = head.header("idempotency-key"); route.idempotent && !key.empty()) {
        parts.key = IdempotencyKey::of(store_.vault(), key, parts.caller, route.method + ' ' + route.path, head.target, parts.raw_body);
    }
    auto& request = exchange.request.emplace(parts);
    if (const auto cursor = route.paged ? request.query("cursor") : std::nullopt) {
        parts.after = read_cursor(store_.vault(), route, parts.query, *cursor);
    }
    auto answer = handler(request);
    if (answer.page_after) {
        link_next_page(answer, request, parts);
    }
    return answer;
}

Caller Server::caller_of(const Head& head, const Origin& origin, Who who, Time now) const {
    Caller caller;
    if (const auto token = bearer_token(head); !token.empty()) {
        caller = authenticate_({.token = token, .by_cookie = false, .now = now});
    } else if (const auto cookie = session_of_cookies(head.header("cookie")); !cookie.empty()) {
        try {
            caller = authenticate_({.token = cookie, .by_cookie = true, .now = now});
            caller.by_cookie = true;
        } catch (const Refusal& refusal) {
            if (who != Who::anyone || refusal.reason() != Reason::unauthenticated) {
                throw;  // a browser cannot drop a cookie that no script sees: it must not keep it from signing in again
            }
        }
    }
    caller.address = origin.address;
    return caller;
}

bool Server::send(Exchange& exchange, Answer& answer) {
    if (answer.stream && exchange.head != nullptr && exchange.head->method != "HEAD") {
        return send_stream(exchange, answer);
    }
    std::string printed;
    std::string_view content = answer.text ? std::string_view(*answer.text) : answer.constant;
    if (!answer.body.is_null()) {
        printed = answer.body.dump(-1, ' ', false, Json::error_handler_t::replace);
        content = printed;
    }
    if (answer.status == 200 && exchange.is_get()) {
        if (answer.etag.empty() && !content.empty()) {
            answer.etag = etag_of(content);
        }
        const auto known = exchange.head->joined_header("if-none-match");
        if (!known.empty() && names_etag(known, answer.etag, true)) {
            answer.status = 304;
        }
    }
    if (!has_content(answer.status)) {
        content = {};
    }
    thread_local std::string head;
    head.clear();
    print_head(head, answer,
               {.request_id = exchange.request_id,
                .http_1_0 = exchange.head != nullptr && exchange.head->http_1_0,
                .keep_alive = exchange.keep_alive,
                .secure = exchange.origin.secure,
                .cache_control = cache_control(exchange, answer),
                .length = has_content(answer.status) ? std::optional<std::uint64_t>(content.size()) : std::nullopt});
    const bool head_only = exchange.head != nullptr && exchange.head->method == "HEAD";
    const bool sent = exchange.connection.send({head, head_only ? std::string_view() : content});
    account_for(exchange, answer.status);
    return sent;
}

bool Server::send_stream(Exchange& exchange, Answer& answer) {
    const StreamSlot slot(streams_, config_.streams);
    if (!slot.free()) {
        auto refused = problem(too_many_streams(), exchange.request_id);
        return send(exchange, refused);
    }
    auto& connection = exchange.connection;
    const bool chunked = !exchange.head->http_1_0;
    exchange.keep_alive = exchange.keep_alive && chunked;
    std::string head;
    answer.headers.emplace_back("X-Accel-Buffering", "no");  // a proxy that keeps pieces back makes live updates late
    print_head(head, answer,
               {.request_id = exchange.request_id,
                .http_1_0 = exchange.head->http_1_0,
                .keep_alive = exchange.keep_alive,
                .secure = exchange.origin.secure,
                .cache_control = cache_control(exchange, answer),
                .length = {},
                .chunked = chunked});
    bool there = connection.send({head});
    const auto send_piece = [&](std::string_view piece) {
        there = there && !draining();
        if (there && piece.empty()) {
            there = connection.alive();
        } else if (there && chunked) {
            there = connection.send({fmt::format("{:x}\r\n", piece.size()), piece, "\r\n"});
        } else if (there) {
            there = connection.send({piece});
        }
        return there;
    };
    bool whole = true;
    try {
        answer.stream(send_piece);
    } catch (const std::exception& failure) {
        // Its head has gone out already: that it breaks off is all that the client can be told.
        log::error("a stream failed", {{"request_id", exchange.request_id}, {"error", failure.what()}});
        whole = false;
    }
    account_for(exchange, answer.status);
    return whole && there && (!chunked || connection.send({"0\r\n\r\n"}));
}

std::string_view Server::cache_control(const Exchange& exchange, const Answer& answer) const {
    const bool open = exchange.row != metrics_.no_route() && routes_.rows()[exchange.row].route.who == Who::anyone;
    return open && exchange.is_get() && answer.status < 400 ? "no-cache" : "no-store";
}

void Server::account_for(const Exchange& exchange, int status) {
    const std::chrono::duration<double> took = steady_clock::now() - exchange.begun;
    metrics_.count(exchange.row, status, took.count());
    if (!config_.access_log || !log::enabled(log::Level::info)) {
        return;
    }
    const bool routed = exchange.row != metrics_.no_route();
    fmt::memory_buffer members;
    fmt::format_to(std::back_inserter(members), R"(,"method":"{}","route":"{}","status":{},"ms":{:.3f},"request_id":"{}")",
                   routed ? routes_.rows()[exchange.row].route.method : "", routed ? routes_.rows()[exchange.row].route.path : "",
                   status, took.count() * 1000, exchange.request_id);
    log::write_line(log::Level::info, "request", {members.data(), members.size()});
}

}  // namespace orderd::http

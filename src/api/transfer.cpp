// Server's steps between a connection's bytes and an exchange: reading the body and writing the answer. The
// steps in between are in admitting.cpp and answering.cpp.

#include <fmt/format.h>
#include <sys/socket.h>

#include <stdexcept>
#include <utility>

#include "api/exchange.h"
#include "api/problem.h"
#include "api/refusals.h"
#include "api/response.h"
#include "api/server.h"
#include "base/budgets.h"
#include "base/log.h"

namespace orderd::api {
namespace {

Refusal too_long(std::size_t most) {
    return {kBodyTooLarge, fmt::format("the body is longer than the {} bytes that are allowed here", most)};
}

/// Without this limit, slow senders could hold all threads.
Refusal too_many_bodies() {
    return Refusal(kOverloaded, "too many long bodies are being sent just now; try again soon").retry_after(2);
}

}  // namespace

bool Server::answer_next(wire::Connection& connection) {
    Exchange exchange{.connection = connection, .row = metrics_.no_route()};
    admit(exchange);
    if (!exchange.answered && exchange.parts->takes_body() && exchange.head.has_body()) {
        take_body(exchange);
    } else if (!exchange.answered) {
        handle(exchange, {});
    }
    settle(exchange);
    const bool whole = give(exchange);
    account_for(exchange);
    connection.finish_request();
    return whole && exchange.keep_alive;
}

void Server::take_body(Exchange& exchange) {
    using Body = wire::Connection::Body;
    auto& connection = exchange.connection;
    const auto most = exchange.parts->route.max_body;
    std::string body;
    auto read = Body::too_long;
    if (connection.framing().content_length <= most) {
        std::optional<wire::Places::Place> place;
        const auto give_up = [socket = connection.socket()] { ::shutdown(socket, SHUT_RD); };
        if (!connection.holds_body() &&
            !body_places(exchange).take(place, party_of(exchange), {.end = give_up, .left = {}})) {
            return refuse(exchange, std::make_exception_ptr(too_many_bodies()));
        }
        read = connection.read_body(body, most);
    }
    switch (read) {
        case Body::whole: return handle(exchange, std::move(body));
        case Body::too_long: return refuse(exchange, std::make_exception_ptr(too_long(most)));
        case Body::broken:
            return refuse(exchange,
                          std::make_exception_ptr(Refusal(
                              kBodyIncomplete, "the body did not come completely, in time, and correctly chunked")));
    }
}

/// Writes the answer. @returns whether it was sent completely, or is held
bool Server::give(Exchange& exchange) {
    const auto& answer = exchange.answer;
    const auto& head = exchange.head;
    const bool empty = answer.status == 204 || answer.status == 304 || answer.stream;
    const auto length = empty ? std::string() : std::to_string(exchange.content.size());
    auto text = status_line(answer.status);
    print_headers(text, answer,
                  {.request_id = exchange.request_id,
                   .http_1_0 = head.http_1_0(),
                   .keep_alive = exchange.keep_alive,
                   .secure = exchange.origin.secure,
                   .cache_control = cache_control(exchange),
                   .length = length,
                   .chunked = exchange.stream_place && !head.http_1_0()});
    exchange.connection.write(text);
    if (exchange.stream_place) {
        return give_stream(exchange);
    }
    if (!head.is_head()) {
        exchange.connection.write(exchange.content);
    }
    if (exchange.is_over_rate) {
        exchange.connection.hold(std::chrono::steady_clock::now() + budget::kOverRateHeld, exchange.keep_alive);
        return true;
    }
    return exchange.connection.flush();
}

/// Sends a stream in chunks. For an HTTP/1.0 client it is not chunked, and ends with the connection.
bool Server::give_stream(Exchange& exchange) {
    auto& connection = exchange.connection;
    const bool chunked = !exchange.head.http_1_0();
    bool there = connection.flush();  // sends the head before the first piece is ready
    const auto send = [&](std::string_view piece) {
        if (!chunked) {
            return connection.write(piece) && connection.flush();
        }
        return connection.write(fmt::format("{:x}\r\n", piece.size())) && connection.write(piece) &&
               connection.write("\r\n") && connection.flush();
    };
    try {
        exchange.answer.stream([&](std::string_view piece) {
            if (storage::Reader::is_held_here()) {
                throw std::logic_error("a stream holds a reader while it sends: slow clients would stop every read");
            }
            // Continues only while the caller is still allowed to read it.
            there =
                there && !draining() && may_still_call(exchange) && (piece.empty() ? connection.alive() : send(piece));
            return there;
        });
    } catch (const std::exception& failure) {
        // The head was already sent, so the client can only see that the stream breaks off.
        log::error("a stream failed", {{"request_id", exchange.request_id}, {"error", failure.what()}});
        return false;
    }
    // Half an export must not look whole: one that was cut, by a drain or since its caller may not go on, has no last
    // chunk. A live stream has no end that could be missed.
    const bool ended = there || exchange.is_live();
    return ended && (!chunked || connection.write("0\r\n\r\n")) && connection.flush();
}

}  // namespace orderd::api

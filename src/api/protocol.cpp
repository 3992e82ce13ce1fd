#include "api/protocol.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <limits>
#include <utility>

#include "api/problem.h"
#include "api/refusals.h"
#include "api/response.h"
#include "api/server.h"
#include "base/log.h"
#include "wire/head.h"

namespace orderd::api {
namespace {

/// The one path that the library is told of. It would hold a regular expression against the client's, recursing once a
/// character.
constexpr auto kEveryPath = "/";

/// What this thread answers: the library's hooks know nothing else that leads there.
thread_local Exchange* under_way = nullptr;

class UnderWay {
public:
    explicit UnderWay(Exchange& exchange) { under_way = &exchange; }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;
    ~UnderWay() { under_way = nullptr; }
};

/// What the library itself refuses, in our words.
Refusal refused_by_library(int status) {
    switch (status) {
        case 413: return {kBodyTooLarge, "the body is too long"};
        case 414: return {wire::kUriTooLong, "the request line is too long"};
        default: return {wire::kBadRequest, "the request is not HTTP/1.1 as it is spoken here"};
    }
}

Refusal too_long(std::size_t most) {
    return {kBodyTooLarge, fmt::format("the body is longer than the {} bytes that are allowed here", most)};
}

/// Else those who send one slowly could hold every thread there is.
Refusal too_many_bodies() {
    return Refusal(kOverloaded, "too many long bodies are being sent just now; try again soon").retry_after(2);
}

std::string_view value_of(const httplib::Headers& headers, const std::string& name) {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

Protocol::Protocol(api::Server& server) : server_(server) {
    svr_sock_ = 0;  // never used; without one the library takes itself for stopped, and breaks answers off
    set_payload_max_length(std::numeric_limits<std::size_t>::max());  // each route has its own, see take_body()
    set_expect_100_continue_handler([this](const httplib::Request&, httplib::Response& response) {
        server_.admit(*under_way);
        if (!under_way->answered) {
            return 100;
        }
        give(*under_way, response);
        return response.status;
    });
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& response) {
        auto& exchange = *under_way;
        server_.admit(exchange);
        if (!exchange.answered && exchange.parts->takes_body() && exchange.head->has_body()) {
            return HandlerResponse::Unhandled;  // and comes back with the body's reader
        }
        if (!exchange.answered) {
            server_.handle(exchange, {});
        }
        give(exchange, response);
        return HandlerResponse::Handled;
    });
    const HandlerWithContentReader with_body = [this](const httplib::Request&, httplib::Response& response,
                                                      const httplib::ContentReader& reader) {
        take_body(*under_way, reader);
        give(*under_way, response);
    };
    Post(kEveryPath, with_body);
    Put(kEveryPath, with_body);
    Patch(kEveryPath, with_body);
    Delete(kEveryPath, with_body);
    set_error_handler([this](const httplib::Request&, httplib::Response& response) {
        auto& exchange = *under_way;
        if (!exchange.answered) {
            server_.refuse(exchange, std::make_exception_ptr(refused_by_library(response.status)));
            give(exchange, response);
            exchange.keep_alive = false;  // where the request ends, only the library knows
        }
        return HandlerResponse::Handled;  // else the content's length is not said
    });
    set_header_writer(
        [this](httplib::Stream& stream, httplib::Headers& headers) { return write_headers(stream, headers); });
}

bool Protocol::speak(Exchange& exchange) {
    const UnderWay here(exchange);
    const auto& framing = exchange.connection.framing();
    const bool close = !framing.keep_alive;
    bool closed = false;
    const auto set_up = [&](httplib::Request& request) {
        exchange.head.emplace(request, framing);
        // What is sent is compressed when it is built, or not at all: a secret beside a client's own text in a
        // compressed answer can be guessed by its length.
        exchange.accept_encoding = exchange.head->list_header("accept-encoding");
        request.headers.erase("Accept-Encoding");
        request.path = kEveryPath;  // ours is the target
        request.ranges.clear();     // nothing here is served in parts
    };
    const bool whole =
        process_request(exchange.connection, exchange.connection.address(), 0, {}, 0, close, closed, set_up);
    return exchange.connection.flush() && whole;
}

void Protocol::take_body(Exchange& exchange, const httplib::ContentReader& reader) {
    std::optional<wire::Places::Place> place;
    const auto give_up = [socket = exchange.connection.socket()] { ::shutdown(socket, SHUT_RD); };
    if (!exchange.connection.holds_body() &&
        !server_.body_places(exchange).take(place, server_.party_of(exchange), give_up)) {
        return server_.refuse(exchange, std::make_exception_ptr(too_many_bodies()));
    }
    const auto most = exchange.parts->route.max_body;
    std::string body;
    bool fits = exchange.connection.framing().content_length <= most;
    bool whole = false;
    if (fits) {
        // Else it grows by doubling, and is there twice each time. Pages that nothing comes for are never taken.
        body.reserve(static_cast<std::size_t>(exchange.connection.framing().content_length));
        exchange.connection.expect_body(most);
        whole = reader([&](const char* data, std::size_t size) {
            fits = body.size() + size <= most;
            if (fits) {
                body.append(data, size);
            }
            return fits;
        });
    }
    place.reset();
    if (!fits) {
        server_.refuse(exchange, std::make_exception_ptr(too_long(most)));
    } else if (!whole) {
        server_.refuse(exchange,
                       std::make_exception_ptr(
                           Refusal(kBodyIncomplete, "the body did not come whole, in time, and well cut into chunks")));
    } else {
        server_.handle(exchange, std::move(body));
    }
}

void Protocol::give(Exchange& exchange, httplib::Response& response) const {
    server_.settle(exchange);
    const auto& answer = exchange.answer;
    response.status = answer.status;
    if (exchange.stream_place) {
        return give_stream(exchange, response);
    }
    if (!exchange.content.empty()) {
        response.set_content_provider(
            exchange.content.size(), answer.content_type,
            [content = exchange.content](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                return sink.write(content.data() + offset, length);
            });
    }
}

void Protocol::give_stream(Exchange& exchange, httplib::Response& response) const {
    const auto send = [this, &exchange](std::size_t, httplib::DataSink& sink) { return send_pieces(exchange, sink); };
    if (exchange.head->http_1_0()) {
        response.set_content_provider(exchange.answer.content_type, send);  // it ends with the connection
    } else {
        response.set_chunked_content_provider(exchange.answer.content_type, send);
    }
}

bool Protocol::send_pieces(Exchange& exchange, httplib::DataSink& sink) const {
    auto& connection = exchange.connection;
    bool there = connection.flush();  // the head, before the first piece is there
    connection.write_through();
    try {
        exchange.answer.stream([&](std::string_view piece) {
            // What it reads from a snapshot has its end. A live stream holds none while it sends, and goes on for as
            // long only as its caller may have it.
            there = there && !server_.draining() &&
                    (storage::Reader::is_held_here() || server_.may_still_call(exchange)) &&
                    (piece.empty() ? connection.alive() : sink.write(piece.data(), piece.size()));
            return there;
        });
    } catch (const std::exception& failure) {
        // Its head is out already: that it breaks off is all that the client can be told.
        log::error("a stream failed", {{"request_id", exchange.request_id}, {"error", failure.what()}});
        return false;
    }
    sink.done();
    return true;
}

ssize_t Protocol::write_headers(httplib::Stream& stream, const httplib::Headers& headers) const {
    const auto& exchange = *under_way;
    const int status = exchange.answer.status;
    const bool empty = status == 204 || status == 304 || exchange.answer.stream;
    thread_local std::string text;
    text.clear();
    print_headers(text, exchange.answer,
                  {.request_id = exchange.request_id,
                   .http_1_0 = exchange.head && exchange.head->http_1_0(),
                   .keep_alive = exchange.keep_alive,
                   .secure = exchange.origin.secure,
                   .cache_control = server_.cache_control(exchange),
                   .length = empty ? std::string_view() : value_of(headers, "Content-Length"),
                   .chunked = headers.contains("Transfer-Encoding")});
    return stream.write(text.data(), text.size());
}

}  // namespace orderd::api

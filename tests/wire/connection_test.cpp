// What goes over the socket, where a client library would hide it.

#include <fmt/format.h>

#include <optional>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

constexpr std::string_view kAnotherRequest = "GET /secret HTTP/1.1\r\nHost: desk\r\n\r\n";

void add_echo(api::RouteTable& routes) {
    routes.add({.method = "GET", .path = "/hello", .who = Who::anyone, .summary = "Hello", .tag = "Test"},
               [](api::Request&) {
                   return api::ok({{"hello", true}});
               });
    routes.add(
        {.method = "GET", .path = "/secret", .who = Who::anyone, .summary = "What is smuggled in", .tag = "Test"},
        [](api::Request&) {
            return api::ok({{"smuggled", true}});
        });
    routes.add({.method = "POST",
                .path = "/echo",
                .who = Who::anyone,
                .summary = "The body again",
                .tag = "Test",
                .body = Shape::object({{"a", Shape::integer(0, 100)}}),
                .max_body = 4096},
               [](api::Request&, const Json& body) { return api::ok(body); });
    routes.add({.method = "POST",
                .path = "/owner",
                .who = Who::owner,
                .summary = "Closed",
                .tag = "Test",
                .body = Shape::anything()},
               [](api::Request&) { return api::no_content(); });
    routes.add({.method = "GET", .path = "/large", .who = Who::anyone, .summary = "Four MiB", .tag = "Test"},
               [](api::Request&) {
                   return api::printed(std::make_shared<const std::string>(4U << 20U, 'x'), "text/plain", "\"large\"");
               });
    routes.add({.method = "GET", .path = "/header", .who = Who::anyone, .summary = "A header again", .tag = "Test"},
               [](api::Request& in) {
                   return api::ok({{"value", in.header("x-thing")}}).header("X-Thing", in.header("x-thing"));
               });
}

}  // namespace

TEST_CASE("a head that two readers could understand differently is refused, and ends the connection") {
    Desk desk(add_echo);
    const auto head = GENERATE(
        as<std::string>{},
        // two lengths, or a length and chunks
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 7\r\nContent-Length: 8\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 7\r\nContent-Length: 7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 7, 7\r\n",
        // lengths that are not numbers to everybody
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: +7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: -7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 0x7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 07\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: %37\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length: 99999999999999999999\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length:\r\n",
        // codings
        "POST /echo HTTP/1.1\r\nHost: desk\r\nTransfer-Encoding: gzip, chunked\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nTransfer-Encoding: identity\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "POST /echo HTTP/1.0\r\nHost: desk\r\nTransfer-Encoding: chunked\r\n",
        // names and lines
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Length : 7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\n Content-Length: 7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nX: a\nContent-Length: 7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nX: a\rContent-Length: 7\r\n",
        "POST /echo HTTP/1.1\r\nHost: desk\r\nno colon\r\n", "POST /echo HTTP/1.1\r\nHost: desk\r\nX: a\x01z\r\n",
        // who is asked, and how
        "GET /hello HTTP/1.1\r\n", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
        "GET  /hello HTTP/1.1\r\nHost: desk\r\n", "GET /hello HTTP/2.0\r\nHost: desk\r\n",
        "GET /hello\r\nHost: desk\r\n", "GET /he llo HTTP/1.1\r\nHost: desk\r\n",
        "GET /h\xC3\xA9llo HTTP/1.1\r\nHost: desk\r\n", "G(T /hello HTTP/1.1\r\nHost: desk\r\n");
    CAPTURE(head);
    Wire wire(desk.port());
    wire.send(head + "\r\n" + std::string(kAnotherRequest));
    const auto reply = wire.reply();
    CHECK(reply.status == 400);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    CHECK(reply.code() == "bad_request");
    CHECK(reply.header("Connection") == "close");
    CHECK_FALSE(reply.header("X-Request-Id").empty());
    CHECK(wire.reply().status == 0);  // what followed was not taken for a request
}

TEST_CASE("a body that was refused unread is not taken for the next request") {
    Desk desk(add_echo);
    SECTION("a small one is skipped, and the connection stays") {
        Wire wire(desk.port());
        wire.send(fmt::format(
            "POST /owner HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            kAnotherRequest.size(), kAnotherRequest));
        CHECK(wire.reply().status == 401);
        wire.send("GET /hello HTTP/1.1\r\nHost: desk\r\n\r\n");
        CHECK(wire.reply().content == R"({"hello":true})");
    }
    SECTION("one that is too long ends the connection") {
        Wire wire(desk.port());
        wire.send(fmt::format(
            "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{}",
            kAnotherRequest));
        const auto reply = wire.reply();
        CHECK(reply.status == 413);
        CHECK(reply.code() == "body_too_large");
        CHECK(reply.header("Connection") == "close");
        CHECK(wire.reply().status == 0);
    }
    SECTION("a chunked one ends the connection") {
        Wire wire(desk.port());
        wire.send(
            "POST /owner HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nTransfer-Encoding: "
            "chunked\r\n\r\n0\r\n\r\n");
        wire.send(kAnotherRequest);
        const auto reply = wire.reply();
        CHECK(reply.status == 401);
        CHECK(reply.header("Connection") == "close");
        CHECK(wire.reply().status == 0);
    }
    SECTION("one that a route does not take at all") {
        Wire wire(desk.port());
        wire.send(fmt::format("GET /hello HTTP/1.1\r\nHost: desk\r\nContent-Length: {}\r\n\r\n{}",
                              kAnotherRequest.size(), kAnotherRequest));
        CHECK(wire.reply().status == 200);
        wire.send("GET /hello HTTP/1.1\r\nHost: desk\r\n\r\n");
        CHECK(wire.reply().content == R"({"hello":true})");
    }
}

TEST_CASE("a chunked body is read, and the next request after it") {
    Desk desk(add_echo);
    Wire wire(desk.port());
    wire.send(
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;ext=1\r\n{\"a\r\n4\r\n\": 7\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n");
    wire.send(kAnotherRequest);
    const auto reply = wire.reply();
    CHECK(reply.status == 200);
    CHECK(reply.content == R"({"a":7})");
    CHECK(reply.header("Connection").empty());
    CHECK(wire.reply().status == 200);
}

TEST_CASE("a Host header names a host, or the request is refused") {
    Desk desk(add_echo);
    const auto status_for = [&](const std::string& host) {
        Wire wire(desk.port());
        wire.send(fmt::format("GET /hello HTTP/1.1\r\nHost: {}\r\n\r\n", host));
        return wire.reply().status;
    };
    for (const auto* good : {"desk", "desk:8080", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080", "shop.example", "",
                             "xn--tpfe-5qa.example:443", "desk:", "a_b~c%20d"}) {
        CAPTURE(good);
        CHECK(status_for(good) == 200);
    }
    for (const auto* bad : {"a b", "desk/x", "desk:80:80", "desk:http", "desk:123456", "a@b", "[::1", "[::1]x", "<b>",
                            "\"desk\"", "desk?x", "desk#x", "t\xC3\xB6pfe", "[/]"}) {
        CAPTURE(bad);
        CHECK(status_for(bad) == 400);
    }
}

TEST_CASE("a chunked body that is broken or too long is refused") {
    Desk desk(add_echo);
    const auto [chunks, status] =
        GENERATE(table<std::string, int>({{"x\r\n", 400},
                                          {"5\r\n{\"a\":7}\r\n0\r\n\r\n", 400},
                                          {"ffffffffffffffff\r\n", 400},
                                          {"2000\r\n" + std::string(0x2000, ' ') + "\r\n0\r\n\r\n", 413}}));
    CAPTURE(chunks);
    Wire wire(desk.port());
    wire.send(
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
        chunks);
    wire.finish_sending();
    CHECK(wire.reply().status == status);
    CHECK(wire.reply().status == 0);
}

TEST_CASE("X22: a chunk whose size two readers could understand differently is refused at once") {
    Desk desk(add_echo);
    const auto chunk = GENERATE(as<std::string>{}, "0xd\r\n", " d\r\n", "d \r\n", "+d\r\n", "-d\r\n", "\r\n", ";a\r\n",
                                "d;a\n", "d\n", "d\r\r\n", "d;a=\x01\r\n", "100000000\r\n", "000000001\r\n", "1\r\n{\n",
                                "1\r\n{x\r\n", "0\r\na\n\r\n", "0\r\n\r1", "1;" + std::string(5000, 'a'));
    CAPTURE(chunk);
    Wire wire(desk.port());
    wire.send(
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
        chunk);  // and its client goes on waiting: the answer comes without the body's end
    const auto reply = wire.reply();
    CHECK(reply.status == 400);
    CHECK(reply.code() == "body_incomplete");
    CHECK(wire.reply().status == 0);
}

TEST_CASE("chunks are put together wherever the bytes are cut") {
    const std::string bytes = "A;x=y\r\n0123456789\r\n001\r\nz\r\n00\r\nTrailer: a\r\nOther: b\r\n\r\nGET ";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        CAPTURE(cut);
        wire::Chunks chunks;
        std::string body;
        auto used = chunks.take(bytes.substr(0, cut), body);
        used += chunks.take(bytes.substr(used), body);
        CHECK(chunks.state() == wire::Chunks::State::whole);
        CHECK(body == "0123456789z");
        CHECK(bytes.substr(used) == "GET ");
    }
}

TEST_CASE("requests that come together are answered one after the other") {
    Desk desk(add_echo);
    Wire wire(desk.port());
    wire.send(
        "GET /hello HTTP/1.1\r\nHost: desk\r\n\r\n"
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
        "GET /nothing HTTP/1.1\r\nHost: desk\r\n\r\n"
        "GET /hello HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n");
    CHECK(wire.reply().status == 200);
    CHECK(wire.reply().content == R"({"a":1})");
    CHECK(wire.reply().status == 404);
    CHECK(wire.reply().header("Connection") == "close");
    CHECK(wire.at_end());
}

TEST_CASE("a request that trickles in byte by byte is read") {
    Desk desk(add_echo);
    Wire wire(desk.port());
    for (const char byte : std::string("POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: "
                                       "application/json\r\nContent-Length: 7\r\n\r\n{\"a\":2}")) {
        wire.send({&byte, 1});
    }
    CHECK(wire.reply().content == R"({"a":2})");
}

TEST_CASE("what is too long has its own status") {
    Desk desk(add_echo);
    const std::string long_text(9000, 'x');
    CHECK(desk.get("/" + long_text).status == 414);
    CHECK(desk.get("/hello", "X-Long: " + long_text + "\r\n").status == 431);
    std::string many;
    for (int i = 0; i < 101; ++i) {
        many += fmt::format("X-{}: 1\r\n", i);
    }
    CHECK(desk.get("/hello", many).status == 431);
    std::string together;
    for (int i = 0; i < 40; ++i) {
        together += fmt::format("X-{}: {}\r\n", i, std::string(1000, 'x'));
    }
    const auto reply = desk.get("/hello", together);
    CHECK(reply.status == 431);
    CHECK(reply.code() == "headers_too_large");
}

TEST_CASE("HEAD is GET without the content") {
    Desk desk(add_echo);
    Wire wire(desk.port());
    wire.send("HEAD /large HTTP/1.1\r\nHost: desk\r\n\r\nGET /hello HTTP/1.1\r\nHost: desk\r\n\r\n");
    const auto head = wire.reply(true);
    CHECK(head.status == 200);
    CHECK(head.header("Content-Length") == "4194304");
    CHECK(head.header("ETag") == "\"large\"");
    CHECK(wire.reply().content == R"({"hello":true})");
}

TEST_CASE("a large answer arrives whole") {
    Desk desk(add_echo);
    CHECK(desk.get("/large").content.size() == 4U << 20U);
}

TEST_CASE("A9: a client that waits for 100 (Continue) gets it only where the body is wanted") {
    Desk desk(add_echo);
    Wire wire(desk.port());
    wire.send(
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 7\r\nExpect: "
        "100-continue\r\n\r\n");
    CHECK(wire.reply().status == 100);
    wire.send(R"({"a":3})");
    CHECK(wire.reply().content == R"({"a":3})");

    Wire too_long(desk.port());
    too_long.send(
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\nExpect: "
        "100-continue\r\n\r\n");
    CHECK(too_long.reply().status == 413);

    Wire refused(desk.port());
    refused.send(
        "POST /owner HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 7\r\nExpect: "
        "100-continue\r\n\r\n");
    const auto reply = refused.reply();
    CHECK(reply.status == 401);
    CHECK(reply.header("Connection") == "close");
    CHECK(refused.at_end());
}

TEST_CASE("HTTP/1.0 is answered, and kept alive when it asks for that") {
    Desk desk(add_echo);
    Wire wire(desk.port());
    wire.send("GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    CHECK(wire.reply().header("Connection") == "keep-alive");
    wire.send("GET /hello HTTP/1.0\r\n\r\n");
    CHECK(wire.reply().status == 200);
    CHECK(wire.at_end());
}

TEST_CASE("a header cannot be slipped into an answer") {
    Desk desk(add_echo);
    const auto reply = desk.get("/header", "X-Thing: a%0d%0aX-Slipped: in\r\n");
    CHECK(reply.header("X-Thing") == "a%0d%0aX-Slipped: in");  // a value is not decoded
    CHECK(reply.header("X-Slipped").empty());
    CHECK(desk.get("/header", "X-Thing: plain\r\n").header("X-Thing") == "plain");
}

TEST_CASE("a request's id is the client's where that is well formed") {
    Desk desk(add_echo);
    CHECK(desk.get("/hello", "X-Request-Id: abc-123_4.5\r\n").header("X-Request-Id") == "abc-123_4.5");
    CHECK(desk.get("/hello", "X-Request-Id: a b\r\n").header("X-Request-Id").starts_with("req_"));
    CHECK(desk.get("/hello", "X-Request-Id: " + std::string(65, 'a') + "\r\n")
              .header("X-Request-Id")
              .starts_with("req_"));
    CHECK(desk.get("/nothing", "X-Request-Id: mine\r\n").json().at("request_id") == "mine");
}

TEST_CASE("the absolute form of a target is a path as well") {
    Desk desk(add_echo);
    CHECK(desk.get("http://desk/hello").status == 200);
    CHECK(desk.get("hello").status == 400);
}

TEST_CASE("a body that does not come in time is refused") {
    api::Config config;
    config.deadlines.body = wire::Milliseconds{50};
    Desk desk(add_echo, config);
    Wire wire(desk.port());
    wire.send("POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a");
    const auto reply = wire.reply();
    CHECK(reply.status == 408);
    CHECK(reply.code() == "request_timeout");
    CHECK(wire.at_end());
}

TEST_CASE("a body in chunks that does not come whole is refused") {
    api::Config config;
    config.deadlines.body = wire::Milliseconds{50};
    Desk desk(add_echo, config);
    Wire wire(desk.port());
    wire.send(
        "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        "7\r\n{\"a");
    const auto reply = wire.reply();
    CHECK(reply.status == 400);
    CHECK(reply.code() == "body_incomplete");
    CHECK(wire.at_end());
}

TEST_CASE("those who send bodies slowly hold no thread that others need", "[concurrency]") {
    api::Config config;
    config.workers.threads = 4;
    config.bodies_of_strangers = {.all = 2, .each = 2};
    Desk desk(add_echo, config);
    const std::string head = "POST /echo HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n";
    SlowClients slow(desk.port());
    for (int i = 0; i < 8; ++i) {
        slow.begin(head + "Content-Length: 8\r\n\r\n{");  // short: waited for by no thread
    }
    CHECK(desk.get("/hello").status == 200);
    const auto chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    const auto status = slow.begin_until(503, chunked + "1\r\n{", [&] {
        Wire one_too_many(desk.port());
        one_too_many.send(chunked + "8\r\n{\"a\": 1}\r\n0\r\n\r\n");
        return one_too_many.reply().status;
    });
    CHECK(status == 503);
    CHECK(desk.get("/hello").status == 200);
    slow.first().send("\"a\": 1}");
    CHECK(slow.first().reply().status == 200);
}

TEST_CASE("a head that does not come in time is refused, however it trickles") {
    api::Config config;
    config.deadlines.head = wire::Milliseconds{150};
    Desk desk(add_echo, config);
    std::optional<Wire> wire;
    WireReply reply;
    for (int tries = 0; tries < 200 && reply.status == 0; ++tries) {  // 0: its time was over before it began to send
        wire.emplace(desk.port());
        wire->send("GET /hello HTTP/1.1\r\nHost:");
        reply = wire->reply();
    }
    REQUIRE(reply.status == 408);
    CHECK(reply.code() == "request_timeout");
    CHECK(wire->at_end());
}

TEST_CASE("a client that does not take its answers is let go, and holds the worker no longer than that") {
    api::Config config;
    config.deadlines.write = wire::Milliseconds{100};
    config.workers.threads = 1;
    Desk desk(add_echo, config);
    Wire slow(desk.port());
    for (int i = 0; i < 8; ++i) {  // more than the kernel's buffers take
        slow.send("GET /large HTTP/1.1\r\nHost: desk\r\n\r\n");
    }
    CHECK(desk.get("/hello").status == 200);  // by the one worker that there is
    CHECK(slow.at_end());
}

TEST_CASE("an idle connection is closed after its time, and holds no worker until then") {
    api::Config config;
    config.deadlines.idle = wire::Milliseconds{300};
    config.workers.threads = 1;
    Desk desk(add_echo, config);
    Wire idle(desk.port());
    idle.send("GET /hello HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK(idle.reply().status == 200);
    Wire half(desk.port());
    half.send("GET /hello HTTP/1.1\r\n");
    CHECK(desk.get("/hello").status == 200);  // by the one worker that there is
    CHECK(idle.at_end());
}

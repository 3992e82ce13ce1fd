// Rates, proxies, caps, streams, and the drain.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <chrono>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/refusals.h"
#include "base/address.h"
#include "base/budgets.h"
#include "base/rate_limit.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

void add_slow(api::RouteTable& routes) {
    routes.add({.method = "POST",
                .path = "/limited",
                .who = Who::anyone,
                .summary = "Limited",
                .tag = "Test",
                .limited = true},
               [](api::Request& in) {
                   return api::ok({{"address", in.caller().address}, {"secure", in.secure()}});
               });
    routes.add({.method = "GET", .path = "/plain", .who = Who::anyone, .summary = "Not limited", .tag = "Test"},
               [](api::Request&) {
                   return api::ok({{"ok", true}});
               });
    routes.add({.method = "GET", .path = "/count", .who = Who::anyone, .summary = "A stream that ends", .tag = "Test"},
               [](api::Request&) {
                   api::Answer answer{.content_type = "text/event-stream"};
                   answer.stream = [](const api::Send& send) {
                       for (int i = 0; i < 3; ++i) {
                           send(fmt::format("data: {}\n\n", i));
                       }
                   };
                   return answer;
               });
    routes.add({.method = "GET",
                .path = "/endless",
                .who = Who::anyone,
                .summary = "A stream that does not",
                .tag = "Test",
                .refuses = {api::kTooManyStreams}},
               [](api::Request& in) {
                   api::Answer answer{.content_type = "text/event-stream"};
                   answer.stream = [&in](const api::Send& send) {
                       send(fmt::format("data: {}\n\n", in.request_id()));
                       while (send("")) {
                           std::this_thread::sleep_for(std::chrono::milliseconds(5));
                       }
                   };
                   return answer;
               });
}

api::Config behind_proxies(double at_once) {
    api::Config config;
    config.proxies = {Network("127.0.0.0/8"), Network("10.1.0.0/16")};
    config.rate = {.per_minute = 0.01, .at_once = at_once};  // none comes back while a test lasts
    return config;
}

/// An address of this machine's that is not loopback's.
std::optional<std::uint32_t> own_address() {
    std::optional<std::uint32_t> found;
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) != 0) {
        return found;
    }
    for (const auto* it = all; it != nullptr; it = it->ifa_next) {
        if (it->ifa_addr != nullptr && it->ifa_addr->sa_family == AF_INET && (it->ifa_flags & IFF_LOOPBACK) == 0) {
            found = ntohl(reinterpret_cast<const sockaddr_in*>(it->ifa_addr)->sin_addr.s_addr);
        }
    }
    ::freeifaddrs(all);
    return found;
}

WireReply limited(Desk& desk, const std::string& forwarded_for = "", const std::string& proto = "") {
    return desk.ask("POST", "/limited",
                    (forwarded_for.empty() ? "" : "X-Forwarded-For: " + forwarded_for + "\r\n") +
                        (proto.empty() ? "" : "X-Forwarded-Proto: " + proto + "\r\n"));
}

}  // namespace

TEST_CASE("an address that asks too often is told when to come back") {
    Desk desk(add_slow, behind_proxies(2));
    CHECK(limited(desk, "192.0.2.1").status == 200);
    CHECK(limited(desk, "192.0.2.1").status == 200);
    const auto refused = limited(desk, "192.0.2.1");
    CHECK(refused.status == 429);
    CHECK(refused.code() == "too_many_requests");
    CHECK(std::stoi(refused.header("Retry-After")) >= 1);
    CHECK(limited(desk, "192.0.2.2").status == 200);
    CHECK(limited(desk, "2001:db8:1:1::1").status == 200);
    CHECK(limited(desk, "2001:db8:1:1::2").status == 200);
    CHECK(limited(desk, "2001:db8:1:1:ffff::3").status == 429);  // the same /64
    CHECK(desk.ask("GET", "/plain", "X-Forwarded-For: 192.0.2.1\r\n").status == 200);
}

TEST_CASE("who asks too often gets the answer a moment later, and no thread waits for it") {
    constexpr int kAsking = 40;
    auto config = behind_proxies(1);
    config.workers.threads = 4;
    Desk desk(add_slow, std::move(config));
    REQUIRE(limited(desk, "192.0.2.1").status == 200);
    const auto ask = [](Wire& client, std::string_view more) {
        client.send(fmt::format(
            "POST /limited HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: 0\r\n{}\r\n", more));
    };
    std::vector<std::unique_ptr<Wire>> asking;
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < kAsking; ++i) {
        ask(*asking.emplace_back(std::make_unique<Wire>(desk.port())), i % 2 == 0 ? "" : "Connection: close\r\n");
    }
    asking.pop_back();  // one goes away meanwhile
    CHECK(desk.get("/plain").status == 200);
    for (auto& client : asking) {
        CHECK(client->reply().status == 429);
    }
    CHECK(std::chrono::steady_clock::now() - begun >= budget::kOverRateHeld);
    asking.at(0)->send("GET /plain HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(asking.at(0)->reply().status == 200);
    CHECK(asking.at(1)->at_end());
    CHECK(desk.server
              ->answer("POST /limited HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: "
                       "0\r\n\r\n",
                       "127.0.0.1")
              .starts_with("HTTP/1.1 429 "));  // without a socket there is nothing to wait for
    ask(*asking.at(0), "");                    // it is held while the server ends
}

TEST_CASE("straight from loopback there is no limit by address") {
    Desk desk(add_slow, behind_proxies(1));
    for (int i = 0; i < 5; ++i) {
        CHECK(limited(desk).status == 200);
    }
    // A client on this machine that comes through the proxy is limited.
    CHECK(limited(desk, "127.0.0.1").status == 200);
    CHECK(limited(desk, "127.0.0.1").status == 429);
}

TEST_CASE("a forwarded address counts as far as configured proxies wrote it") {
    Desk desk(add_slow, behind_proxies(100));
    CHECK(limited(desk, "192.0.2.9").json().at("address") == "192.0.2.9");
    CHECK(limited(desk, "192.0.2.9, 10.1.2.3").json().at("address") == "192.0.2.9");
    CHECK(limited(desk, "1.1.1.1, 192.0.2.9, 10.1.2.3").json().at("address") ==
          "192.0.2.9");  // the first is the client's own word
    CHECK(limited(desk, "192.0.2.9:1234").json().at("address") == "192.0.2.9");
    CHECK(limited(desk, "[2001:db8::1]:443").json().at("address") == "2001:db8::1");
    CHECK(limited(desk, "192.0.2.9, nonsense").json().at("address") == "127.0.0.1");
    CHECK(limited(desk, "192.0.2.9", "https").json().at("secure") == true);
    CHECK(limited(desk, "192.0.2.9", "https").header("Strict-Transport-Security") == "max-age=31536000");
    CHECK(limited(desk, "192.0.2.9", "http").json().at("secure") == false);

    Desk direct(add_slow);
    const auto spoofed = limited(direct, "192.0.2.9", "https");
    CHECK(spoofed.json().at("address") == "127.0.0.1");
    CHECK(spoofed.json().at("secure") == false);
    CHECK(direct.ask("POST", "/limited", "REMOTE_ADDR: 192.0.2.9\r\n").json().at("address") == "127.0.0.1");
}

TEST_CASE("networks contain their addresses") {
    const auto contains = [](std::string_view network, std::string_view address) {
        return Network(network).contains(IpAddress::parse(address).value());
    };
    CHECK(contains("10.0.0.0/8", "10.255.0.1"));
    CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
    CHECK(contains("192.168.4.0/22", "192.168.7.255"));
    CHECK_FALSE(contains("192.168.4.0/22", "192.168.8.0"));
    CHECK(contains("0.0.0.0/0", "8.8.8.8"));
    CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
    CHECK(contains("2001:db8::/33", "2001:db8:7fff::1"));
    CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
    CHECK(contains("127.0.0.1", "::ffff:127.0.0.1"));
    for (const auto* wrong : {"", "10.0.0.0/33", "10.0.0/8", "2001:db8::/129", "10.0.0.0/", "10.0.0.0/x"}) {
        CHECK_THROWS_AS(Network(wrong), std::invalid_argument);
    }
    CHECK_FALSE(IpAddress::parse(std::string_view("10.0.0.1\0.example.com", 20)));  // nothing after a NUL is overlooked
}

TEST_CASE("a bucket fills up again with time") {
    RateLimiter limiter({.per_minute = 60, .at_once = 2});
    auto now = RateLimiter::Instant{} + std::chrono::hours(1);
    CHECK(limiter.take("a", now).wait == 0);
    CHECK(limiter.take("a", now).wait == 0);
    CHECK(limiter.take("a", now).wait == 1);
    CHECK(limiter.take("b", now).wait == 0);
    CHECK(limiter.take("c", now).left == 1);
    CHECK(limiter.take("c", now).left == 0);
    CHECK(limiter.take("c", now).full == 2);
    now += std::chrono::milliseconds(1100);
    CHECK(limiter.take("a", now).wait == 0);
    CHECK(limiter.take("a", now).wait == 1);
    now += std::chrono::hours(1);
    CHECK(limiter.take("a", now).wait == 0);
    CHECK(limiter.take("a", now).wait == 0);
    CHECK(limiter.take("a", now).wait == 1);
}

TEST_CASE("a connection too many is told so where none is idle") {
    api::Config config;
    config.connections = 2;
    Desk desk(add_slow, config);
    Wire first(desk.port());
    Wire second(desk.port());
    for (auto* wire : {&first, &second}) {
        wire->send("GET /endless HTTP/1.1\r\nHost: desk\r\n\r\n");
        CHECK_FALSE(wire->read_some().empty());
    }
    Wire third(desk.port());
    const auto reply = third.reply();
    CHECK(reply.status == 503);
    CHECK(reply.code() == "overloaded");
    CHECK_FALSE(reply.header("Retry-After").empty());
    CHECK(third.at_end());
}

TEST_CASE("an address has so many connections, and others have theirs") {
    const auto own = own_address();
    if (!own) {
        SKIP("this machine has no address but loopback's, which is not limited");
    }
    api::Config config;
    config.address = "0.0.0.0";
    config.connections_per_address = 2;
    Desk desk(add_slow, config);
    constexpr auto kAskTwice = "GET /plain HTTP/1.1\r\nHost: desk\r\n\r\n";
    Wire first(desk.port(), *own);
    {
        Wire second(desk.port(), *own);
        for (auto* wire : {&first, &second}) {
            wire->send(kAskTwice);
            CHECK(wire->reply().status == 200);
        }
        Wire third(desk.port(), *own);
        const auto refused = third.reply();
        CHECK(refused.status == 503);
        CHECK_FALSE(refused.header("Retry-After").empty());
        CHECK(desk.get("/plain").status == 200);  // from loopback
        first.send(kAskTwice);
        CHECK(first.reply().status == 200);
    }
    // Another one may come once one of them has gone, which the server sees in its time.
    int status = 503;
    for (const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
         status == 503 && std::chrono::steady_clock::now() < until;) {
        Wire again(desk.port(), *own);
        again.send(kAskTwice);
        status = again.reply().status;
    }
    CHECK(status == 200);
}

TEST_CASE("connections beyond the queue are told to come back") {
    api::Config config;
    config.workers.threads = 1;
    config.workers.queue = 1;
    Desk desk(add_slow, config);
    Wire busy(desk.port());
    busy.send("GET /endless HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK_FALSE(busy.read_some().empty());
    Wire waiting(desk.port());
    waiting.send("GET /plain HTTP/1.1\r\nHost: desk\r\n\r\n");
    // Accepted in order: this one is looked at after the one that waits.
    Wire refused(desk.port());
    refused.send("GET /plain HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK(refused.reply().status == 503);
}

TEST_CASE("a stream comes in pieces, and the connection goes on after it") {
    Desk desk(add_slow);
    Wire wire(desk.port());
    wire.send("GET /count HTTP/1.1\r\nHost: desk\r\n\r\n");
    const auto reply = wire.reply();
    CHECK(reply.header("Transfer-Encoding") == "chunked");
    CHECK(reply.header("Content-Type") == "text/event-stream");
    CHECK(reply.header("X-Accel-Buffering") == "no");
    CHECK(reply.header("Cache-Control") == "no-cache");
    CHECK(reply.content == "data: 0\n\ndata: 1\n\ndata: 2\n\n");
    wire.send("GET /plain HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK(wire.reply().status == 200);
    wire.send("HEAD /count HTTP/1.1\r\nHost: desk\r\n\r\nGET /plain HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK(wire.reply(true).status == 200);
    CHECK(wire.reply().content == R"({"ok":true})");
    wire.send("GET /count HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    CHECK(wire.reply().content == "data: 0\n\ndata: 1\n\ndata: 2\n\n");  // up to the connection's end
}

TEST_CASE("streams have a number of their own, so that they cannot take all workers") {
    api::Config config;
    config.live_streams = {.all = 1, .each = 1};
    Desk desk(add_slow, config);
    auto first = std::make_unique<Wire>(desk.port());
    first->send("GET /endless HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK_FALSE(first->read_some().empty());
    const auto refused = desk.get("/endless");
    CHECK(refused.status == 503);
    CHECK(refused.code() == "too_many_streams");
    // The place of a client that has gone is free at once, as for somebody who reloads a page again and again.
    for (int reloads = 0; reloads < 20; ++reloads) {
        first = std::make_unique<Wire>(desk.port());
        first->send("GET /endless HTTP/1.1\r\nHost: desk\r\n\r\n");
        CHECK(first->read_some().substr(9, 3) == "200");
    }
}

TEST_CASE("a drain answers what is under way, ends streams and idle connections, and accepts nothing more",
          "[concurrency]") {
    std::latch started(1);
    std::latch may_end(1);
    Desk desk([&](api::RouteTable& routes) {
        add_slow(routes);
        routes.add({.method = "GET", .path = "/slow", .who = Who::anyone, .summary = "Slow", .tag = "Test"},
                   [&](api::Request&) {
                       started.count_down();
                       may_end.wait();
                       return api::ok({{"slow", true}});
                   });
        routes.add({.method = "GET", .path = "/export", .who = Who::anyone, .summary = "A long export", .tag = "Test"},
                   [](api::Request&) {
                       api::Answer answer{.content_type = "text/csv"};
                       answer.stream = [](const api::Send& send) {
                           while (send("a,b\n")) {
                               std::this_thread::sleep_for(std::chrono::milliseconds(5));
                           }
                       };
                       return answer;
                   });
    });
    Wire idle(desk.port());
    idle.send("GET /plain HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK(idle.reply().status == 200);
    Wire stream(desk.port());
    stream.send("GET /endless HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK_FALSE(stream.read_some().empty());
    Wire exported(desk.port());
    exported.send("GET /export HTTP/1.1\r\nHost: desk\r\n\r\n");
    CHECK_FALSE(exported.read_some().empty());
    Wire slow(desk.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: desk\r\n\r\n");
    started.wait();
    std::thread drain([&] { desk.server->drain(wire::Milliseconds{300'000}); });
    CHECK(idle.at_end());
    const auto rest_of = [](Wire& wire) {
        std::string rest;
        for (auto piece = wire.read_some(); !piece.empty(); piece = wire.read_some()) {
            rest += piece;
        }
        return rest;
    };
    CHECK(rest_of(stream).ends_with("0\r\n\r\n"));
    CHECK(rest_of(exported).find("\r\n0\r\n") == std::string::npos);  // it was cut, and does not look whole
    may_end.count_down();
    const auto reply = slow.reply();
    CHECK(reply.content == R"({"slow":true})");
    CHECK(reply.header("Connection") == "close");
    drain.join();
    CHECK_THROWS(Wire(desk.port()));
}

TEST_CASE("a drain cuts what does not end in time") {
    Desk desk(add_slow);
    Wire half(desk.port());
    half.send("POST /limited HTTP/1.1\r\nHost: desk\r\nContent-Length: 5\r\n\r\n");
    const auto begun = std::chrono::steady_clock::now();
    desk.server->drain(wire::Milliseconds{100});
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(60));  // its body has five minutes
}

TEST_CASE("64 clients are answered at once, each its own", "[concurrency]") {
    Desk desk(add_slow);
    std::vector<std::thread> clients;
    std::atomic<int> right = 0;
    for (int i = 0; i < 64; ++i) {
        clients.emplace_back([&, i] {
            Wire wire(desk.port());
            for (int n = 0; n < 20; ++n) {
                const auto id = fmt::format("client-{}-{}", i, n);
                wire.send(fmt::format("GET /plain HTTP/1.1\r\nHost: desk\r\nX-Request-Id: {}\r\n\r\n", id));
                const auto reply = wire.reply();
                right += reply.status == 200 && reply.header("X-Request-Id") == id ? 1 : 0;
            }
        });
    }
    for (auto& client : clients) {
        client.join();
    }
    CHECK(right == 64 * 20);
}

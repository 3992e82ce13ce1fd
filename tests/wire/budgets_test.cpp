// What one party uses never takes another's share: connections, bodies, streams, threads, readers.

#include "base/budgets.h"

#include <fmt/format.h>

#include <atomic>
#include <latch>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"
#include "support/in_time.h"
#include "wire/desk.h"
#include "wire/places.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;
using wire::Places;

namespace {

constexpr std::uint32_t kLoopback = 0x7F000001;
constexpr auto kAskPlain = "GET /plain HTTP/1.1\r\nHost: desk\r\n\r\n";

std::uint32_t somebody(std::uint32_t who) { return kLoopback + who; }

api::Answer endless(api::Request&, const char* content_type) {
    api::Answer answer{.content_type = content_type};
    answer.stream = [](const api::Send& send) {
        send("data: here\n\n");
        while (send("")) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    };
    return answer;
}

void add_plain(api::RouteTable& routes) {
    const auto add = [&](std::string method, std::string path, Who who, auto handler) {
        routes.add({.method = std::move(method), .path = std::move(path), .who = who, .summary = "Test", .tag = "Test"},
                   handler);
    };
    add("GET", "/plain", Who::anyone, [](api::Request&) { return api::ok({{"ok", true}}); });
    add("GET", "/live", Who::viewer, [](api::Request& in) { return endless(in, "text/event-stream"); });
    add("GET", "/export", Who::viewer, [](api::Request& in) { return endless(in, "text/csv"); });
    routes.add({.method = "POST",
                .path = "/webhook",
                .who = Who::anyone,
                .summary = "Test",
                .tag = "Test",
                .raw_body = "application/json"},
               [](api::Request& in) {
                   return api::ok({{"bytes", in.raw_body().size()}});
               });
    routes.add({.method = "POST",
                .path = "/closed",
                .who = Who::anyone,
                .summary = "Test",
                .tag = "Test",
                .raw_body = "application/json",
                .refuses = {kNotFound},
                .before_body = [](api::Request&) { throw not_found("webhook"); }},
               [](api::Request&) { return api::ok({}); });
    for (const auto& [path, who] : {std::pair{"/order", Who::anyone}, std::pair{"/staff", Who::staff}}) {
        routes.add({.method = "POST",
                    .path = path,
                    .who = who,
                    .summary = "Test",
                    .tag = "Test",
                    .body = Shape::map(Shape::anything())},
                   [](api::Request&, const Json& body) {
                       return api::ok({{"members", body.size()}});
                   });
    }
}

std::string head_of(std::string_view path, std::string_view more) {
    return fmt::format("POST {} HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n{}\r\n", path, more);
}

std::string chunked(std::string_view path, std::string_view token = "") {
    return head_of(path, fmt::format("Transfer-Encoding: chunked\r\n{}",
                                     token.empty() ? "" : fmt::format("Authorization: Bearer {}\r\n", token)));
}

void wait_until_parked(Desk& desk, int connections) {
    const auto wanted = fmt::format("\norderd_http_connections_parked {}\n", connections);
    REQUIRE(comes_true(
        [&] { return desk.server->metrics().text(desk.server->routes()).find(wanted) != std::string::npos; }));
}

/// Opens a stream. @returns the status
int open_stream(Wire& wire, std::string_view path, std::string_view token) {
    wire.send(fmt::format("GET {} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {}\r\n\r\n", path, token));
    const auto some = wire.read_some();
    return some.size() > 12 ? std::stoi(some.substr(9, 3)) : 0;
}

}  // namespace

TEST_CASE("X6: when all connections are taken, the oldest idle one of whoever holds most goes") {
    api::Config config;
    config.connections = 8;
    Desk desk(add_plain, config);
    std::vector<std::unique_ptr<Wire>> greedy;
    for (int i = 0; i < 6; ++i) {
        greedy.push_back(std::make_unique<Wire>(desk.port(), kLoopback, somebody(1)));
        greedy.back()->send(kAskPlain);
        CHECK(greedy.back()->reply().status == 200);
    }
    Wire modest(desk.port(), kLoopback, somebody(2));
    modest.send(kAskPlain);
    CHECK(modest.reply().status == 200);
    Wire half(desk.port(), kLoopback, somebody(1));
    half.send("GET /plain HTTP/1.1\r\nHo");  // of the same holder, but it has begun
    wait_until_parked(desk, 8);
    std::vector<std::unique_ptr<Wire>> newcomers;
    for (std::size_t i = 0; i < 3; ++i) {
        newcomers.push_back(std::make_unique<Wire>(desk.port(), kLoopback, somebody(3)));
        newcomers.back()->send(kAskPlain);
        CHECK(newcomers.back()->reply().status == 200);
    }
    half.send("st: desk\r\n\r\n");
    CHECK(half.reply().status == 200);
    modest.send(kAskPlain);
    CHECK(modest.reply().status == 200);
    int left = 0;
    for (const auto& wire : greedy) {
        wire->send(kAskPlain);
        left += wire->reply().status == 200 ? 1 : 0;
    }
    CHECK(left == 3);
}

TEST_CASE("X6: heads that never end do not keep newcomers out") {
    api::Config config;
    config.connections = 4;
    Desk desk(add_plain, config);
    std::vector<std::unique_ptr<Wire>> slow;
    for (int i = 0; i < 4; ++i) {
        slow.push_back(std::make_unique<Wire>(desk.port(), kLoopback, somebody(1)));
        slow.back()->send("GET /plain HT");
    }
    wait_until_parked(desk, 4);
    Wire newcomer(desk.port(), kLoopback, somebody(2));
    newcomer.send(kAskPlain);
    CHECK(newcomer.reply().status == 200);
}

TEST_CASE("X6: IPv6 counts by /64 and by /48, and so do rates") {
    const auto parse = [](std::string_view text) { return IpAddress::parse(text).value(); };
    CHECK(parse("2001:db8:1:2::1").counted_as() == parse("2001:db8:1:2:ffff::9").counted_as());
    CHECK(parse("2001:db8:1:2::1").counted_as() != parse("2001:db8:1:3::1").counted_as());
    CHECK(parse("2001:db8:1:2::1").site() == parse("2001:db8:1:ffff::1").site());
    CHECK(parse("2001:db8:1::1").site() != parse("2001:db8:2::1").site());
    CHECK(parse("192.0.2.1").site() == parse("::ffff:192.0.2.1").counted_as());
    CHECK(parse("192.0.2.1").site() != parse("192.0.2.2").site());

    api::Config config;
    config.proxies = {Network("127.0.0.0/8")};
    config.rate = {.per_minute = 0.01, .at_once = 2};  // none comes back while the test lasts
    Desk desk(
        [](api::RouteTable& routes) {
            routes.add({.method = "POST",
                        .path = "/limited",
                        .who = Who::anyone,
                        .summary = "Test",
                        .tag = "Test",
                        .limited = true},
                       [](api::Request&) { return api::ok({}); });
        },
        config);
    int answered = 0;
    for (int i = 0; i < 20; ++i) {  // each of another /64 of one /48
        answered +=
            desk.ask("POST", "/limited", fmt::format("X-Forwarded-For: 2001:db8:1:{:x}::1\r\n", i)).status == 200;
    }
    CHECK(answered == 2 * static_cast<int>(budget::kAddressesOfSite));
    CHECK(desk.ask("POST", "/limited", "X-Forwarded-For: 2001:db8:2::1\r\n").status == 200);
}

TEST_CASE("X9: slow bodies of strangers take no places of webhooks, nor of staff, nor the other way round",
          "[concurrency]") {
    api::Config config;
    config.bodies_of_strangers = {.all = 2, .each = 2};
    config.bodies_of_webhooks = {.all = 2, .each = 2};
    config.bodies_of_staff = {.all = 2, .each = 2};
    Desk desk(add_plain, config);
    const auto status_of_another = [&](const std::string& head) {
        Wire wire(desk.port());
        wire.send(head + "2\r\n{}\r\n0\r\n\r\n");
        return wire.reply().status;
    };
    const std::vector<std::string> heads{chunked("/webhook"), chunked("/order"), chunked("/staff", "staff")};
    SlowClients slow(desk.port());
    for (std::size_t taken = 0; taken < heads.size(); ++taken) {
        const auto& head = heads[taken];
        CHECK(slow.begin_until(503, head + "1\r\n{", [&] { return status_of_another(head); }) == 503);
        for (std::size_t other = taken + 1; other < heads.size(); ++other) {
            CHECK(status_of_another(heads[other]) == 200);
        }
    }
}

TEST_CASE("X9: what is refused is refused before its body is sent") {
    Desk desk(add_plain);
    for (const auto& [head, status] :
         {std::pair{chunked("/closed"), 404}, std::pair{chunked("/staff"), 401},
          std::pair{chunked("/staff", "viewer"), 403},
          std::pair{head_of("/closed", "Content-Length: 1000000\r\n"), 404},
          std::pair{head_of("/closed", "Content-Length: 1000000\r\nExpect: 100-continue\r\n"), 404}}) {
        Wire wire(desk.port());
        wire.send(head);
        CHECK(wire.reply().status == status);
    }
}

TEST_CASE("X9: a body that comes slower than it may is given up, and one at that rate is read") {
    api::Config config;
    config.deadlines.body_begins = wire::Milliseconds{100};
    config.deadlines.body_rate = 100;
    Desk desk(add_plain, config);
    Wire slow(desk.port());
    slow.send(head_of("/webhook", "Content-Length: 50000\r\n"));
    const auto begun = std::chrono::steady_clock::now();
    const auto reply = slow.reply();
    CHECK(reply.status == 400);
    CHECK(reply.code() == "body_incomplete");
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(60));  // the whole body has five minutes
    Wire steady(desk.port());
    // What comes with the head buys minutes for the rest, of which the last comes when the first 100 ms are long over.
    steady.send(head_of("/webhook", "Content-Length: 50000\r\n") + std::string(30'000, 'x'));
    for (int i = 0; i < 20; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        steady.send(std::string(1'000, 'x'));
    }
    CHECK(steady.reply().json().at("bytes") == 50'000);
}

TEST_CASE("X9: the party with most places gives its oldest up to a newcomer, and a source has its bound") {
    Places places({.all = 4, .each = 2});
    std::vector<std::string> ended;
    std::set<std::string> gone;
    const auto ends = [&](std::string name) { return [&ended, name] { ended.push_back(name); }; };
    std::vector<std::unique_ptr<std::optional<Places::Place>>> held;
    const auto take = [&](const std::string& party, const std::string& source, const std::string& name) {
        held.push_back(std::make_unique<std::optional<Places::Place>>());
        return places.take(*held.back(), {.name = party, .source = source},
                           {.end = ends(name), .left = [&gone, name] { return gone.contains(name); }});
    };
    CHECK(take("a", "a1", "first"));
    CHECK(take("a", "a1", "second"));
    CHECK_FALSE(take("a", "a1", "one too many"));
    CHECK(take("a", "a2", "third"));
    CHECK(take("a", "a3", "fourth"));
    CHECK(places.taken() == 4);
    CHECK_FALSE(take("a", "a4", "of the same party"));
    CHECK(take("b", "b1", "b's"));
    CHECK(ended == std::vector<std::string>{"first"});
    CHECK(take("b", "b2", "b's second"));
    CHECK(ended == std::vector<std::string>{"first", "second"});
    CHECK_FALSE(take("b", "b3", "b has no fewer than a"));
    CHECK(take("c", "c1", "c's"));
    CHECK(places.taken() == 4);
    gone = {"b's", "c's"};
    CHECK(take("b", "b1", "b's page, loaded again"));
    CHECK(ended == std::vector<std::string>{"first", "second", "third", "b's", "c's"});
    CHECK(places.taken() == 3);
    held.clear();
    CHECK(places.taken() == 0);
}

TEST_CASE("X10: a session has four live streams, and exports have places of their own", "[concurrency]") {
    api::Config config;
    config.exports = {.all = 2, .each = 1};
    Desk desk(add_plain, config);
    std::vector<std::unique_ptr<Wire>> open;
    const auto status = [&](std::string_view path, std::string_view token) {
        open.push_back(std::make_unique<Wire>(desk.port()));
        return open_stream(*open.back(), path, token);
    };
    for (std::size_t i = 0; i < budget::kLiveStreams.each; ++i) {
        CHECK(status("/live", "viewer") == 200);
    }
    CHECK(status("/live", "viewer") == 503);
    CHECK(status("/export", "viewer") == 200);
    CHECK(status("/export", "viewer") == 503);
    CHECK(status("/live", "owner") == 200);
    CHECK(status("/export", "owner") == 200);
    CHECK(status("/export", "staff") == 503);
    CHECK(status("/live", "staff") == 200);
}

TEST_CASE("X10: where all live streams are taken, whoever has most gives one up", "[concurrency]") {
    api::Config config;
    config.live_streams = {.all = 3, .each = 3};
    Desk desk(add_plain, config);
    std::vector<std::unique_ptr<Wire>> open;
    for (int i = 0; i < 3; ++i) {
        open.push_back(std::make_unique<Wire>(desk.port()));
        CHECK(open_stream(*open.back(), "/live", "viewer") == 200);
    }
    Wire owner(desk.port());
    CHECK(open_stream(owner, "/live", "owner") == 200);
    CHECK(open.front()->at_end());
}

TEST_CASE("a quarter of the threads is kept from strangers, whose requests wait meanwhile", "[concurrency]") {
    std::latch may_end(1);
    std::atomic<int> under_way = 0;
    api::Config config;
    config.workers.threads = 4;
    Desk desk(
        [&](api::RouteTable& routes) {
            add_plain(routes);
            routes.add({.method = "GET", .path = "/slow", .who = Who::anyone, .summary = "Test", .tag = "Test"},
                       [&](api::Request&) {
                           ++under_way;
                           may_end.wait();
                           return api::ok({{"slow", true}});
                       });
        },
        config);
    std::vector<std::unique_ptr<Wire>> slow;
    for (int i = 0; i < 8; ++i) {
        slow.push_back(std::make_unique<Wire>(desk.port()));
        slow.back()->send("GET /slow HTTP/1.1\r\nHost: desk\r\n\r\n");
    }
    while (under_way < 3) {
        std::this_thread::yield();
    }
    CHECK(desk.get("/plain", "Authorization: Bearer viewer\r\n").status == 200);
    CHECK(desk.get("/plain", "Authorization: Bearer key\r\n").status == 200);
    const auto customer = desk.get("/plain", "Authorization: Bearer customer\r\n");  // anyone can be one
    CHECK(customer.status == 503);
    CHECK(customer.code() == "overloaded");
    CHECK(under_way == 3);
    may_end.count_down();
    for (const auto& wire : slow) {
        CHECK(wire->reply().status == 200);
    }
    CHECK(under_way == 8);
}

TEST_CASE("X2: a stranger's read has a deadline, and two readers are kept for others", "[concurrency]") {
    constexpr auto kLong = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    std::latch may_end(1);
    std::atomic<int> holding = 0;
    Desk desk([&](api::RouteTable& routes) {
        const auto add = [&](std::string path, auto handler) {
            routes.add({.method = "GET", .path = std::move(path), .who = Who::anyone, .summary = "Test", .tag = "Test"},
                       handler);
        };
        add("/long", [&](api::Request& in) { return api::ok({{"n", in.read().value<std::int64_t>(kLong).value()}}); });
        add("/hold", [&](api::Request& in) {
            const auto reader = in.read();
            ++holding;
            may_end.wait();
            return api::ok({});
        });
        add("/read", [&](api::Request& in) {
            return api::ok({{"n", in.read().value<std::int64_t>("SELECT 1").value()}});
        });
    });
    const auto begun = std::chrono::steady_clock::now();
    const auto costly = desk.get("/long");
    CHECK(costly.status == 503);
    CHECK(costly.code() == "too_costly");
    CHECK_FALSE(costly.header("Retry-After").empty());
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(60));
    CHECK(desk.get("/read").status == 200);  // the connection is good again

    std::vector<std::unique_ptr<Wire>> holders;
    for (std::size_t i = 0; i < budget::kReaders; ++i) {
        holders.push_back(std::make_unique<Wire>(desk.port()));
        holders.back()->send("GET /hold HTTP/1.1\r\nHost: desk\r\n\r\n");
    }
    while (holding < static_cast<int>(budget::kReaders - budget::kReadersKept)) {
        std::this_thread::yield();
    }
    CHECK(desk.get("/read", "Authorization: Bearer viewer\r\n").status == 200);
    CHECK(desk.get("/read").status == 503);  // after its turn did not come
    may_end.count_down();
    int answered = 0;
    for (const auto& holder : holders) {
        answered += holder->reply().status == 200 ? 1 : 0;
    }
    CHECK(answered >= static_cast<int>(budget::kReaders - budget::kReadersKept));
}

TEST_CASE("A1: a proxy on this machine that is not configured is one address, and is told of once") {
    api::Config config;
    config.rate = {.per_minute = 0.01, .at_once = 2};  // none comes back while the test lasts
    Desk desk(
        [](api::RouteTable& routes) {
            routes.add({.method = "POST",
                        .path = "/limited",
                        .who = Who::anyone,
                        .summary = "Test",
                        .tag = "Test",
                        .limited = true},
                       [](api::Request& in) {
                           return api::ok({{"address", in.caller().address}});
                       });
        },
        config);
    const auto ask = [&](const std::string& header) { return desk.ask("POST", "/limited", header).status; };
    for (int i = 0; i < 5; ++i) {
        CHECK(ask("") == 200);  // straight from this machine
    }
    CHECK(ask("X-Forwarded-For: 192.0.2.1\r\n") == 200);
    CHECK(ask("X-Forwarded-For: 192.0.2.2\r\n") == 200);
    CHECK(ask("X-Forwarded-For: 192.0.2.3\r\n") == 429);
    CHECK(ask("X-Forwarded-For: 2001:db8::1, 192.0.2.4\r\n") == 429);
    CHECK(ask("") == 200);
}

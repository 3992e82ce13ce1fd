#include "api/idempotency.h"

#include <fmt/format.h>

#include <latch>
#include <string>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "base/errors.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

constexpr auto kAdd = "INSERT INTO setting (name, value, updated_at) VALUES (?1, '1', 0)";
constexpr auto kCount = "SELECT count(*) FROM setting WHERE name LIKE 'made %'";

constexpr Refused kFailed{409, "failed", "The test wanted it."};

/// Routes that write one row a call, so that what happened can be counted.
struct Bench {
    std::atomic<int> made = 0;
    std::latch* started = nullptr;
    std::latch* may_end = nullptr;

    api::Answer make(storage::Transaction& tx, const Json& wanted) {
        const int number = ++made;
        tx.run(kAdd, fmt::format("made {}", number));
        if (wanted.at("fail") == true) {
            throw Refusal(kFailed, "as asked");
        }
        return api::created(fmt::format("/orders/{}", number), {{"id", number}, {"who", "Ada Lovelace"}}, 1);
    }

    void add_routes(api::RouteTable& routes) {
        const auto body = Shape::object({{"n", Shape::integer(0, 100)}, {"fail", Shape::boolean()}});
        for (const auto* path : {"/orders", "/others"}) {
            routes.add({.method = "POST",
                        .path = path,
                        .who = Who::anyone,
                        .summary = "Make one",
                        .tag = "Test",
                        .body = body,
                        .refuses = {kFailed},
                        .idempotent = true},
                       [this](api::Request& in, const Json& wanted) {
                           return in.mutate([&](storage::Transaction& tx) { return make(tx, wanted); });
                       });
        }
        routes.add({.method = "POST",
                    .path = "/payments",
                    .who = Who::anyone,
                    .summary = "Wait for another",
                    .tag = "Test",
                    .body = body,
                    .refuses = {kFailed},
                    .idempotent = true},
                   [this](api::Request& in, const Json& wanted) {
                       return in.once([&] {
                           if (started != nullptr) {
                               started->count_down();
                               may_end->wait();
                           }
                           return in.mutate([&](storage::Transaction& tx) { return make(tx, wanted); });
                       });
                   });
    }
};

struct Fixture {
    Bench bench;
    Desk desk{[this](api::RouteTable& routes) { bench.add_routes(routes); }};

    WireReply post(std::string_view path, std::string_view key, std::string_view body = R"({"n":1,"fail":false})",
                   std::string_view more = "") {
        return desk.post(path, body, fmt::format("Idempotency-Key: {}\r\n{}", key, more));
    }
    std::int64_t rows() { return desk.store->read().value<std::int64_t>(kCount).value(); }
};

}  // namespace

TEST_CASE("the same key and body get the first answer again, and nothing happens twice") {
    Fixture f;
    const auto first = f.post("/orders", "k1");
    CHECK(first.status == 201);
    CHECK(first.header("Idempotent-Replayed").empty());
    const auto again = f.post("/orders", "k1");
    CHECK(again.status == 201);
    CHECK(again.content == first.content);
    CHECK(again.header("Location") == "/orders/1");
    CHECK(again.header("ETag") == "\"1\"");
    CHECK(again.header("Content-Type") == "application/json");
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(f.rows() == 1);
    CHECK(f.post("/orders", "k2").json().at("id") == 2);
}

TEST_CASE("the same key with another body is refused, and changes nothing") {
    Fixture f;
    f.post("/orders", "k1");
    const auto other = f.post("/orders", "k1", R"({"n":2,"fail":false})");
    CHECK(other.status == 422);
    CHECK(other.code() == "idempotency_key_reused");
    CHECK(f.rows() == 1);
}

TEST_CASE("a key is its caller's and its route's") {
    Fixture f;
    CHECK(f.post("/orders", "k1").json().at("id") == 1);
    CHECK(f.post("/others", "k1").json().at("id") == 2);
    CHECK(f.post("/orders", "k1", R"({"n":1,"fail":false})", "Authorization: Bearer customer\r\n").json().at("id") ==
          3);
    CHECK(f.post("/orders", "k1", R"({"n":1,"fail":false})", "Authorization: Bearer staff\r\n").json().at("id") == 4);
    CHECK(f.post("/orders", "k1", R"({"n":1,"fail":false})", "Authorization: Bearer customer\r\n").json().at("id") ==
          3);
}

TEST_CASE("a refusal is not kept: the same key may be tried again") {
    Fixture f;
    CHECK(f.post("/orders", "k1", R"({"n":1,"fail":true})").status == 409);
    CHECK(f.rows() == 0);
    CHECK(f.post("/orders", "k1", R"({"n":1,"fail":false})").status == 201);
}

TEST_CASE("a key is forgotten after a day") {
    Fixture f;
    f.post("/orders", "k1");
    f.desk.clock.advance(seconds(24 * 3600 - 1));
    CHECK(f.post("/orders", "k1").json().at("id") == 1);
    f.desk.clock.advance(seconds(1));
    CHECK(f.post("/orders", "k1").json().at("id") == 2);

    f.post("/orders", "k2");
    f.desk.clock.advance(hours(24));
    f.desk.clock.advance(Duration{1});
    f.post("/orders", "k3");
    const auto now = f.desk.clock.now();
    const storage::Slice slice{.before = now - api::kKeyLifetime, .now = now, .most = 10};
    const auto pruned =
        f.desk.store->writer().run([&](storage::Transaction& tx) { return api::remove_old_keys(tx, slice); });
    CHECK(pruned.removed == 2);
    CHECK_FALSE(pruned.next);
    CHECK(f.desk.store->read().value<std::int64_t>("SELECT count(*) FROM idempotency_key") == 1);
}

TEST_CASE("a key is 1 to 255 visible ASCII characters") {
    Fixture f;
    CHECK(f.post("/orders", std::string(255, 'k')).status == 201);
    for (const auto& key : {std::string(256, 'k'), std::string("a b"), std::string("k\xC3\xA9")}) {
        const auto reply = f.post("/orders", key);
        CHECK(reply.status == 422);
        CHECK(reply.code() == "invalid_idempotency_key");
    }
    CHECK(f.rows() == 1);
}

TEST_CASE("a stored answer shows no customer in the database") {
    Fixture f;
    CHECK(f.post("/orders", "k1").content.find("Lovelace") != std::string::npos);
    const auto sealed = f.desk.store->read().value<std::string>("SELECT answer_sealed FROM idempotency_key").value();
    CHECK(sealed.find("Lovelace") == std::string::npos);
    CHECK(sealed.find("Location") == std::string::npos);
}

TEST_CASE("a request whose key is under way is refused until that is answered", "[concurrency]") {
    Fixture f;
    std::latch started(1);
    std::latch may_end(1);
    f.bench.started = &started;
    f.bench.may_end = &may_end;
    WireReply first;
    std::thread other([&] { first = f.post("/payments", "k1"); });
    started.wait();
    const auto meanwhile = f.post("/payments", "k1");
    CHECK(meanwhile.status == 409);
    CHECK(meanwhile.code() == "idempotency_key_in_use");
    CHECK_FALSE(meanwhile.header("Retry-After").empty());
    may_end.count_down();
    other.join();
    CHECK(first.status == 201);
    const auto after = f.post("/payments", "k1");
    CHECK(after.content == first.content);
    CHECK(after.header("Idempotent-Replayed") == "true");
    CHECK(f.rows() == 1);
}

TEST_CASE("many clients with one key make one order", "[concurrency]") {
    Fixture f;
    std::vector<std::thread> clients;
    std::atomic<int> made = 0;
    std::atomic<int> in_use = 0;
    for (int i = 0; i < 16; ++i) {
        clients.emplace_back([&] {
            const auto reply = f.post("/orders", "k1");
            made += reply.status == 201 ? 1 : 0;
            in_use += reply.status == 409 ? 1 : 0;
        });
    }
    for (auto& client : clients) {
        client.join();
    }
    CHECK(made + in_use == 16);
    CHECK(made >= 1);
    CHECK(f.rows() == 1);
}

TEST_CASE("X20: a key that can be guessed is another guest's for nobody") {
    api::Config config;
    config.proxies.emplace_back("127.0.0.1");
    Bench bench;
    Desk desk([&](api::RouteTable& routes) { bench.add_routes(routes); }, config);
    const auto id = [&](const std::string& key, const std::string& from, const std::string& agent = "Shop/1",
                        const std::string& token = "") {
        auto headers =
            fmt::format("Idempotency-Key: {}\r\nX-Forwarded-For: {}\r\nUser-Agent: {}\r\n", key, from, agent);
        if (!token.empty()) {
            headers += fmt::format("Authorization: Bearer {}\r\n", token);
        }
        return desk.post("/orders", R"({"n":1,"fail":false})", headers).json().at("id").get<int>();
    };
    for (const auto* key : {"1", "order-1001", "2026-11-28T10:00:00.000Z-checkout",
                            "00000000-0000-4000-8000-000000000001", "5d1c0e7e-9a52-11ee-b9d1-0242ac120002",
                            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "0123456789abcdef0123456789abcdef"}) {
        CAPTURE(key);
        const auto first = id(key, "203.0.113.1");
        CHECK(id(key, "203.0.113.1") == first);
        CHECK(id(key, "203.0.113.2") != first);
        CHECK(id(key, "203.0.113.1", "Other/1") != first);
        const auto six = id(key, "2001:db8:1:1::1");
        CHECK(id(key, "2001:db8:1:1::2") == six);  // a telephone changes within its /64
        CHECK(id(key, "2001:db8:1:2::1") != six);
        const auto customer = id(key, "203.0.113.1", "Shop/1", "customer");
        CHECK(id(key, "203.0.113.9", "Shop/2", "customer") == customer);  // who is known needs no address
    }
    // A random key is known to its client alone, who may have changed networks before it tries again.
    for (const auto* key : {"3f2504e0-4f89-41d3-9a0c-0305e82c3301", "0190a5c2-7d3e-7b1f-8c4d-2e5f60718293",
                            "9f86d081884c7d659a2feaa0c55ad015", "k3J9xQv2LmZ8pRt5WbYc7HfNd"}) {
        CAPTURE(key);
        CHECK(api::is_unguessable(key));
        CHECK(id(key, "203.0.113.1") == id(key, "2001:db8:9::1", "Other/2"));
    }
}

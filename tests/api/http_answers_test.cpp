// What is answered to what, in HTTP's own terms, as one table: a request's head, the status, and the fields that matter.

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

struct Field {
    std::string name;
    std::string value;  ///< "…" at its end: the field begins so; empty: there is no such field
};

struct Row {
    std::string request;  ///< its line
    std::vector<std::string> head;
    int status;
    std::vector<Field> fields = {};
    std::string body = {};
};

bool fits(const std::string& value, const std::string& wanted) {
    constexpr std::string_view kMore = "…";
    return wanted.ends_with(kMore) ? value.starts_with(wanted.substr(0, wanted.size() - kMore.size()))
                                   : value == wanted;
}

const std::string kJson = "Content-Type: application/json";

// {staff} stands for a token; {etag} for the ETag of /products/1.
std::vector<Row> table() {
    return {
        // a path and a method
        {"GET /products/1",
         {},
         200,
         {{"Content-Type", "application/json"}, {"Allow", ""}, {"Cache-Control", "no-cache"}}},
        {"HEAD /products/1", {}, 200, {{"Content-Type", "application/json"}}},
        {"GET /nothing", {}, 404, {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}}},
        {"GET /products/99", {}, 404},
        {"GET /products/one", {}, 404},
        {"PATCH /products/1", {}, 405, {{"Allow", "DELETE, GET, HEAD, OPTIONS, PUT"}}},
        {"OPTIONS /products/1", {}, 204, {{"Allow", "DELETE, GET, HEAD, OPTIONS, PUT"}}},
        {"GET /products/1?colour=red", {}, 422},
        // who calls
        {"GET /admin/orders", {}, 401, {{"WWW-Authenticate", "Bearer"}}},
        {"GET /admin/orders",
         {"Authorization: Bearer nobody"},
         401,
         {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}}},
        {"GET /products/1",
         {"Authorization: Bearer nobody"},
         401,
         {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}}},
        {"GET /admin/orders", {"Authorization: Basic b3duZXI6eA=="}, 401, {{"WWW-Authenticate", "Bearer"}}},
        {"GET /admin/orders", {"{viewer}"}, 200, {{"Cache-Control", "no-store"}}},
        {"POST /products", {"{viewer}", kJson}, 403, {}, "{}"},
        // versions
        {"GET /products/1", {"If-None-Match: {etag}"}, 304, {{"ETag", "{etag}"}, {"Content-Type", ""}}},
        {"GET /products/1", {"If-None-Match: \"other\", W/{etag}"}, 304},
        {"GET /products/1", {"If-None-Match: *"}, 304},
        {"GET /products/1", {"If-None-Match: \"other\""}, 200, {{"ETag", "{etag}"}}},
        {"PUT /products/1", {"{staff}", kJson, "If-Match: \"other\""}, 412, {}, R"({"name": "Mug"})"},
        // what the client can read
        {"GET /products/1", {"Accept: application/json;q=0.1"}, 200},
        {"GET /products/1", {"Accept: application/json;q=0, */*"}, 406},
        {"GET /products/1", {"Accept: text/csv"}, 406},
        {"GET /products/1", {"Accept: application/*"}, 200},
        {"GET /openapi.json", {}, 200, {{"Content-Encoding", ""}, {"Vary", "Accept-Encoding"}}},
        {"GET /openapi.json",
         {"Accept-Encoding: gzip"},
         200,
         {{"Content-Encoding", "gzip"}, {"Vary", "Accept-Encoding"}}},
        {"GET /openapi.json", {"Accept-Encoding: br, gzip;q=0.5"}, 200, {{"Content-Encoding", "gzip"}}},
        {"GET /openapi.json", {"Accept-Encoding: gzip;q=0, *"}, 200, {{"Content-Encoding", ""}}},
        {"GET /docs",
         {"Accept-Encoding: gzip"},
         200,
         {{"Content-Encoding", "gzip"}, {"Content-Type", "text/html; charset=utf-8"}}},
        // bodies
        {"POST /orders",
         {kJson, "X-Forwarded-For: 203.0.113.7"},
         422,
         {{"RateLimit-Policy", "\"address\";q=…"}, {"RateLimit", "\"address\";r=…"}},
         "{}"},
        {"POST /orders", {kJson}, 400, {}, "{"},
        {"POST /orders", {"Content-Type: text/plain"}, 415, {}, "{}"},
        {"POST /orders", {kJson, "Content-Encoding: gzip"}, 415, {}, "{}"},
        {"POST /orders", {kJson, "Idempotency-Key: "}, 422, {}, "{}"},
        // who is asked
        {"GET /products/1", {"Host: a b"}, 400, {{"Connection", "close"}}},
        {"GET /products/1", {"Host: shop.example"}, 400, {{"Connection", "close"}}},  // the second one
        // a file that is sent as it is read
        {"GET /admin/orders/export", {"{viewer}"}, 200, {{"ETag", ""}, {"Content-Disposition", "attachment…"}}},
    };
}

}  // namespace

TEST_CASE("what is answered to what") {
    Shop shop([](app::Config& config) { config.trusted_proxies = {"127.0.0.1"}; });
    shop.product({.sku = "MUG"});
    const auto etag = shop.get("/products/1").header("ETag");
    REQUIRE_FALSE(etag.empty());
    const auto filled = [&](std::string text) {
        for (const auto& [name, value] : {std::pair<std::string, std::string>{"{etag}", etag},
                                          {"{staff}", "Authorization: Bearer " + shop.staff()},
                                          {"{viewer}", "Authorization: Bearer " + shop.viewer()}}) {
            if (const auto at = text.find(name); at != std::string::npos) {
                text.replace(at, name.size(), value);
            }
        }
        return text;
    };
    for (const auto& row : table()) {
        auto request = row.request + " HTTP/1.1\r\n";
        bool names_host = false;
        for (const auto& line : row.head) {
            names_host = names_host || line == "Host: a b";
            request += filled(line) + "\r\n";
        }
        request += names_host ? "" : "Host: shop.example\r\n";
        request += row.body.empty() ? "" : fmt::format("Content-Length: {}\r\n", row.body.size());
        CAPTURE(request);
        Wire wire(shop.port());
        wire.send(request + "\r\n" + row.body);
        const auto reply = wire.reply(row.request.starts_with("HEAD"));
        CAPTURE(reply.content);
        CHECK(reply.status == row.status);
        CHECK(reply.count("X-Request-Id") == 1);
        CHECK(reply.header("X-Content-Type-Options") == "nosniff");
        for (const auto& [name, value] : row.fields) {
            CAPTURE(name);
            CHECK(reply.count(name) == (value.empty() ? 0 : 1));
            CHECK(fits(reply.header(name), filled(value)));
        }
    }
}

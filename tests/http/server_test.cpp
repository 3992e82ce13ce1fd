#include "http/server.h"

#include <catch2/catch_test_macros.hpp>

#include "http/desk.h"

using namespace orderd;
using namespace orderd::tests;
using http::Shape;
using http::Who;

namespace {

void add_routes(http::RouteTable& routes) {
    routes.add({.method = "GET", .path = "/things/{id}", .who = Who::anyone, .summary = "One thing", .tag = "Things"},
               [](http::Request& in) { return http::ok({{"id", in.id()}}, 3); });
    routes.add({.method = "POST", .path = "/things", .who = Who::staff, .summary = "Add a thing", .tag = "Things",
                .body = Shape::object({{"name", Shape::text(1, 10)}, {"quantity", Shape::integer(1, 10'000)}})},
               [](http::Request& in) { return http::created("/things/1", in.body(), 1); });
}

}  // namespace

TEST_CASE("a request is routed, and its answer carries what every answer carries") {
    Desk desk(add_routes);
    const auto reply = desk.get("/things/7");
    CHECK(reply.status == 200);
    CHECK(reply.content == R"({"id":7})");
    CHECK(reply.header("Content-Type") == "application/json");
    CHECK(reply.header("ETag") == "\"3\"");
    CHECK(reply.header("X-Request-Id").starts_with("req_"));
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    CHECK(reply.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(reply.header("Referrer-Policy") == "same-origin");
    CHECK(reply.header("Connection") == "close");
}

TEST_CASE("all faults of a body are told at once") {
    Desk desk(add_routes);
    const auto reply = desk.post("/things", R"({"name":"","quantity":0,"colour":"red"})", "Authorization: Bearer staff\r\n");
    CHECK(reply.status == 422);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    const auto problem = reply.json();
    CHECK(problem.at("code") == "validation_failed");
    CHECK(problem.at("errors").size() == 3);
    CHECK(problem.at("errors").at(1) == Json{{"pointer", "/quantity"}, {"detail", "0 is not allowed; it is 1 to 10000"}});
    CHECK(problem.at("errors").at(2).at("pointer") == "/colour");
}

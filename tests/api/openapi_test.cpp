#include "api/openapi.h"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/docs.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

constexpr Refused kDeclined{402, "declined", "The card is not good."};

void add_routes(api::RouteTable& routes) {
    const auto address = Shape::object({{"country", Shape::country()}}).named("Address");
    const auto order =
        Shape::object({{"id", Shape::id()}, {"to", address.nullable()}, {"at", Shape::time()}}).named("Order");
    routes.add({.method = "GET",
                .path = "/orders/{id}",
                .who = Who::holder,
                .summary = "An order",
                .tag = "Orders",
                .answers = {{200, order}}},
               [](api::Request&) { return api::no_content(); });
    routes.add({.method = "PUT",
                .path = "/orders/{id}",
                .who = Who::staff,
                .summary = "Change <an> order",
                .tag = "Orders",
                .body = Shape::object({optional("note", Shape::lines(0, 100))}),
                .answers = {{200, order}},
                .if_match = true},
               [](api::Request&) { return api::no_content(); });
    routes.add({.method = "POST",
                .path = "/orders",
                .who = Who::anyone,
                .summary = "Place an order",
                .tag = "Orders",
                .body = Shape::object(
                    {{"to", address},
                     {"pay", Shape::tagged("type", {{"card", Shape::object({{"number", Shape::text(12, 19)}})},
                                                    {"cash", Shape::object({})}})}}),
                .answers = {{201, order}, {202, order}},
                .refuses = {kDeclined},
                .idempotent = true,
                .limited = true},
               [](api::Request&) { return api::no_content(); });
    routes.add(
        {.method = "GET",
         .path = "/orders",
         .who = Who::viewer,
         .summary = "Orders",
         .tag = "Orders",
         .query =
             {{.name = "status", .shape = Shape::one_of({"paid", "pending"}), .description = "", .repeated = true}},
         .paged = true,
         .answers = {{200, Shape::page(order)}, {200, {}, "text/csv"}}},
        [](api::Request&) { return api::no_content(); });
}

void collect_references(const Json& node, std::set<std::string>& into) {
    if (node.is_object() && node.contains("$ref")) {
        into.insert(node.at("$ref").get<std::string>());
    }
    for (const auto& child : node) {
        if (child.is_structured()) {
            collect_references(child, into);
        }
    }
}

/// The codes that a problem response can have, where it stands itself or is a reference to a shared one.
Json codes_of(const Json& document, const Json& response) {
    const auto reference = response.value("$ref", "#");
    const auto& found = reference == "#" ? response : document.at(Json::json_pointer(reference.substr(1)));
    const auto named = found.at("content").at("application/problem+json").at("schema").at("$ref").get<std::string>();
    const auto& schema = document.at(Json::json_pointer(named.substr(1)));
    return schema.at("allOf").at(1).at("properties").at("code").at("enum");
}

}  // namespace

TEST_CASE("the OpenAPI document has every route, and everything that it refers to") {
    Desk desk(add_routes);
    const auto reply = desk.get("/openapi.json");
    CHECK(reply.status == 200);
    const auto document = reply.json();
    CHECK(document.at("openapi") == "3.1.0");

    std::size_t operations = 0;
    for (const auto& row : desk.server->routes().rows()) {
        std::string method = row.route.method;
        for (auto& c : method) c = static_cast<char>(std::tolower(c));
        CAPTURE(row.route.method, row.route.path);
        const auto& operation = document.at("paths").at(row.route.path).at(method);
        CHECK_FALSE(operation.at("responses").empty());
        CHECK(operation.at("x-who") == to_text(row.route.who));
        for (const auto& parameter : operation.value("parameters", Json::array())) {
            if (parameter.value("in", "") == "path") {
                CHECK(parameter.at("required") == true);
                CHECK(row.route.path.find('{' + parameter.at("name").get<std::string>() + '}') != std::string::npos);
            }
        }
        ++operations;
    }
    CHECK(operations >= 11);

    std::set<std::string> references;
    collect_references(document, references);
    CHECK(references.contains("#/components/schemas/Address"));
    for (const auto& reference : references) {
        CAPTURE(reference);
        REQUIRE(reference.starts_with("#/"));
        CHECK(document.contains(Json::json_pointer(reference.substr(1))));
    }
    for (const auto* scheme : {"bearer", "cookie", "csrf"}) {
        CHECK(document.at("components").at("securitySchemes").contains(scheme));
    }
}

TEST_CASE("an operation says what its row says") {
    api::RouteTable table;
    add_routes(table);
    const auto document = api::openapi_document(table);
    const auto& paths = document.at("paths");

    const auto& post = paths.at("/orders").at("post");
    CHECK(post.at("security").at(0) == Json::object());
    CHECK(post.at("parameters").at(0).at("$ref") == "#/components/parameters/IdempotencyKey");
    CHECK(post.at("requestBody")
              .at("content")
              .at("application/json")
              .at("schema")
              .at("properties")
              .at("pay")
              .at("oneOf")
              .size() == 2);
    for (const auto* status : {"201", "202", "400", "402", "409", "413", "415", "422", "429", "500", "503", "507"}) {
        CHECK(post.at("responses").contains(status));
    }
    CHECK(codes_of(document, post.at("responses").at("404")) == Json::array({"erased"}));  // of a request sent again
    CHECK(codes_of(document, post.at("responses").at("402")) == Json::array({"declined"}));

    const auto& put = paths.at("/orders/{id}").at("put");
    CHECK(put.at("security").size() == 2);
    for (const auto* status : {"200", "401", "403", "404", "412", "428"}) {
        CHECK(put.at("responses").contains(status));
    }
    const auto& list = paths.at("/orders").at("get");
    CHECK(list.at("parameters").size() == 4);
    CHECK(list.at("parameters").at(0).at("explode") == false);
    CHECK(list.at("responses").at("200").at("content").size() == 2);
    CHECK(list.at("responses").contains("304"));
}

TEST_CASE("a sample fits the shape that it is of") {
    api::RouteTable table;
    add_routes(table);
    for (const auto& row : table.rows()) {
        std::vector<Fault> faults;
        if (row.route.body) {
            row.route.body->check(api::sample_of(*row.route.body), "", faults);
        }
        for (const auto& outcome : row.route.answers) {
            if (outcome.shape) outcome.shape->check(api::sample_of(*outcome.shape), "", faults);
        }
        CHECK(faults.empty());
    }
}

TEST_CASE("the documentation works without a network and under the strict policy") {
    Desk desk(add_routes);
    const auto page = desk.get("/docs");
    CHECK(page.status == 200);
    CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
    const auto policy = page.header("Content-Security-Policy");
    CHECK(policy.find("script-src 'self'") != std::string::npos);
    CHECK(policy.find("unsafe-inline") == std::string::npos);
    CHECK(page.content.find("style=") == std::string::npos);
    CHECK(page.content.find("onclick") == std::string::npos);
    CHECK(page.content.find("<script>") == std::string::npos);
    CHECK(page.content.find("https://") == std::string::npos);
    CHECK(page.content.find("Change &lt;an&gt; order") != std::string::npos);
    CHECK(page.content.find("curl -X POST &quot;$ORDERD/orders&quot;") != std::string::npos);
    CHECK(page.content.find("id=\"validation_failed\"") != std::string::npos);
    CHECK(desk.get("/docs/style.css").header("Content-Type") == "text/css; charset=utf-8");
    CHECK(desk.get("/docs/script.js").header("Content-Type") == "text/javascript; charset=utf-8");
    CHECK(desk.get("/docs", "If-None-Match: " + page.header("ETag") + "\r\n").status == 304);
}

TEST_CASE("D6: what scrolls in the documentation is reached by keyboard, under a name of its own") {
    Desk desk(add_routes);
    const auto page = desk.get("/docs").content;
    std::set<std::string> names;
    int regions = 0;
    for (const std::string_view opening : {"<pre", "<div class=\"wide\""}) {
        for (auto at = page.find(opening); at != std::string::npos; at = page.find(opening, at + 1)) {
            const auto tag = page.substr(at, page.find('>', at) - at);
            CAPTURE(tag);
            ++regions;
            CHECK(tag.find("tabindex=\"0\"") != std::string::npos);
            CHECK(tag.find("role=\"region\"") != std::string::npos);
            const auto label = tag.find("aria-label=\"");
            REQUIRE(label != std::string::npos);
            const auto name = tag.substr(label + 12, tag.find('"', label + 12) - label - 12);
            CHECK_FALSE(name.empty());
            CHECK(names.insert(name).second);  // two of the same name are told apart by nobody
        }
    }
    CHECK(regions > 5);
}

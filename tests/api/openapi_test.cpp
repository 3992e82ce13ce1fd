#include "api/openapi.h"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "api/docs.h"
#include "api/document_routes.h"
#include "api/operation_words.h"
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

/// One kind of event, that webhooks are sent.
api::SentEvents sent_events() {
    return {.envelope = Shape::object({{"type", Shape::text(1, 40)}, {"data", Shape::anything()}}).named("Sent"),
            .kinds = {{.name = "order.placed",
                       .subject = "order",
                       .meaning = "An order was placed.",
                       .body = Shape::object({{"total", Shape::money()}}).named("OrderPlaced")}}};
}

/// A server with these routes, and what describes them.
struct Documented {
    Desk desk{[this](api::RouteTable& routes) {
        add_routes(routes);
        api::add_document_routes(
            routes, [this]() -> const api::RouteTable& { return desk.server->routes(); }, sent_events);
    }};
};

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
    Documented documented;
    auto& desk = documented.desk;
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
    const auto document = api::openapi_document(table, sent_events());
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

TEST_CASE("A10: an operation declares the headers that its answers have") {
    api::RouteTable table;
    const auto versioned = Shape::object({{"id", Shape::id()}, {"version", Shape::id()}}).named("Versioned");
    const auto add = [&](api::Route route) {
        table.add(std::move(route), [](api::Request&) { return api::no_content(); });
    };
    add({.method = "POST", .path = "/versioned", .who = Who::staff, .answers = {{200, versioned}}});
    add({.method = "POST", .path = "/plain", .who = Who::staff, .answers = {{200, Shape::object({})}}});
    add({.method = "GET", .path = "/print", .who = Who::staff, .answers = {{200, {}, "application/pdf"}}});
    add({.method = "POST",
         .path = "/form",
         .who = Who::anyone,
         .answers = {{303, {}, "text/html"}},
         .limited = true,
         .page = true});
    add({.method = "POST",
         .path = "/login",
         .name = "auth.signIn",
         .who = Who::anyone,
         .answers = {{200, Shape::object({})}}});
    const auto document = api::openapi_document(table, sent_events());
    const auto headers_of = [&](const std::string& path, const std::string& method, const std::string& status) {
        const auto& answer = document.at("paths").at(path).at(method).at("responses").at(status);
        const auto reference = answer.value("$ref", "#");
        const auto& found = reference == "#" ? answer : document.at(Json::json_pointer(reference.substr(1)));
        std::set<std::string> names;
        for (const auto& [name, header] : found.at("headers").items()) {
            names.insert(name);
        }
        return names;
    };
    using Names = std::set<std::string>;
    CHECK(headers_of("/versioned", "post", "200") == Names{"ETag", "X-Request-Id"});
    CHECK(headers_of("/plain", "post", "200") == Names{"X-Request-Id"});
    CHECK(headers_of("/print", "get", "200") == Names{"Content-Disposition", "ETag", "X-Request-Id"});
    CHECK(headers_of("/print", "get", "304") == Names{"ETag", "X-Request-Id"});
    CHECK(headers_of("/form", "post", "303") ==
          Names{"Location", "RateLimit", "RateLimit-Policy", "Set-Cookie", "X-Request-Id"});
    CHECK(headers_of("/form", "post", "403") == Names{"RateLimit", "RateLimit-Policy", "Set-Cookie", "X-Request-Id"});
    CHECK(headers_of("/plain", "post", "403") == Names{"X-Request-Id"});
    CHECK(headers_of("/login", "post", "200") == Names{"Set-Cookie", "X-Request-Id"});
    CHECK_FALSE(document.at("components").at("headers").contains("Allow"));  // of a 405, which no operation answers
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
    Documented documented;
    auto& desk = documented.desk;
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
    Documented documented;
    const auto page = documented.desk.get("/docs").content;
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

TEST_CASE("the document says what webhooks are sent, and how it is signed") {
    const auto document = api::openapi_document(api::RouteTable(), sent_events());
    const auto& sent = document.at("webhooks").at("order.placed").at("post");
    CHECK(sent.at("description") == "An order was placed.");
    std::vector<std::string> headers;
    for (const auto& parameter : sent.at("parameters")) {
        const auto& header = document.at(Json::json_pointer(parameter.at("$ref").get<std::string>().substr(1)));
        CHECK(header.at("in") == "header");
        CHECK(header.at("required") == true);
        headers.push_back(header.at("name").get<std::string>());
    }
    CHECK(headers == std::vector<std::string>{"webhook-id", "webhook-timestamp", "webhook-signature"});
    const auto& schema = sent.at("/requestBody/content/application~1json/schema"_json_pointer);
    CHECK(schema.at("allOf").at(0).at("$ref") == "#/components/schemas/Sent");
    const auto& own = schema.at("allOf").at(1).at("properties");
    CHECK(own.at("type").at("const") == "order.placed");
    CHECK(own.at("data").at("properties").at("subject").at("const") == "order");
    CHECK(own.at("data").at("properties").at("body").at("$ref") == "#/components/schemas/OrderPlaced");
    CHECK(document.at("components").at("schemas").contains("OrderPlaced"));
    CHECK(sent.at("responses").contains("410"));
}

TEST_CASE("one of several named objects has a discriminator") {
    const auto card = Shape::object({{"number", Shape::text(12, 19)}}).named("ByCard");
    Json components = Json::object();
    const auto named = Shape::tagged("type", {{"card", card}}).schema(components);
    CHECK(named.at("discriminator") ==
          Json{{"propertyName", "type"}, {"mapping", {{"card", "#/components/schemas/ByCard"}}}});
    const auto unnamed = Shape::tagged("type", {{"card", card}, {"cash", Shape::object({})}}).schema(components);
    CHECK_FALSE(unnamed.contains("discriminator"));
}

TEST_CASE("words of operations are read by name") {
    const auto words =
        api::parse_operation_words("# A comment.\n\norders.place\nPlaces\nan order.\n\n\norders.get\nReads.");
    CHECK(words == api::OperationWords{{"orders.place", "Places an order."}, {"orders.get", "Reads."}});
    CHECK_THROWS_AS(api::parse_operation_words("orders.place\n\nPlaces."), std::logic_error);
    CHECK_THROWS_AS(api::parse_operation_words("a\nOne.\n\na\nTwo.\n"), std::logic_error);
}

// Routing, who may call, what a request is checked against, and the statuses that come of it.

#include "api/server.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "api/refusals.h"
#include "base/errors.h"
#include "base/money.h"
#include "support/said.h"
#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Shape;
using api::Who;

namespace {

constexpr Refused kShort{409, "insufficient_stock", "The test wanted it."};

Shape thing_shape() {
    return Shape::object({{"name", Shape::text(1, 10)}, {"quantity", Shape::integer(1, 10'000)}}).named("Thing");
}

void add_things(api::RouteTable& routes) {
    routes.add({.method = "GET",
                .path = "/things/{id}",
                .who = Who::anyone,
                .summary = "One thing",
                .tag = "Things",
                .answers = {{200, thing_shape()}}},
               [](api::Request& in) {
                   return api::ok({{"id", in.id()}}, 3);
               });
    routes.add({.method = "GET",
                .path = "/things/special",
                .who = Who::anyone,
                .summary = "The special thing",
                .tag = "Things"},
               [](api::Request&) {
                   return api::ok({{"special", true}});
               });
    routes.add({.method = "GET",
                .path = "/shelves/{shelf}/things/{id}",
                .who = Who::anyone,
                .summary = "On a shelf",
                .tag = "Things"},
               [](api::Request& in) {
                   return api::ok({{"shelf", in.path_text("shelf")}, {"id", in.id()}});
               });
    routes.add({.method = "POST",
                .path = "/things",
                .who = Who::staff,
                .summary = "Add a thing",
                .tag = "Things",
                .body = thing_shape(),
                .answers = {{201, thing_shape()}}},
               [](api::Request&, const Json& body) { return api::created("/things/1", body, 1); });
    routes.add({.method = "PUT",
                .path = "/things/{id}",
                .who = Who::staff,
                .summary = "Change a thing",
                .tag = "Things",
                .body = thing_shape().all_optional(),
                .if_match = true},
               [](api::Request& in, const Json& body) {
                   in.check_version(3);
                   return api::ok(body, 4);
               });
    routes.add(
        {.method = "DELETE", .path = "/things/{id}", .who = Who::staff, .summary = "Remove a thing", .tag = "Things"},
        [](api::Request&) { return api::no_content(); });
    routes.add(
        {.method = "GET",
         .path = "/things",
         .who = Who::anyone,
         .summary = "Things",
         .tag = "Things",
         .query =
             {{.name = "status", .shape = Shape::one_of({"active", "archived"}), .description = "", .repeated = true},
              {.name = "least", .shape = Shape::integer(-5, 5), .description = ""},
              {.name = "all", .shape = Shape::boolean(), .description = ""},
              {.name = "q", .shape = Shape::text(0, 20), .description = ""}},
         .paged = true,
         .answers = {{200, Shape::page(thing_shape())}}},
        [](api::Request& in) {
            const auto page = in.page();
            auto rows = Json::array();
            const auto from = page.after ? page.after->get<int>() : 0;
            for (int i = from + 1; i <= from + page.limit; ++i)
                rows.push_back({{"n", i}, {"q", in.query("q").value_or("")}});
            return api::page(std::move(rows), from + page.limit < 10 ? Json(from + page.limit) : Json());
        });
    routes.add({.method = "POST",
                .path = "/sheets",
                .who = Who::anyone,
                .summary = "Take a sheet",
                .tag = "Things",
                .raw_body = "text/csv",
                .max_body = 3 << 20,
                .answers = {{200, Shape::anything()}}},
               [](api::Request& in) {
                   return api::ok({{"bytes", in.raw_body().size()}});
               });
}

void add_roles(api::RouteTable& routes) {
    for (const auto who : {Who::anyone, Who::customer, Who::holder, Who::holder_or_staff, Who::signed_in, Who::viewer,
                           Who::staff, Who::owner}) {
        for (const auto* method : {"GET", "POST"}) {
            routes.add({.method = method,
                        .path = "/for/" + std::string(to_text(who)),
                        .who = who,
                        .summary = "For some",
                        .tag = "Roles"},
                       [](api::Request& in) {
                           return api::ok({{"by_cookie", in.caller().by_cookie}});
                       });
        }
    }
}

std::string bearer(std::string_view token) { return "Authorization: Bearer " + std::string(token) + "\r\n"; }
std::string cookie(std::string_view token) {
    return "Cookie: theme=dark; orderd_session=" + std::string(token) + "\r\n";
}

}  // namespace

TEST_CASE("an answer carries what every answer carries") {
    Desk desk(add_things);
    const auto reply = desk.get("/things/7");
    CHECK(reply.status == 200);
    CHECK(reply.content == R"({"id":7})");
    CHECK(reply.header("Content-Type") == "application/json");
    CHECK(reply.header("ETag") == "\"3\"");
    CHECK(reply.header("X-Request-Id").starts_with("req_"));
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    CHECK(reply.header("X-Frame-Options") == "DENY");
    CHECK(reply.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
    CHECK(reply.header("Referrer-Policy") == "same-origin");
    CHECK(reply.header("Cache-Control") == "no-cache");
    CHECK(reply.header("Date").ends_with(" GMT"));
    CHECK(reply.header("Strict-Transport-Security").empty());
    for (const auto* once : {"Content-Type", "Content-Length", "X-Request-Id", "Connection", "Date"}) {
        CHECK(reply.count(once) == 1);
    }
    CHECK(desk.post("/things", R"({"name":"a","quantity":1})", bearer("staff")).header("Cache-Control") == "no-store");
}

TEST_CASE("a path leads to its route, a word before a name") {
    Desk desk(add_things);
    CHECK(desk.get("/things/special").json().contains("special"));
    CHECK(desk.get("/shelves/upper%20left/things/5").json() == Json{{"shelf", "upper left"}, {"id", 5}});
    CHECK(desk.get("/shelves/a%2Fb/things/5").json().at("shelf") == "a/b");
    for (const auto* nowhere :
         {"/thing", "/things/", "/things/1/more", "//things", "/shelves//things/5", "/shelves/%00/things/5",
          "/shelves/%zz/things/5", "/shelves/%C3%28/things/5", "/things/0", "/things/-1", "/things/x", "/things/1.0",
          "/things/99999999999999999999"}) {
        CAPTURE(nowhere);
        const auto reply = desk.get(nowhere);
        CHECK(reply.status == 404);
        CHECK(reply.code() == "not_found");
    }
}

TEST_CASE("a method that a path does not have is 405, and OPTIONS says which it has") {
    Desk desk(add_things);
    const auto reply = desk.ask("DELETE", "/things", bearer("owner"));
    CHECK(reply.status == 405);
    CHECK(reply.header("Allow") == "GET, HEAD, OPTIONS, POST");
    CHECK(reply.code() == "method_not_allowed");
    CHECK(desk.ask("PATCH", "/things/1").status == 405);
    CHECK(desk.ask("TRACE", "/things/1").status == 405);
    CHECK(desk.ask("BREW", "/things/1").status == 501);
    CHECK(desk.ask("BREW", "/things/1").code() == "method_unknown");
    const auto options = desk.ask("OPTIONS", "/things/1");
    CHECK(options.status == 204);
    CHECK(options.header("Allow") == "DELETE, GET, HEAD, OPTIONS, PUT");
    CHECK(options.header("Content-Length").empty());
    CHECK(desk.ask("OPTIONS", "/nowhere").status == 404);
    CHECK(desk.ask("OPTIONS", "*").status == 204);
}

TEST_CASE("A7: the log has method and path of a request that no route answers") {
    Desk desk(add_things, {}, true);
    tests::Said said;
    desk.get("/nowhere/\"x\"?secret=1");
    desk.ask("DELETE", "/things");
    desk.ask("OPTIONS", "/things");
    desk.get("/dashboard");
    desk.server.reset();  // a line is written after its answer was sent, and each connection has a thread of its own
    const auto lines = said.end();
    REQUIRE(lines.size() == 4);
    std::set<std::pair<std::string, std::string>> asked;
    for (const auto& text : lines) {
        const auto line = Json::parse(text);
        asked.emplace(line.at("method").get<std::string>(), line.at("path").get<std::string>());
        CHECK_FALSE(line.contains("route"));
    }
    CHECK(asked ==
          std::set<std::pair<std::string, std::string>>{
              {"GET", "/nowhere/\"x\""}, {"DELETE", "/things"}, {"OPTIONS", "/things"}, {"GET", "/dashboard"}});
}

TEST_CASE("all faults of a body and its query are told at once") {
    Desk desk(add_things);
    const auto reply = desk.post("/things?x=1", R"({"name":"","quantity":0,"colour":"red"})", bearer("staff"));
    CHECK(reply.status == 422);
    CHECK(reply.header("Content-Type") == "application/problem+json");
    const auto problem = reply.json();
    std::vector<Fault> faults;
    api::problem_shape().check(problem, "", faults);
    CHECK(faults.empty());
    CHECK(problem.at("code") == "validation_failed");
    CHECK(problem.at("type") == "/docs#validation_failed");
    REQUIRE(problem.at("errors").size() == 4);
    CHECK(problem.at("errors").at(0).at("pointer") == "?x");
    CHECK(problem.at("errors").at(1).at("pointer") == "/name");
    CHECK(problem.at("errors").at(2) ==
          Json{{"pointer", "/quantity"}, {"detail", "0 is not allowed; it is 1 to 10000"}});
    CHECK(problem.at("errors").at(3).at("pointer") == "/colour");
}

TEST_CASE("an invalid body is 400, one of another kind 415") {
    Desk desk(add_things);
    const auto post = [&](std::string_view type, std::string_view body) {
        return desk.ask("POST", "/things", bearer("staff") + std::string(type), body);
    };
    CHECK(post("Content-Type: application/json\r\n", "{\"name\"").code() == "malformed_json");
    CHECK(post("Content-Type: application/json\r\n", "").code() == "malformed_json");
    CHECK(post("Content-Type: application/json\r\n", "{\"name\"").status == 400);
    CHECK(post("", "{}").status == 415);
    CHECK(post("Content-Type: text/plain\r\n", "{}").status == 415);
    CHECK(post("Content-Type: application/x-www-form-urlencoded\r\n", "a=b").status == 415);
    CHECK(post("Content-Type: multipart/form-data; boundary=x\r\n", "--x--").status == 415);
    CHECK(post("Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "{}").code() ==
          "unsupported_content_encoding");
    CHECK(post("Content-Type: Application/JSON; charset=utf-8\r\n", R"({"name":"a","quantity":1})").status == 201);
    CHECK(desk.ask("POST", "/sheets", "Content-Type: text/csv\r\n", std::string(2 << 20, 'x')).json().at("bytes") ==
          2 << 20);
    CHECK(desk.ask("POST", "/sheets", "Content-Type: text/csv\r\n", std::string((3 << 20) + 1, 'x')).status == 413);
}

TEST_CASE("an answer that the client does not take is 406") {
    Desk desk(add_things);
    CHECK(desk.get("/things", "Accept: text/html\r\n").status == 406);
    CHECK(desk.get("/things", "Accept: application/json;q=0\r\n").status == 406);
    CHECK(desk.get("/things", "Accept: text/html, application/*;q=0.1\r\n").status == 200);
    CHECK(desk.get("/things", "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n").status == 200);
    CHECK(desk.get("/things", "Accept: */*, application/json;q=0\r\n").status == 406);
}

TEST_CASE("query parameters are checked against their shapes") {
    Desk desk(add_things);
    CHECK(desk.get("/things?status=active,archived&least=-5&all=true&q=a+b%26c&limit=1")
              .json()
              .at("data")
              .at(0)
              .at("q") == "a b&c");
    for (const auto* target : {"/things?status=gone", "/things?status=active,gone", "/things?status=",
                               "/things?least=6", "/things?least=1.0", "/things?least=", "/things?all=yes",
                               "/things?limit=0", "/things?limit=201", "/things?limit=x", "/things?Limit=1",
                               "/things?q=1&q=2", "/things?q=123456789012345678901", "/things/1?q=1"}) {
        CAPTURE(target);
        const auto reply = desk.get(target);
        CHECK(reply.status == 422);
        CHECK(reply.json().at("errors").at(0).at("pointer").get<std::string>().starts_with("?"));
    }
    CHECK(desk.get("/things?q=%zz").status == 400);
    CHECK(desk.get("/things?q=a%0Ab").status == 400);
}

TEST_CASE("a list goes on where its cursor says, and only with a cursor of its own") {
    Desk desk(add_things);
    const auto first = desk.get("/things?limit=4&q=x");
    CHECK(first.json().at("data").size() == 4);
    const auto cursor = first.json().at("next_cursor").get<std::string>();
    CHECK(first.header("Link") == "</things?limit=4&q=x&cursor=" + cursor + ">; rel=\"next\"");
    CHECK(desk.get("/things?limit=4&q=x&cursor=" + cursor).json().at("data").at(0).at("n") == 5);
    const auto last = desk.get("/things?limit=6&q=x&cursor=" + cursor);
    CHECK(last.json().at("next_cursor").is_null());
    CHECK(last.header("Link").empty());

    auto forged = cursor;
    forged.back() = forged.back() == 'A' ? 'B' : 'A';
    for (const auto& target :
         {"/things?q=y&cursor=" + cursor, "/things?cursor=" + cursor, std::string("/things?cursor=x"),
          std::string("/things?cursor=***"), "/things?q=x&cursor=" + forged}) {
        CAPTURE(target);
        const auto reply = desk.get(target);
        CHECK(reply.status == 422);
        CHECK(reply.code() == "invalid_cursor");
        CHECK(reply.json().at("errors").at(0).at("pointer") == "?cursor");
    }
}

TEST_CASE("each route is for whom its row says") {
    Desk desk(add_roles);
    // nobody is "", and each column is who: the status they get
    const std::map<std::string, std::vector<int>> matrix{
        //                  nobody capability customer viewer staff owner API key
        {"anyone", {200, 200, 200, 200, 200, 200, 200}},    {"customer", {401, 401, 200, 403, 403, 403, 403}},
        {"holder", {401, 200, 200, 200, 200, 200, 200}},    {"holder_or_staff", {401, 200, 200, 403, 200, 200, 200}},
        {"signed_in", {401, 401, 200, 200, 200, 200, 403}}, {"viewer", {401, 401, 403, 200, 200, 200, 200}},
        {"staff", {401, 401, 403, 403, 200, 200, 200}},     {"owner", {401, 401, 403, 403, 403, 200, 403}},
    };
    const std::vector<std::string> tokens{"", "capability", "customer", "viewer", "staff", "owner", "key"};
    for (const auto& [who, statuses] : matrix) {
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            CAPTURE(who, tokens[i]);
            const auto reply = desk.get("/for/" + who, tokens[i].empty() ? "" : bearer(tokens[i]));
            CHECK(reply.status == statuses[i]);
            CHECK(reply.header("WWW-Authenticate") == (reply.status == 401 ? "Bearer" : ""));
        }
    }
}

TEST_CASE("bad credentials are refused everywhere, but a stale cookie does not keep anyone from signing in") {
    Desk desk(add_roles);
    CHECK(desk.get("/for/anyone", bearer("wrong")).status == 401);
    CHECK(desk.get("/for/anyone", "Authorization: Basic b3duZXI6\r\n").status == 401);
    CHECK(desk.get("/for/anyone", "Authorization: Bearer\r\n").status == 401);
    CHECK(desk.get("/for/anyone", bearer(std::string(600, 'x'))).status == 401);
    CHECK(desk.get("/for/anyone", cookie("wrong")).status == 200);
    CHECK(desk.get("/for/owner", cookie("wrong")).status == 401);
    CHECK(desk.get("/for/owner", bearer("owner") + cookie("wrong")).status == 200);
}

TEST_CASE("a change by cookie needs the session's CSRF token") {
    Desk desk(add_roles);
    CHECK(desk.get("/for/owner", cookie("owner")).json().at("by_cookie") == true);
    const auto post = [&](const std::string& headers) { return desk.ask("POST", "/for/owner", headers); };
    CHECK(post(cookie("owner")).code() == "csrf_token_required");
    CHECK(post(cookie("owner")).status == 403);
    CHECK(post(cookie("owner") + "X-CSRF-Token: csrf-staff\r\n").status == 403);
    CHECK(post(cookie("owner") + "X-CSRF-Token: csrf-owner\r\n").status == 200);
    CHECK(post(bearer("owner")).status == 200);  // no browser sends that by itself
}

TEST_CASE("a change names the version that it changes") {
    Desk desk(add_things);
    const auto put = [&](const std::string& headers) {
        return desk.ask("PUT", "/things/1", "Content-Type: application/json\r\n" + headers, R"({"quantity":2})");
    };
    CHECK(put(bearer("staff") + "If-Match: \"3\"\r\n").status == 200);
    CHECK(put(bearer("staff") + "If-Match: \"3\"\r\n").header("ETag") == "\"4\"");
    CHECK(put(bearer("staff") + "If-Match: *\r\n").status == 200);
    CHECK(put(bearer("staff") + "If-Match: \"1\", \"3\"\r\n").status == 200);
    CHECK(put(bearer("staff") + "If-Match: \"1\"\r\nIf-Match: \"3\"\r\n").status == 200);
    CHECK(put(bearer("staff")).status == 200);
    for (const auto* stale : {"\"2\"", "3", "\"33\"", "\"2\",\"4\"", "\"3"}) {
        CAPTURE(stale);
        const auto reply = put(bearer("staff") + "If-Match: " + stale + "\r\n");
        CHECK(reply.status == 412);
        CHECK(reply.code() == "stale_version");
        CHECK(reply.json().at("version") == 3);
    }
    CHECK(put(bearer("staff") + "If-Match: W/\"3\"\r\n").code() == "weak_etag");
    const auto by_cookie = put(cookie("staff") + "X-CSRF-Token: csrf-staff\r\n");
    CHECK(by_cookie.status == 428);
    CHECK(by_cookie.code() == "if_match_required");
}

TEST_CASE("what the client has is not sent again") {
    Desk desk(add_things);
    for (const auto* known : {"\"3\"", "W/\"3\"", "*", "\"1\", \"3\""}) {
        CAPTURE(known);
        const auto reply = desk.get("/things/1", std::string("If-None-Match: ") + known + "\r\n");
        CHECK(reply.status == 304);
        CHECK(reply.content.empty());
        CHECK(reply.header("ETag") == "\"3\"");
        CHECK(reply.header("Content-Length").empty());
        CHECK(reply.header("Content-Type").empty());
    }
    CHECK(desk.get("/things/1", "If-None-Match: \"4\"\r\n").status == 200);
    const auto hashed = desk.get("/things/special").header("ETag");
    CHECK(hashed.size() > 10);
    CHECK(desk.get("/things/special", "If-None-Match: " + hashed + "\r\n").status == 304);
}

TEST_CASE("what goes wrong inside is told by its status, and by nothing else") {
    const auto [what, status, code] = GENERATE(table<std::string, int, std::string>({
        {"refusal", 409, "insufficient_stock"},
        {"busy", 503, "busy"},
        {"full", 507, "out_of_space"},
        {"full commit", 507, "out_of_space"},
        {"locked", 503, "busy"},
        {"broken", 503, "storage_failed"},
        {"overflow", 422, "out_of_range"},
        {"defect", 500, "internal"},
        {"no exception", 500, "internal"},
        {"memory", 503, "busy"},
    }));
    CAPTURE(what);
    Desk desk([&, what = what](api::RouteTable& routes) {
        routes.add({.method = "GET",
                    .path = "/fail",
                    .who = Who::anyone,
                    .summary = "Fails",
                    .tag = "Test",
                    .refuses = {kShort, api::kOutOfSpace, api::kOutOfRange}},
                   [what](api::Request&) -> api::Answer {
                       if (what == "refusal") throw Refusal(kShort, "short").with("lines", Json::array({1}));
                       if (what == "busy") throw storage::Busy();
                       if (what == "full") throw SQLite::Exception("secret detail", SQLITE_FULL);
                       if (what == "full commit") throw storage::CommitFailed(SQLITE_FULL, "secret detail");
                       if (what == "locked") throw SQLite::Exception("secret detail", SQLITE_BUSY_SNAPSHOT);
                       if (what == "broken") throw SQLite::Exception("secret detail", SQLITE_IOERR_READ);
                       if (what == "overflow") throw Overflow();
                       if (what == "memory") throw std::bad_alloc();
                       if (what == "no exception") throw 7;
                       throw std::logic_error("secret detail");
                   });
    });
    const auto reply = desk.get("/fail");
    CHECK(reply.status == status);
    CHECK(reply.code() == code);
    CHECK(reply.content.find("secret") == std::string::npos);
    CHECK(reply.json().at("request_id") == reply.header("X-Request-Id"));
    CHECK(reply.header("Retry-After").empty() == (status != 503));
    CHECK(reply.json().contains("lines") == (what == "refusal"));
    CHECK(desk.get("/healthz").status == 200);
}

TEST_CASE("the server tells of itself") {
    Desk desk(add_things);
    CHECK(desk.get("/healthz").json() == Json{{"status", "ok"}});
    CHECK(desk.get("/readyz").status == 200);
    CHECK(desk.get("/metrics").status == 401);
    // A request is counted once its answer is sent, and a connection's next one comes after that.
    Wire wire(desk.port());
    wire.send("GET /things/1 HTTP/1.1\r\nHost: shop\r\n\r\n");
    REQUIRE(wire.reply().status == 200);
    wire.send("GET /nowhere HTTP/1.1\r\nHost: shop\r\n\r\n");
    REQUIRE(wire.reply().status == 404);
    wire.send("GET /metrics HTTP/1.1\r\nHost: shop\r\n" + bearer("viewer") + "\r\n");
    const auto metrics = wire.reply();
    CHECK(metrics.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    CHECK(
        metrics.content.find("orderd_http_requests_total{method=\"GET\",route=\"/things/{id}\",status=\"200\"} 1\n") !=
        std::string::npos);
    CHECK(metrics.content.find("orderd_http_requests_total{method=\"other\",route=\"none\",status=\"404\"} 1\n") !=
          std::string::npos);
    CHECK(metrics.content.find(
              "orderd_http_request_seconds_bucket{method=\"GET\",route=\"/things/{id}\",le=\"+Inf\"} 1\n") !=
          std::string::npos);
    CHECK(metrics.content.find("\norderd_writer_commits_total ") != std::string::npos);
}

TEST_CASE("all ways lead to the dashboard") {
    Desk desk;
    for (const auto* way : {"/", "/admin", "/dashboard"}) {
        const auto reply = desk.get(way);
        CHECK(reply.status == 303);
        CHECK(reply.header("Location") == "/dashboard/");
    }
    for (const auto* screen : {"/dashboard/orders", "/dashboard/orders/1001", "/dashboard/texts/legal/terms/en"}) {
        CAPTURE(screen);
        CHECK(desk.get(screen).status == 200);
    }
    for (const auto* none : {"/dashboard/nowhere", "/dashboard/orders/word", "/dashboard/orders/1001/1",
                             "/dashboard/texts/legal/terms", "/dashboard/texts/legal/terms/7"}) {
        CAPTURE(none);
        CHECK(desk.get(none).status == 404);
    }
    CHECK(desk.get("/dashboard/no-such-file.js").status == 404);
    CHECK(desk.get("/dashboard/../shop.key").status == 404);
    CHECK(desk.get("/dashboard/%2e%2e/shop.key").status == 404);
}

// Conditional requests, as RFC 9110 has them in section 13.

#include <catch2/catch_test_macros.hpp>

#include "wire/desk.h"

using namespace orderd;
using namespace orderd::tests;
using api::Who;

namespace {

void add_shelf(api::RouteTable& routes) {
    routes.add({.method = "GET", .path = "/thing", .who = Who::anyone, .summary = "Test", .tag = "Test"},
               [](api::Request&) {
                   return api::ok({{"n", 1}}, 13);
               });
    routes.add({.method = "GET", .path = "/composed", .who = Who::anyone, .summary = "Test", .tag = "Test"},
               [](api::Request&) {
                   return api::composed(Json{{"n", 1}}, 13);
               });
    routes.add({.method = "GET", .path = "/plain", .who = Who::anyone, .summary = "Test", .tag = "Test"},
               [](api::Request&) {
                   return api::ok({{"n", 1}});
               });
    routes.add(
        {.method = "PUT", .path = "/thing", .who = Who::staff, .summary = "Test", .tag = "Test", .if_match = true},
        [](api::Request& in) {
            in.check_version(13);
            return api::ok({{"n", 2}}, 14);
        });
}

constexpr auto kStaff = "Authorization: Bearer staff\r\n";

}  // namespace

TEST_CASE("A5: a weak tag in If-Match is refused with the reason, and with what to send") {
    Desk desk(add_shelf);
    const auto put = [&](const std::string& condition) { return desk.ask("PUT", "/thing", kStaff + condition); };
    const auto weak = put("If-Match: W/\"13\"\r\n");
    CHECK(weak.status == 412);
    CHECK(weak.code() == "weak_etag");
    CHECK(weak.json().at("detail").get<std::string>().find("If-Match: \"13\"") != std::string::npos);
    CHECK(weak.json().at("detail").get<std::string>().find("has changed since") == std::string::npos);
    CHECK(put("If-Match: W/\"13-0123abcd\"\r\n").code() == "weak_etag");
    CHECK(put("If-Match: \"1\", W/\"13\"\r\n").code() == "weak_etag");
    CHECK(put("If-Match: W/\"12\"\r\n").code() == "stale_version");
    CHECK(put("If-Match: \"12\"\r\n").code() == "stale_version");
    CHECK(put("If-Match: W/\"12\", \"13\"\r\n").status == 200);
    CHECK(put("If-Match: \"13-0123abcd\"\r\n").status == 200);
}

TEST_CASE("A8: If-None-Match on a change means that it must not be there") {
    Desk desk(add_shelf);
    const auto put = [&](const std::string& condition) { return desk.ask("PUT", "/thing", kStaff + condition); };
    CHECK(put("If-None-Match: *\r\n").status == 412);
    CHECK(put("If-None-Match: *\r\n").code() == "exists_already");
    CHECK(put("If-None-Match: \"13\"\r\n").status == 412);
    CHECK(put("If-None-Match: W/\"13\"\r\n").status == 412);  // compared weakly
    CHECK(put("If-None-Match: \"12\"\r\n").status == 200);
    CHECK(put("If-Match: \"13\"\r\nIf-None-Match: *\r\n").code() == "exists_already");
    CHECK(put("If-Match: \"12\"\r\nIf-None-Match: *\r\n").code() == "stale_version");  // If-Match comes first
    // There is no modification date: conditions by date do not count.
    CHECK(put("If-Unmodified-Since: Tue, 01 Jan 1980 00:00:00 GMT\r\n").status == 200);
}

TEST_CASE("A8: a GET under If-Match gets what it names, or 412") {
    Desk desk(add_shelf);
    const auto get = [&](const std::string& path, const std::string& condition) { return desk.get(path, condition); };
    CHECK(get("/thing", "If-Match: \"13\"\r\n").status == 200);
    CHECK(get("/thing", "If-Match: *\r\n").status == 200);
    CHECK(get("/thing", "If-Match: \"1\", \"13\"\r\n").status == 200);
    const auto stale = get("/thing", "If-Match: \"12\"\r\n");
    CHECK(stale.status == 412);
    CHECK(stale.code() == "stale_version");
    CHECK(get("/thing", "If-Match: W/\"13\"\r\n").code() == "weak_etag");
    CHECK(desk.ask("HEAD", "/thing", "If-Match: \"12\"\r\n").status == 412);
    CHECK(get("/composed", "If-Match: \"13\"\r\n").status == 200);
    CHECK(get("/composed", "If-Match: " + get("/composed", "").header("ETag") + "\r\n").status == 200);
    CHECK(get("/composed", "If-Match: \"12\"\r\n").status == 412);
    const auto etag = get("/plain", "").header("ETag");
    CHECK(get("/plain", "If-Match: " + etag + "\r\n").status == 200);
    CHECK(get("/plain", "If-Match: W/" + etag + "\r\n").code() == "weak_etag");
    CHECK(get("/plain", "If-Match: \"other\"\r\n").status == 412);
    // If-Match comes before If-None-Match, which compares weakly.
    CHECK(get("/thing", "If-Match: \"13\"\r\nIf-None-Match: \"13\"\r\n").status == 304);
    CHECK(get("/thing", "If-Match: \"12\"\r\nIf-None-Match: \"13\"\r\n").status == 412);
    CHECK(get("/thing", "If-None-Match: W/\"13\"\r\n").status == 304);
    CHECK(get("/thing", "If-None-Match: *\r\n").status == 304);
    CHECK(get("/nowhere", "If-Match: \"13\"\r\n").status == 404);  // a condition counts where the answer would be 2xx
}

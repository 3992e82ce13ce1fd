// Which pages of other origins may call the shop from a browser.

#include "api/cross_origin.h"

#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "support/shop.h"

using namespace orderd;
using tests::Headers;
using tests::Reply;
using tests::Shop;

namespace {

const std::string kElsewhere = "https://www.example.com";

void allow_pages(Shop& shop, const Json& origins) {
    REQUIRE(shop.put("/admin/settings", {{"allowed_origins", origins}}, shop.owner()).status == 200);
}

Reply preflight(Shop& shop, const std::string& method, const std::string& path,
                const std::string& origin = kElsewhere) {
    return shop.send("OPTIONS", path, "", "", "",
                     {{"Origin", origin},
                      {"Access-Control-Request-Method", method},
                      {"Access-Control-Request-Headers", "content-type,idempotency-key"}});
}

std::string allowed(const Reply& reply) { return reply.header("Access-Control-Allow-Origin"); }

}  // namespace

TEST_CASE("no page of another origin may call the shop until a setting names it") {
    Shop shop;
    shop.product({});
    const auto reply = shop.get("/products", "", {{"Origin", kElsewhere}});
    CHECK(reply.status == 200);
    CHECK(allowed(reply).empty());
    CHECK(reply.header("Vary").empty());
    const auto asked = preflight(shop, "POST", "/orders");
    CHECK(asked.status == 204);
    CHECK(allowed(asked).empty());
}

TEST_CASE("pages of an allowed origin read products, place an order and follow it, without cookies") {
    Shop shop;
    const auto product = shop.product({});
    allow_pages(shop, {kElsewhere, "http://127.0.0.1:5173"});
    const Headers from{{"Origin", kElsewhere}};

    const auto read = shop.get("/products", "", from);
    CHECK(allowed(read) == kElsewhere);
    CHECK(read.header("Vary") == "Origin");
    CHECK(read.header("Access-Control-Allow-Credentials").empty());
    CHECK(read.header("Access-Control-Expose-Headers").find("ETag") != std::string::npos);
    const auto again = shop.get("/products", "", {{"Origin", kElsewhere}, {"If-None-Match", read.header("ETag")}});
    CHECK(again.status == 304);
    CHECK(allowed(again) == kElsewhere);

    const auto asked = preflight(shop, "POST", "/orders");
    CHECK(asked.status == 204);
    CHECK(allowed(asked) == kElsewhere);
    CHECK(asked.header("Access-Control-Allow-Methods") == "POST");
    CHECK(asked.header("Access-Control-Allow-Headers").find("Idempotency-Key") != std::string::npos);
    CHECK(asked.header("Vary").find("Origin") != std::string::npos);
    CHECK(asked.header("Allow") == "OPTIONS, POST");

    const auto order = shop.order({{product, 1}}, from);
    REQUIRE(order.status == 201);
    CHECK(allowed(order) == kElsewhere);
    const auto path = "/orders/" + order.body["id"].dump();
    CHECK(allowed(shop.get(path, order.body["access_token"].get<std::string>(), from)) == kElsewhere);
    // A refusal too: a page must be able to say why.
    const auto refused = shop.post("/orders", Json::object(), "", from);
    CHECK(refused.status == 422);
    CHECK(allowed(refused) == kElsewhere);

    const auto other = shop.get("/products", "", {{"Origin", "https://www.example.com.evil.test"}});
    CHECK(allowed(other).empty());
    CHECK(other.header("Vary") == "Origin");
    CHECK(shop.get("/products").header("Vary") == "Origin");  // a cache must not give this answer to a page elsewhere
}

TEST_CASE("what staff may do, and where they sign in, stays closed to pages of other origins") {
    Shop shop;
    const auto order = shop.order({{shop.product({}), 1}});
    allow_pages(shop, {kElsewhere});
    const Headers from{{"Origin", kElsewhere}};
    CHECK(allowed(shop.get("/admin/orders", shop.staff(), from)).empty());
    CHECK(allowed(shop.get("/admin/settings", shop.owner(), from)).empty());
    CHECK(allowed(shop.get("/orders/" + order.body["id"].dump(), shop.staff(), from)).empty());
    CHECK(allowed(shop.post("/auth/login", {{"username", "owner"}, {"password", "not it"}}, "", from)).empty());
    for (const auto* path : {"/admin/orders", "/auth/login", "/auth/me", "/metrics"}) {
        CAPTURE(path);
        CHECK(allowed(preflight(shop, "GET", path)).empty());
        CHECK(allowed(preflight(shop, "POST", path)).empty());
    }
    CHECK(allowed(preflight(shop, "DELETE", "/products/1")).empty());
    CHECK(allowed(preflight(shop, "BREW", "/products/1")).empty());
}

TEST_CASE("a change of the allowed origins holds for the next request") {
    Shop shop;
    shop.product({});
    allow_pages(shop, {kElsewhere});
    REQUIRE(allowed(shop.get("/products", "", {{"Origin", kElsewhere}})) == kElsewhere);
    allow_pages(shop, Json::array());
    CHECK(allowed(shop.get("/products", "", {{"Origin", kElsewhere}})).empty());
}

TEST_CASE("what is not an origin is refused, and is told how it is written") {
    Shop shop;
    const auto fault_of_origin = [&](const std::string& origin) {
        const auto reply = shop.put("/admin/settings", {{"allowed_origins", {kElsewhere, origin}}}, shop.owner());
        CHECK(reply.status == 422);
        CHECK(reply.body["errors"][0]["pointer"] == "/allowed_origins/1");
        return reply.body["errors"][0]["detail"].get<std::string>();
    };
    CHECK(fault_of_origin("*").find("name each origin") != std::string::npos);
    CHECK(fault_of_origin("null").find("name each origin") != std::string::npos);
    CHECK(fault_of_origin("https://example.com/").find("path") != std::string::npos);
    CHECK(fault_of_origin("https://Example.com").find("large letters") != std::string::npos);
    CHECK(fault_of_origin("https://example.com:443").find("leave it out") != std::string::npos);
    CHECK(fault_of_origin("http://example.com:80").find("leave it out") != std::string::npos);
    for (const auto* other : {"example.com", "ftp://example.com", "https://", "https://:8443", "https://exämple.com",
                              "https://a@example.com", "https://example.com?x"}) {
        CHECK(fault_of_origin(other).find("is not an origin") != std::string::npos);
    }
    allow_pages(shop, {"http://127.0.0.1:5173", "https://xn--exmple-cua.com", "http://[::1]:8080"});
}

TEST_CASE("twenty origins are allowed, and not one more") {
    Shop shop;
    auto many = Json::array();
    for (int i = 0; i < 20; ++i) {
        many.push_back("https://shop" + std::to_string(i) + ".example.com");
    }
    allow_pages(shop, many);
    many.push_back("https://one-more.example.com");
    CHECK(shop.put("/admin/settings", {{"allowed_origins", many}}, shop.owner()).status == 422);
}

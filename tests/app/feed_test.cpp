// The live event log, as dashboards hold it open.

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "support/shop.h"

using namespace orderd;
using test::Shop;

namespace {

/// Opens the stream, reads its first piece, and goes away without a word. @returns the status
int look_in(Shop& shop) {
    httplib::Client client("127.0.0.1", shop.port());
    int status = 0;
    client.Get(
        "/admin/events/stream", {{"Authorization", "Bearer " + shop.viewer()}},
        [&](const httplib::Response& response) {
            status = response.status;
            return true;
        },
        [](const char*, std::size_t) { return false; });
    return status;
}

}  // namespace

TEST_CASE("a stream ends for who signs out, is turned away, or whose key is revoked") {
    Shop shop;
    const auto ends_it = GENERATE(0, 1, 2);
    std::string token;
    std::function<void()> end;
    if (ends_it == 2) {
        const auto key = shop.post("/admin/api-keys", {{"label", "Wall"}, {"role", "viewer"}}, shop.owner());
        token = key.body["secret"].get<std::string>();
        end = [&shop, path = fmt::format("/admin/api-keys/{}", key.body["id"].get<int>())] {
            CHECK(shop.remove(path, shop.owner()).status == 204);
        };
    } else {
        const auto user = shop.post(
            "/admin/users", {{"username", "eve"}, {"password", "eve's password"}, {"role", "viewer"}}, shop.owner());
        const auto session = shop.post("/auth/login", {{"username", "eve"}, {"password", "eve's password"}});
        token = session.body["access_token"].get<std::string>();
        if (ends_it == 0) {
            end = [&] { CHECK(shop.post("/auth/logout", {}, token).status == 204); };
        } else {
            end = [&shop, path = fmt::format("/admin/users/{}", user.body["id"].get<int>())] {
                CHECK(shop.put(path, {{"active", false}}, shop.owner()).status == 200);
            };
        }
    }
    httplib::Client client("127.0.0.1", shop.port());
    client.set_read_timeout(std::chrono::seconds(60));
    bool begun = false;
    std::string seen;
    client.Get("/admin/events/stream", {{"Authorization", "Bearer " + token}}, [&](const char* data, std::size_t size) {
        seen.append(data, size);
        if (!std::exchange(begun, true)) {
            end();
            shop.product({.sku = "AFTER"});
        }
        return true;
    });
    CHECK(begun);
    CHECK(seen.find("product.") == std::string::npos);
}

TEST_CASE("a dashboard that is loaded again and again always finds a place for its stream") {
    Shop shop;
    int open = 0;
    while (open < 1000 && look_in(shop) == 200) {
        ++open;  // faster than the server sees that they are gone
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(8);
    int status = 0;
    while (status != 200 && std::chrono::steady_clock::now() < until) {
        status = look_in(shop);
    }
    CHECK(status == 200);
}

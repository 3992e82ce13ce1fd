// The live event log, as dashboards hold it open.

#include <chrono>

#include <catch2/catch_test_macros.hpp>

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

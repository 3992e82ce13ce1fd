#include "outgoing/public_address.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "outgoing/client.h"
#include "support/shop.h"

using namespace orderd;
using namespace orderd::tests;

TEST_CASE("X17: only global unicast addresses are fetched") {
    for (const std::string host : {"0.0.0.0",
                                   "0.1.2.3",
                                   "10.1.2.3",
                                   "100.64.0.1",
                                   "100.127.255.255",
                                   "127.0.0.1",
                                   "localhost",
                                   "169.254.169.254",
                                   "172.16.0.1",
                                   "172.31.255.255",
                                   "192.0.0.8",
                                   "192.0.2.1",
                                   "192.88.99.1",
                                   "192.168.0.1",
                                   "198.18.0.1",
                                   "198.19.255.255",
                                   "198.51.100.7",
                                   "203.0.113.9",
                                   "224.0.0.1",
                                   "239.1.1.1",
                                   "240.0.0.1",
                                   "255.255.255.255",
                                   "2130706433",
                                   "0x7f.1",
                                   "127.1",
                                   "::",
                                   "::1",
                                   "::7f00:1",
                                   "::808:808",
                                   "::ffff:10.0.0.1",
                                   "::ffff:8.8.8.8",
                                   "::ffff:0:8.8.8.8",
                                   "64:ff9b::808:808",
                                   "64:ff9b:1::1",
                                   "100::1",
                                   "2001::1",
                                   "2001:0:4136:e378::1",
                                   "2001:2::1",
                                   "2001:10::1",
                                   "2001:20::1",
                                   "2001:db8::1",
                                   "2002:808:808::1",
                                   "3fff::1",
                                   "3fff:fff::1",
                                   "4000::1",
                                   "5f00::1",
                                   "fc00::1",
                                   "fd12::1",
                                   "fe80::1",
                                   "fec0::1",
                                   "ff02::1"}) {
        std::string problem;
        CAPTURE(host);
        CHECK_FALSE(outgoing::public_address(host, problem));
        CHECK_FALSE(problem.empty());
        const auto in_url = host.find(':') == std::string::npos ? host : '[' + host + ']';
        CHECK_FALSE(outgoing::fault_of_fetched_url("https://" + in_url + "/x", false).empty());
    }
    for (const std::string host : {"1.1.1.1", "100.63.255.255", "100.128.0.1", "172.32.0.1", "192.0.1.1", "192.88.98.1",
                                   "198.17.0.1", "198.20.0.1", "203.0.114.1", "223.255.255.255", "2606:4700::1111",
                                   "2001:200::1", "2001:db7::1", "2001:db9::1", "2003::1", "3ffe::1"}) {
        std::string problem;
        CAPTURE(host);
        CHECK(outgoing::public_address(host, problem).value_or("") == host);
        const auto in_url = host.find(':') == std::string::npos ? host : '[' + host + ']';
        CHECK(outgoing::fault_of_fetched_url("https://" + in_url + "/x", false).empty());
    }
}

TEST_CASE("X17: a webhook's port is 443, or above 1023, and is refused by name") {
    Shop shop;
    const auto add = [&](const std::string& url) {
        return shop.post("/admin/webhooks", {{"url", url}, {"events", {"*"}}}, shop.owner());
    };
    for (const std::string port : {"0", "1", "22", "25", "80", "442", "444", "1023", "65536", "99999"}) {
        const auto refused = add("https://hooks.invalid:" + port + "/x");
        CAPTURE(port);
        REQUIRE(refused.status == 422);
        CHECK(refused.body["errors"][0]["pointer"] == "/url");
        CHECK(refused.body["errors"][0]["detail"].get<std::string>().find("port " + port) != std::string::npos);
    }
    for (const std::string port : {"", ":443", ":1024", ":8443", ":65535"}) {
        CAPTURE(port);
        CHECK(add("https://hooks.invalid" + port + "/x").status == 201);
    }
    CHECK(add("https://hooks.invalid:/x").status == 422);
    CHECK(add("https://hooks.invalid:443443/x").status == 422);
    const auto hook = add("https://hooks.invalid/x").body["id"].dump();
    CHECK(shop.put("/admin/webhooks/" + hook, {{"url", "https://hooks.invalid:22/"}}, shop.owner()).status == 422);
}

TEST_CASE("X17: --private-webhooks lets webhooks go to any address and port, but to no impossible one") {
    Shop shop([](app::Config& config) { config.private_webhooks = true; });
    const auto add = [&](const std::string& url) {
        return shop.post("/admin/webhooks", {{"url", url}, {"events", {"*"}}}, shop.owner()).status;
    };
    CHECK(add("http://10.0.0.5:80/x") == 201);
    CHECK(add("http://127.0.0.1:22/x") == 201);
    CHECK(add("http://127.0.0.1:0/x") == 422);
    CHECK(add("http://127.0.0.1:99999/x") == 422);
    CHECK_FALSE(outgoing::is_outgoing_url("https://example.com:99999/"));
}

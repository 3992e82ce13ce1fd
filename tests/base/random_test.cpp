#include "base/random.h"

#include <set>

#include <catch2/catch_test_macros.hpp>

#include "base/text.h"

using namespace orderd;

TEST_CASE("a token is its prefix and 256 random bits") {
    const auto token = random_token("os_");
    REQUIRE(token.starts_with("os_"));
    const auto bytes = from_base64url(std::string_view(token).substr(3));
    REQUIRE(bytes);
    CHECK(bytes->size() == 32);
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        seen.insert(random_token(""));
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("random bytes are as many as were asked for") {
    CHECK(random_bytes(0).empty());
    CHECK(random_bytes(33).size() == 33);
}

TEST_CASE("a random number stays below its bound, and reaches each value") {
    std::set<std::uint32_t> seen;
    for (int i = 0; i < 1000; ++i) {
        seen.insert(random_below(7));
    }
    CHECK(seen == std::set<std::uint32_t>{0, 1, 2, 3, 4, 5, 6});
}

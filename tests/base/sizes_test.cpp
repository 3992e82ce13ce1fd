// What is remembered of callers and read from a shop's own files: just below each bound, at it and far above it.

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "base/rate_limit.h"
#include "base/templates.h"
#include "support/temporary_folder.h"

using namespace orderd;
using namespace orderd::tests;

namespace {

/// A limiter that one address has used up, and so many others each once.
int wait_of_greedy_beside(int others) {
    RateLimiter limiter({.per_minute = 1, .at_once = 2});
    const auto now = RateLimiter::Instant{} + std::chrono::hours(1);
    CHECK(limiter.take("greedy", now).wait == 0);
    CHECK(limiter.take("greedy", now).wait == 0);
    for (int i = 0; i < others; ++i) {
        if (limiter.take(std::to_string(i), now).wait != 0) {
            FAIL("an address had to wait for what others took");
        }
    }
    return limiter.take("greedy", now).wait;
}

}  // namespace

TEST_CASE("who used a rate up waits, whether one or 99,000 others call, and whoever calls first never does") {
    for (const int others : {0, 1, 1'022, 1'023, 1'024, 2'048, 99'000}) {
        CAPTURE(others);
        CHECK(wait_of_greedy_beside(others) > 0);
    }
    wait_of_greedy_beside(300'000);  // more than are remembered: nobody new waits
}

TEST_CASE("a shop's own template has 64 KiB, and not a byte more") {
    const TemporaryFolder folder;
    const Templates templates(folder.path());
    const auto problem_of = [&](std::size_t bytes) {
        std::ofstream(folder.path() / "page_top.html") << std::string(bytes, 'x');
        return templates.overrides().at(0).problem;
    };
    constexpr std::size_t kMost = std::size_t{64} * 1024;
    CHECK(problem_of(kMost - 1).empty());
    CHECK(problem_of(kMost).empty());
    CHECK(problem_of(kMost + 1) == "is larger than 64 KiB");
    CHECK(problem_of(100 * kMost) == "is larger than 64 KiB");
}

TEST_CASE("a template includes others 200 times, and not once more") {
    const TemporaryFolder folder;
    const Templates templates(folder.path());
    const auto built_in = templates.render("page_top.html", Json::object(), Language::english());
    const auto rendered = [&](int includes) {
        std::string text = "own ";
        for (int i = 0; i < includes; ++i) {
            text += "{{> page_bottom}}";
        }
        std::ofstream(folder.path() / "page_top.html") << text;
        return templates.render("page_top.html", Json::object(), Language::english());
    };
    for (const int within : {1, 199, 200}) {
        CAPTURE(within);
        CHECK(rendered(within).starts_with("own "));
    }
    for (const int beyond : {201, 3'000}) {
        CAPTURE(beyond);
        CHECK(rendered(beyond) == built_in);  // the shop's own cannot be used
    }
}

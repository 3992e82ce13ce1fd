#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "base/json.h"
#include "paths.h"
#include "support/shop.h"
#include "support/temporary_folder.h"

namespace orderd::tests {

namespace {

using Catch::Matchers::ContainsSubstring;

/// `orderd bench` under way.
class Measuring {
public:
    Measuring(const std::filesystem::path& place, const std::string& orders) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
        output_ = ends[0];
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::vector<std::string> words{"orderd", "bench", "--data", place.string(), "--orders", orders};
        std::vector<char*> arguments;
        for (auto& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        REQUIRE(::posix_spawn(&process_, tests::kExecutable, &actions, nullptr, arguments.data(), environ) == 0);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
    }
    Measuring(const Measuring&) = delete;
    Measuring& operator=(const Measuring&) = delete;
    ~Measuring() { ::close(output_); }

    /// What it prints from here on, up to the end of a line, or to its end.
    std::string line() {
        return read_until([](const std::string& text) { return text.ends_with('\n'); });
    }
    std::string rest() {
        return read_until([](const std::string&) { return false; });
    }

    void interrupt() const { ::kill(process_, SIGINT); }

    int exit_code() const {
        int status = 0;
        ::waitpid(process_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    template <class Done>
    std::string read_until(Done done) const {
        std::string text;
        char byte = 0;
        while (!done(text) && ::read(output_, &byte, 1) == 1) {
            text += byte;
        }
        return text;
    }

    int output_ = -1;
    pid_t process_ = 0;
};

}  // namespace

TEST_CASE("bench says how long placing, listing and searching take, and leaves nothing behind", "[large]") {
    const TemporaryFolder place;
    Measuring bench(place.path(), "40");
    const auto said = bench.rest();
    CHECK(bench.exit_code() == 0);
    CHECK_THAT(said, ContainsSubstring("40 orders in "));
    for (const auto* what : {"p50", "p99", "placing an order", "the list of orders", "a search for products",
                             "a search for a surname", "the most memory"}) {
        CHECK_THAT(said, ContainsSubstring(what));
    }
    CHECK_THAT(said, !ContainsSubstring("the database: 0.0 MiB"));
    CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("bench ends at Ctrl-C, and leaves nothing behind") {
    const TemporaryFolder place;
    Measuring bench(place.path(), "1000000");
    CHECK_THAT(bench.line(), ContainsSubstring(place.path().string()));
    bench.interrupt();
    CHECK_THAT(bench.rest(), ContainsSubstring("ended by a signal"));
    CHECK(bench.exit_code() == 1);
    CHECK(std::filesystem::is_empty(place.path()));
}

TEST_CASE("the bare loop that orders are measured beside writes all that a shop wrote", "[large]") {
    Shop shop;
    const auto mug = shop.product({.sku = "MUG", .on_hand = 100});
    const auto pot = shop.product({.sku = "POT", .on_hand = 100});
    for (const auto* key : {"one", "two", "three"}) {
        REQUIRE(shop.order({{mug, 2}, {pot, 1}}, {{"Idempotency-Key", key}}).status == 201);
    }
    const TemporaryFolder scratch;
    int ended = -1;
    shop.restart([&] {
        const auto loop = std::filesystem::path(kExecutable).parent_path() / "bench_bare_sqlite";
        ended =
            std::system(fmt::format("'{}' --served '{}' --scratch '{}' >'{}'", loop.string(), shop.folder().string(),
                                    scratch.path().string(), (scratch.path() / "said").string())
                            .c_str());
    });
    CHECK(ended == 0);
    std::ifstream said(scratch.path() / "said");
    CHECK(stored_json(std::string(std::istreambuf_iterator<char>(said), {})).at("orders") == 3);
}

TEST_CASE("bench refuses an invalid number of orders") {
    const TemporaryFolder place;
    Measuring bench(place.path(), "0");
    CHECK(bench.rest().empty());
    CHECK(bench.exit_code() == 2);
}

}  // namespace orderd::tests

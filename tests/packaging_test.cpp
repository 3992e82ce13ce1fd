// What the ways to build orderd must agree on.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"

namespace orderd::tests {
namespace {

std::string packaging_file(const std::string& name) {
    std::ifstream file(std::filesystem::path(kSourceFolder) / "packaging" / name);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What the one group of `pattern` takes, at every place where it fits.
std::set<std::string> all_of(const std::string& text, const std::string& pattern) {
    const std::regex wanted(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), wanted), end; match != end; ++match) {
        found.insert((*match)[1]);
    }
    return found;
}

}  // namespace

TEST_CASE("the Homebrew formula and CMake pin the same cpp-httplib") {
    const auto formula = packaging_file("homebrew/orderd.rb");
    const auto cmake = packaging_file("cmake/Dependencies.cmake");
    constexpr auto kUrl = R"re((https://github\.com/yhirose/cpp-httplib/archive/refs/tags/v[0-9.]+\.tar\.gz))re";
    const auto pinned = all_of(formula, kUrl);
    CHECK(pinned.size() == 1);
    CHECK(all_of(cmake, kUrl) == pinned);
    const auto hash = all_of(formula, R"re(cpp-httplib/archive/[^\n]*\n\s*sha256 "([0-9a-f]{64})")re");
    CHECK(hash.size() == 1);
    CHECK(all_of(cmake, R"re(cpp-httplib/archive/[^\n]*\n\s*URL_HASH SHA256=([0-9a-f]{64}))re") == hash);
}

TEST_CASE("a system's cpp-httplib may be as old as the one that a static executable is built with") {
    const auto with_patches = all_of(packaging_file("dependencies.sh"), R"re(\nhttplib_version=([0-9.]+)\n)re");
    CHECK(with_patches.size() == 1);
    CHECK(all_of(packaging_file("cmake/Dependencies.cmake"), R"re(find_package\(httplib ([0-9.]+) )re") ==
          with_patches);
}

}  // namespace orderd::tests

// The inputs that are kept of each fuzzing target, among them each that ever broke a promise.

#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch_test_macros.hpp>

#include "fuzz/target.h"
#include "paths.h"

using namespace orderd;

TEST_CASE("what fuzzing ever found stays mended: every kept input keeps the promises of its target") {
    const auto corpus = std::filesystem::path(tests::kSourceFolder) / "tests/fuzz/corpus";
    for (const auto& target : fuzz::targets()) {
        int tried = 0;
        for (const auto& file : std::filesystem::directory_iterator(corpus / target.name)) {
            INFO(file.path().string());
            std::ifstream in(file.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            CHECK_NOTHROW(target.run(bytes));
            ++tried;
        }
        INFO(target.name << " has no kept inputs");
        CHECK(tried > 0);
    }
    for (const auto& folder : std::filesystem::directory_iterator(corpus)) {
        INFO(folder.path().string() << " is of no target");
        CHECK(fuzz::find_target(folder.path().filename().string()) != nullptr);
    }
}

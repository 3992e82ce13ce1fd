// Files that are named are there, and files that are there are used.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch_test_case_info.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/interfaces/catch_interfaces_registry_hub.hpp>
#include <catch2/interfaces/catch_interfaces_testcase.hpp>

#include "support/source_tree.h"

namespace orderd::tests {
namespace {

/// Each path, and every end of it that begins with a folder or a name: "base/money.h" and "money.h", too.
std::set<std::string, std::less<>> names_of(const std::vector<std::string>& paths) {
    std::set<std::string, std::less<>> names;
    for (const auto& path : paths) {
        names.insert(path);
        for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
            names.insert(path.substr(slash + 1));
        }
    }
    return names;
}

/// NAME.cpp stands for any name.
bool is_placeholder(const std::string& name) {
    const auto stem = name.substr(name.rfind('/') + 1);
    const auto dot = stem.find('.');
    return stem != "README.md" && std::none_of(stem.begin(), stem.begin() + static_cast<std::ptrdiff_t>(dot),
                                               [](char c) { return c >= 'a' && c <= 'z'; });
}

std::vector<Breach> missing_files(const SourceFile& file, const std::set<std::string, std::less<>>& there) {
    static const std::regex named(
        R"((^|[^\w./:$*{}<>-])(?:\./)?((?:[\w.-]+/)*[\w-][\w.-]*\.(?:cpp|h|sql|md|mjs|tsx?|sh|cmake|css|service))(?![\w-]))");
    std::vector<Breach> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string text(comment_of(file, file.lines[i]));
        for (std::sregex_iterator at(text.begin(), text.end(), named), end; at != end; ++at) {
            const auto name = (*at)[2].str();
            if (!there.contains(name) && !is_placeholder(name)) {
                found.push_back({file.path, i + 1, "names " + name});
            }
        }
    }
    return found;
}

/// The paths of the files in which Catch2 found a test case.
std::set<std::string> files_of_built_tests() {
    std::set<std::string> files;
    for (const auto& one : Catch::getRegistryHub().getTestCaseRegistry().getAllTests()) {
        files.insert(one.getTestCaseInfo().lineInfo.file);
    }
    return files;
}

bool holds_test_case(const SourceFile& file) {
    return std::any_of(file.lines.begin(), file.lines.end(), [](const auto& line) {
        return line.starts_with("TEST_CASE(") || line.starts_with("TEST_CASE_METHOD(") ||
               line.starts_with("TEMPLATE_TEST_CASE(") || line.starts_with("SCENARIO(");
    });
}

/// What Catch2 runs: a test of a tests/**/*_test.cpp. Benchmarks are programs of their own.
std::vector<Breach> unbuilt_tests(const SourceFile& file, const std::set<std::string>& built) {
    const bool is_built =
        std::any_of(built.begin(), built.end(), [&](const auto& path) { return path.ends_with("/" + file.path); });
    const bool is_named_test = file.path.ends_with("_test.cpp");
    if (is_named_test && !is_built) {
        return {{file.path, 1, "is a test, and orderd_tests does not have it"}};
    }
    if (!is_named_test && holds_test_case(file)) {
        return {{file.path, 1, "holds tests, and its name does not end with _test.cpp"}};
    }
    return {};
}

/// What vitest runs: web/vitest.config.ts tests/unit, at any depth, and tests/browser/vitest.config.ts its own folder.
std::vector<Breach> unrun_web_tests(const SourceFile& file) {
    const bool is_run = file.path.ends_with(".test.ts") &&
                        (file.path.starts_with("web/tests/unit/") || file.folder() == "web/tests/browser");
    const bool holds_tests = std::any_of(file.lines.begin(), file.lines.end(), [](const auto& line) {
        return line.find("from \"vitest\"") != std::string::npos && line.find("test") < line.find("from");
    });
    if (holds_tests && !is_run) {
        return {{file.path, 1, "holds tests that vitest does not run"}};
    }
    return {};
}

/// Scripts are named by what runs them: another file of the tree.
std::vector<Breach> unnamed_scripts(const SourceFile& script, const std::vector<SourceFile>& others) {
    const std::regex name("(^|[^\\w-])" + std::regex_replace(std::string(script.name()), std::regex("\\."), "\\.") +
                          "($|[^\\w-])");
    for (const auto& other : others) {
        if (other.path == script.path) {
            continue;
        }
        for (const auto& line : other.lines) {
            if (line.find(script.name()) != std::string::npos && std::regex_search(line, name)) {
                return {};
            }
        }
    }
    return {{script.path, 1, "is run by no file"}};
}

/// A name that a source file defines for itself, with the namespace around it, and a function's parameters.
struct OwnName {
    std::string name;
    std::size_t line = 0;
};

/// "const std::string& text, int n" becomes "const std::string&, int".
std::string types_of(const std::string& parameters) {
    static const std::regex name(R"( ?\w+(?=,|$))");
    return std::regex_replace(parameters, name, "");
}

std::vector<OwnName> own_names(const SourceFile& file) {
    static const std::regex constant(
        R"(^(?:inline |static )?(?:constexpr|const) .*?\b(k[A-Z]\w*)(?:\[\w*\])?(?: =|\{|$))");
    static const std::regex function(R"(^[A-Za-z_][\w:<>,&* ]*[ &*](\w+)\(([^()]*)\) (?:const )?\{)");
    static const std::regex named(R"(^namespace ([\w:]+) \{)");
    std::vector<std::string> spaces;
    std::vector<OwnName> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto& line = file.lines[i];
        std::smatch match;
        if (std::regex_search(line, match, named)) {
            spaces.push_back(match[1]);
        } else if (line.starts_with("}  // namespace ") && !spaces.empty()) {
            spaces.pop_back();
        } else if (std::regex_search(line, match, constant)) {
            found.push_back({fmt::format("{}::{}", fmt::join(spaces, "::"), match[1].str()), i + 1});
        } else if (std::regex_search(line, match, function)) {
            found.push_back(
                {fmt::format("{}::{}({})", fmt::join(spaces, "::"), match[1].str(), types_of(match[2])), i + 1});
        }
    }
    return found;
}

/// Names that two sources of a folder define.
std::vector<Breach> shared_names(const std::vector<SourceFile>& files) {
    std::map<std::pair<std::string, std::string>, std::string> first;  // by folder and name: the file
    std::vector<Breach> found;
    for (const auto& file : files) {
        for (const auto& own : own_names(file)) {
            const auto [at, is_new] = first.try_emplace({std::string(file.folder()), own.name}, file.path);
            if (!is_new && at->second != file.path) {
                found.push_back({file.path, own.line, "defines " + own.name + " as " + at->second + " does"});
            }
        }
    }
    return found;
}

}  // namespace

TEST_CASE("the sources of a folder, which are compiled some at a time as one, share no name of their own") {
    const auto shared = [](std::string_view one, std::string_view other, std::string other_path = "src/orders/b.cpp") {
        return shared_names({planted("src/orders/a.cpp", one), planted(std::move(other_path), other)}).size();
    };
    CHECK(shared("constexpr auto kMost = 1;", "constexpr int kMost{2};") == 1);
    CHECK(shared("bool is_odd(int n) { return n % 2 != 0; }", "bool is_odd(int number) {") == 1);
    CHECK(shared("bool is_odd(int n) {", "bool is_odd(std::int64_t n) {") == 0);
    CHECK(shared("constexpr auto kMost = 1;", "constexpr int kMost{2};", "src/catalog/b.cpp") == 0);
    CHECK(shared("namespace a {\nconstexpr auto kMost = 1;\n}  // namespace a", "constexpr int kMost{2};") == 0);
    CHECK(shared("int total() const {", "    constexpr auto kMost = 1;") == 0);

    auto files = source_files({"src", "tests"}, {".cpp"});
    std::erase_if(files, [](const SourceFile& file) {  // programs of their own, a file each
        return file.folder() == "tests/bench" || file.folder() == "tests/fuzz";
    });
    report(shared_names(files), "call one of them otherwise, or move it to where both can have it");
}

TEST_CASE("comments and pages name files that are there") {
    const auto there = names_of({"src/base/money.h", "README.md"});
    const auto faults = [&](std::string_view path, std::string_view text) {
        return missing_files(planted(std::string(path), text), there).size();
    };
    CHECK(faults("src/orders/order.h", "/// See base/coins.h.") == 1);
    CHECK(faults("README.md", "Start with `src/main.cpp`.") == 1);
    CHECK(faults("packaging/demo.sh", "# as tests/run.sh does") == 1);
    CHECK(faults("src/orders/order.h", "/// See base/money.h, or money.h.") == 0);
    CHECK(faults("src/orders/order.h", "open(\"other.sql\");") == 0);
    CHECK(faults("packaging/demo.sh", "# NAME.cpp becomes NAME; https://example.com/a.md") == 0);

    const auto names = names_of(source_paths());
    const std::vector<std::string_view> places{"README.md", "src",       "tests",      "web/src",
                                               "web/tests", "packaging", "schema.sql", "CMakeLists.txt"};
    const std::vector<std::string_view> endings{".md", ".cpp",   ".h",  ".ts",      ".tsx", ".mjs", ".css",
                                                ".sh", ".cmake", ".rb", ".service", ".sql", ".txt"};
    for (const auto& file : source_files(places, endings)) {
        if (file.path == "web/src/api/types.ts" || file.name() == "tidy_names_test.cpp") {
            continue;  // made from the OpenAPI document; names files that are not there to test this rule
        }
        report(missing_files(file, names), "name the file as it is called now, or remove the sentence");
    }
}

TEST_CASE("every test is built and run") {
    const std::set<std::string> built{"/home/x/tests/base/money_test.cpp"};
    CHECK(unbuilt_tests(planted("tests/base/money_test.cpp", "TEST_CASE(\"a\") {}"), built).empty());
    CHECK(unbuilt_tests(planted("tests/base/coins_test.cpp", "TEST_CASE(\"a\") {}"), built).size() == 1);
    CHECK(unbuilt_tests(planted("tests/base/coins.cpp", "TEST_CASE(\"a\") {}"), built).size() == 1);
    CHECK(unbuilt_tests(planted("tests/base/coins.cpp", "int main() {}"), built).empty());
    constexpr auto kVitest = R"(import { expect, test } from "vitest";)";
    CHECK(unrun_web_tests(planted("web/tests/unit/money.test.ts", kVitest)).empty());
    CHECK(unrun_web_tests(planted("web/tests/browser/day.test.ts", kVitest)).empty());
    CHECK(unrun_web_tests(planted("web/tests/unit/money.ts", kVitest)).size() == 1);
    CHECK(unrun_web_tests(planted("web/tests/browser/deep/day.test.ts", kVitest)).size() == 1);
    const auto runner = planted("tests/run.sh", "step \"steps\" run_script tests/steps_test.sh");
    CHECK(unnamed_scripts(planted("tests/steps_test.sh", ""), {runner}).empty());
    CHECK(unnamed_scripts(planted("tests/test.sh", ""), {runner}).size() == 1);

    const auto tests = files_of_built_tests();
    for (const auto& file : source_files({"tests"}, {".cpp"})) {
        report(unbuilt_tests(file, tests),
               "call it …_test.cpp and let the glob in packaging/cmake/Tests.cmake find it");
    }
    for (const auto& file : source_files({"web/tests", "web/src"}, {".ts", ".tsx"})) {
        report(unrun_web_tests(file), "call it web/tests/unit/….test.ts or web/tests/browser/….test.ts");
    }
    const std::vector<std::string_view> runners{"README.md",        "src",       "tests",          "web/tests",
                                                "web/package.json", "packaging", "CMakeLists.txt", ".ci"};
    const auto all = source_files(runners, {""});
    for (const auto& script : source_files({"tests", "web/tests", "packaging"}, {".sh", ".mjs", ".py"})) {
        report(unnamed_scripts(script, all), "name it where it is run: tests/run.sh, package.json, CMake or a page");
    }
}

}  // namespace orderd::tests

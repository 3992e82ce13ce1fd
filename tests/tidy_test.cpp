// Rules of the source code that no compiler keeps. Each is one function, and says what to write instead.

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"

namespace orderd::tests {
namespace {

namespace fs = std::filesystem;

struct Line {
    std::string file;  ///< from the top of the source tree
    std::size_t number = 0;
    std::string text;
};

/// Every line of the C++ code in a folder.
std::vector<Line> lines_of(const char* folder) {
    std::vector<Line> lines;
    const fs::path top(kSourceFolder);
    for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
        const auto& path = entry.path();
        if (path.extension() != ".cpp" && path.extension() != ".h") {
            continue;
        }
        std::ifstream file(path);
        std::string text;
        for (std::size_t number = 1; std::getline(file, text); ++number) {
            lines.push_back({fs::relative(path, top).string(), number, text});
        }
    }
    return lines;
}

/// Fails once for each line that breaks a rule.
void forbid(const std::vector<Line>& lines, const std::function<bool(const std::string&)>& breaks,
            const std::string& instead) {
    REQUIRE_FALSE(lines.empty());
    for (const auto& [file, number, text] : lines) {
        if (breaks(text)) {
            FAIL_CHECK(file << ":" << number << ": " << text << "\n" << instead);
        }
    }
}

/// `json["name"]` reads a const Json without a check: where the member is missing, that is undefined behaviour, and of
/// another Json it adds the member. Only an assignment may stand on its left.
bool reads_by_subscript(const std::string& text) {
    static const std::regex subscript(R"(\w\["[\w-]+"\](\[[^\]]*\])*(?!\[)(?!\s*=([^=]|$)))");
    return std::regex_search(text, subscript);
}

/// A release build leaves an assert out, and goes on: into a thread that waits for itself, or into wrong data.
bool is_checked_in_debug_builds_only(const std::string& text) {
    static const std::regex assertion(R"((^|[^_\w])assert\()");
    return std::regex_search(text, assertion);
}

/// libstdc++'s own locks have no annotations: what they guard is not checked.
bool locks_unseen(const std::string& text) {
    static const std::regex lock(R"(\bstd::((recursive_|timed_|shared_)*mutex|)"
                                 R"((lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable)\w*)\b)");
    return std::regex_search(text, lock);
}

}  // namespace

TEST_CASE("clang sees every lock") {
    CHECK(locks_unseen("    const std::lock_guard lock(mutex_);"));
    CHECK(locks_unseen("    mutable std::shared_mutex mutex_;"));
    CHECK(locks_unseen("    std::condition_variable_any changed_;"));
    CHECK_FALSE(locks_unseen("    const MutexLock lock(mutex_);"));
    auto lines = lines_of("src");
    std::erase_if(lines, [](const Line& line) { return line.file == "src/base/mutex.h"; });
    forbid(lines, locks_unseen, "take Mutex, MutexLock and ConditionVariable of base/mutex.h, and say what they guard");
}

TEST_CASE("what must hold is checked in release builds too") {
    CHECK(is_checked_in_debug_builds_only("    assert(!runs_here());"));
    CHECK_FALSE(is_checked_in_debug_builds_only("    static_assert(sizeof(int) == 4);"));
    forbid(lines_of("src"), is_checked_in_debug_builds_only,
           "throw std::logic_error where going on would hang the shop or corrupt its data");
}

TEST_CASE("no member of a Json is read by a subscript") {
    CHECK(reads_by_subscript(R"(const auto name = body["name"].get<std::string>();)"));
    CHECK(reads_by_subscript(R"(if (value["security"] == "none"))"));
    CHECK_FALSE(reads_by_subscript(R"(json["secret"] = secret;)"));
    CHECK_FALSE(reads_by_subscript(R"(schema["properties"][tag] = text;)"));
    CHECK_FALSE(reads_by_subscript(R"(json["reference"] =)"));
    forbid(lines_of("src"), reads_by_subscript,
           "read a member with at(), value(), member_or_null() or text_member(); a request's body is declared in a "
           "Fields<> and read into its struct");
}

}  // namespace orderd::tests

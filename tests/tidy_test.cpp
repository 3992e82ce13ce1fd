// Rules of the source code that no compiler keeps. Each is a function that finds the breaches in one file: a test shows
// it a breach and a correct text, and then the whole tree. A failure says what to write instead.
//
// Rules of layers are in tidy_layers_test.cpp, of names and unused files in tidy_names_test.cpp, of tables in
// tidy_ownership_test.cpp.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"
#include "support/source_tree.h"

namespace orderd::tests {
namespace {

const std::vector<std::string_view> kWrittenByHand{".cpp", ".h",     ".ts", ".tsx", ".mjs",     ".css", ".sh",
                                                   ".sql", ".cmake", ".md", ".rb",  ".service", ".txt"};

std::vector<Breach> lines_that(const SourceFile& file, const std::function<bool(const std::string&)>& breaks) {
    std::vector<Breach> found;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (breaks(file.lines[i])) {
            found.push_back({file.path, i + 1, file.lines[i]});
        }
    }
    return found;
}

/// `json["name"]` reads a const Json without a check: if the member is missing, that is undefined behaviour, and on a
/// Json that is not const it adds the member. It may only be assigned to.
bool reads_by_subscript(const std::string& line) {
    static const std::regex subscript(R"(\w\["[\w-]+"\](\[[^\]]*\])*(?!\[)(?!\s*=([^=]|$)))");
    return std::regex_search(line, subscript);
}

/// The words are put together here, so that this file does not break its own rule.
const std::string kReminder = std::string("TO") + "DO";
const std::string kLeftover = "\\b(" + kReminder + "|FIX" + "ME|X" + "XX|DES" + "IGN)\\b|^\\s*#\\s*if\\s+0\\b";

bool is_leftover(const std::string& line) {
    static const std::regex leftover(kLeftover);
    return std::regex_search(line, leftover);
}

/// Documentation comments (///) and pieces that stand further in show how something is used.
bool is_commented_out(const std::string& line) {
    static const std::regex statement(
        R"rx(^\s*//(?!/) ?(?! |- )(\S.*[\w)"\]}]\s*;|\S.*\)\s*(const)?\s*\{|\}\s*;?|\}\s*else.*|#include.*)\s*$)rx");
    return std::regex_match(line, statement);
}

/// By a file's first line. dpkg-deb is told the modes of the package's scripts.
std::vector<Breach> mode_breaches(const SourceFile& file, std::filesystem::perms mode) {
    const bool is_script = !file.lines.empty() && file.lines.front().starts_with("#!");
    const bool may_run = (mode & std::filesystem::perms::owner_exec) != std::filesystem::perms::none;
    if (is_script == may_run || file.path.starts_with("packaging/debian/")) {
        return {};
    }
    return {{file.path, 1, is_script ? "begins with #!, and may not be run" : "may be run, and has no #!"}};
}

/// In src and web/src: main.cpp writes what a command answers, and base/log what the server says.
bool is_debugging_print(const std::string& line) {
    static const std::regex print(
        R"rx(\bstd::(cout|cerr|clog)\b|\b(printf|puts|fprintf)\s*\(|\bfmt::print(ln)?\s*\("|\bconsole\.\w+\s*\(|\bdebugger;)rx");
    return std::regex_search(line, print);
}

struct Function {
    std::string signature;
    std::size_t line = 0;
    std::size_t length = 0;
};

/// Functions from their first line with a brace to their last. clang-format lays out the tree, so that a function ends
/// with the first brace that stands in its own column; those of a class stand one step in.
std::vector<Function> functions_of(const SourceFile& file) {
    static const std::regex type(R"(^(template <.*> ?)?(class|struct|union|enum)\b.*\{$)");
    std::vector<Function> functions;
    std::optional<std::size_t> open;
    std::optional<std::size_t> open_member;
    bool in_type = false;
    const auto close = [&](std::optional<std::size_t>& from, std::size_t to) {
        if (from) {
            functions.push_back({file.lines[*from], *from + 1, to - *from + 1});
        }
        from.reset();
    };
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto& line = file.lines[i];
        const bool opens = line.ends_with("{") && !line.ends_with("= {");
        if (!line.empty() && line.front() != ' ') {
            if (line == "}") {
                close(open, i);
            } else if (line == "};") {
                in_type = false;
            } else if (std::regex_match(line, type)) {
                in_type = true;
            } else if (opens && !line.starts_with("namespace")) {
                open = i;
            }
        } else if (in_type && line == "    }") {
            close(open_member, i);
        } else if (in_type && opens && line.starts_with("    ") && line[4] != ' ') {
            open_member = i;
        }
    }
    return functions;
}

constexpr std::size_t kMostLines = 80;

/// A table is as long as what it lists: it is read row by row.
bool is_table_of_routes(const SourceFile& file, const Function& function) {
    static const std::regex adds(R"(^void add_(\w+_)?routes\()");
    return file.name().ends_with("routes.cpp") && std::regex_search(function.signature, adds);
}

struct LongFunction {
    std::string_view file;
    std::string_view signature;
    std::string_view reason;
};

/// One that is no longer needed fails the test, so that the list only gets shorter.
constexpr std::array kLongFunctions{
    LongFunction{"src/app/check.cpp", "const std::vector<Invariant>& invariants() {", "a table of SQL"},
};

std::vector<Breach> long_functions(const SourceFile& file) {
    std::vector<Breach> found;
    for (const auto& function : functions_of(file)) {
        if (function.length > kMostLines && !is_table_of_routes(file, function)) {
            found.push_back({file.path, function.line, function.signature});
        }
    }
    return found;
}

std::string function_of(std::size_t lines) {
    std::string text = "void place(Transaction& tx) {\n";
    for (std::size_t i = 2; i < lines; ++i) {
        text += "    reserve(tx);\n";
    }
    return text + "}\n";
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

/// In C++20 a temporary that a range-for's range refers to is gone before its first turn.
bool walks_a_temporary(const std::string& line) {
    static const std::regex walk(R"(\bfor \(.* : .*\)\.items\(\)\) \{)");
    static const std::regex refers(R"(\bfor \(.* : [\w.>-]*(\(\))?(\.at\([^()]*\))*\.items\(\)\) \{)");
    return std::regex_search(line, walk) && !std::regex_search(line, refers);
}

}  // namespace

TEST_CASE("no loop walks a Json that is gone") {
    CHECK(walks_a_temporary("    for (const auto& [name, part] : to_json(setting).items()) {"));
    CHECK(walks_a_temporary(R"(    for (const auto& [name, part] : schema.value("properties", Json()).items()) {)"));
    CHECK_FALSE(walks_a_temporary("    for (const auto& [name, part] : schema.items()) {"));
    CHECK_FALSE(walks_a_temporary(R"(    for (const auto& [name, part] : schema.at("properties").items()) {)"));
    for (const auto& file : source_files({"src", "tests"}, {".cpp", ".h"})) {
        if (file.path != "tests/tidy_test.cpp") {
            report(lines_that(file, walks_a_temporary), "give what is walked a name before the loop");
        }
    }
}

TEST_CASE("clang sees every lock") {
    CHECK(locks_unseen("    const std::lock_guard lock(mutex_);"));
    CHECK(locks_unseen("    mutable std::shared_mutex mutex_;"));
    CHECK(locks_unseen("    std::condition_variable_any changed_;"));
    CHECK_FALSE(locks_unseen("    const MutexLock lock(mutex_);"));
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        if (file.path != "src/base/mutex.h") {
            report(lines_that(file, locks_unseen),
                   "take Mutex, MutexLock and ConditionVariable of base/mutex.h, and say what they guard");
        }
    }
}

TEST_CASE("what must hold is checked in release builds too") {
    CHECK(is_checked_in_debug_builds_only("    assert(!runs_here());"));
    CHECK_FALSE(is_checked_in_debug_builds_only("    static_assert(sizeof(int) == 4);"));
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        report(lines_that(file, is_checked_in_debug_builds_only),
               "throw std::logic_error where going on would hang the shop or corrupt its data");
    }
}

TEST_CASE("no member of a Json is read by a subscript") {
    CHECK(reads_by_subscript(R"(const auto name = body["name"].get<std::string>();)"));
    CHECK(reads_by_subscript(R"(if (value["security"] == "none"))"));
    CHECK_FALSE(reads_by_subscript(R"(json["secret"] = secret;)"));
    CHECK_FALSE(reads_by_subscript(R"(schema["properties"][tag] = text;)"));
    CHECK_FALSE(reads_by_subscript(R"(json["reference"] =)"));
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        report(lines_that(file, reads_by_subscript),
               "read a member with at(), value(), member_or_null() or text_member(); a request's body is declared in a "
               "Fields<> and read into its struct");
    }
}

TEST_CASE("nothing is left over: no reminders, no code in comments, no code that is switched off") {
    CHECK(is_leftover("    // " + kReminder + ": round half to even"));
    CHECK(is_leftover(std::string("#if ") + "0"));
    CHECK_FALSE(is_leftover(R"(auto name = "orderd-test-XXXXXX";)"));
    CHECK_FALSE(is_leftover("#if defined(__GLIBC__)"));
    CHECK(is_commented_out("    // orders::step(tx, order, paid, actor, now);"));
    CHECK(is_commented_out("// if (order.is_open()) {"));
    CHECK(is_commented_out("    // }"));
    CHECK(is_commented_out("//#include \"base/text.h\""));
    CHECK_FALSE(is_commented_out("    // The order is paid; it waits to be packed."));
    CHECK_FALSE(is_commented_out("    ///     routes.add(row, handler);"));
    CHECK_FALSE(is_commented_out("//         };"));
    CHECK_FALSE(is_commented_out("    return total;  // of the order"));
    CHECK_FALSE(is_commented_out("}  // namespace orderd"));
    const std::vector<std::string_view> places{"src",       "tests",      "web/src",   "web/tests",
                                               "packaging", "schema.sql", "README.md", "CMakeLists.txt"};
    for (const auto& file : source_files(places, kWrittenByHand)) {
        report(lines_that(file, is_leftover), "do it, or open an issue; code that is switched off is deleted");
        report(lines_that(file, is_commented_out), "delete code that is commented out: Git keeps it");
    }
}

TEST_CASE("only commands print") {
    CHECK(is_debugging_print(R"(    std::cerr << "here " << order.id << '\n';)"));
    CHECK(is_debugging_print(R"(    printf("%d\n", n);)"));
    CHECK(is_debugging_print("  console.log(order);"));
    CHECK_FALSE(is_debugging_print(R"(    log::warning("the sandbox takes payments");)"));
    CHECK_FALSE(is_debugging_print(R"(    fmt::print(out, "{} added\n", added);)"));
    for (const auto& file : source_files({"src", "web/src"}, {".cpp", ".h", ".ts", ".tsx"})) {
        if (file.path != "src/main.cpp" && file.folder() != "src/base" && file.name() != "types.ts") {
            report(lines_that(file, is_debugging_print),
                   "say it with log::info() and its kin (base/log.h), or write to the stream that main() hands over; "
                   "the dashboard shows a toast (web/src/ui/toast.tsx)");
        }
    }
}

TEST_CASE("a script may be run, and nothing else") {
    using std::filesystem::perms;
    CHECK(mode_breaches(planted("tests/run.sh", "#!/bin/sh\n"), perms::owner_read).size() == 1);
    CHECK(mode_breaches(planted("README.md", "# orderd\n"), perms::owner_all).size() == 1);
    CHECK(mode_breaches(planted("tests/run.sh", "#!/bin/sh\n"), perms::owner_all).empty());
    CHECK(mode_breaches(planted("README.md", "# orderd\n"), perms::owner_read).empty());
    CHECK(mode_breaches(planted("packaging/debian/postinst", "#!/bin/sh\n"), perms::owner_read).empty());
    for (const auto& path : source_paths()) {
        const auto at = std::filesystem::path(kSourceFolder) / path;
        std::string line;
        std::ifstream file(at);
        std::getline(file, line);
        report(mode_breaches({path, {line}}, std::filesystem::status(at).permissions()),
               "chmod +x what is run by its name, and nothing else");
    }
}

TEST_CASE("a function is at most 80 lines long") {
    CHECK(long_functions(planted("src/orders/placing.cpp", function_of(80))).empty());
    CHECK(long_functions(planted("src/orders/placing.cpp", function_of(81))).size() == 1);
    CHECK(long_functions(planted("src/orders/placing.cpp", function_of(50) + function_of(50))).empty());
    std::string member = "class Order {\n    void place() {\n";
    for (int i = 0; i < 80; ++i) {
        member += "        reserve();\n";
    }
    CHECK(long_functions(planted("src/orders/order.h", member + "    }\n};\n")).size() == 1);

    std::set<std::string_view> needed;
    std::size_t seen = 0;
    for (const auto& file : source_files({"src"}, {".cpp", ".h"})) {
        seen += functions_of(file).size();
        auto found = long_functions(file);
        std::erase_if(found, [&](const Breach& breach) {
            const auto* known = std::find_if(kLongFunctions.begin(), kLongFunctions.end(), [&](const auto& it) {
                return it.file == breach.path && it.signature == breach.found;
            });
            return known != kLongFunctions.end() && (needed.insert(known->file), true);
        });
        report(found, "split this function by what it does, or name it in kLongFunctions with a reason");
    }
    CHECK(seen > 1500);  // it does see the functions
    for (const auto& one : kLongFunctions) {
        INFO(one.file << ": " << one.signature << " is short enough: remove the exception");
        CHECK(needed.contains(one.file));
    }
}

}  // namespace orderd::tests

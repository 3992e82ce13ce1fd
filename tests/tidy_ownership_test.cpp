// Which department may name which table. A table belongs to the department that schema.sql names above it ("owner"):
// that one alone writes it, and it and the departments above it read it. What a lower one must know, the upper one
// tells it through a function of the lower, in the same transaction.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"
#include "support/source_tree.h"

namespace orderd::tests {
namespace {

namespace fs = std::filesystem;

/// The departments, from the top: each may include, and read the tables of, those below it.
constexpr std::array<std::string_view, 15> kDepartments{"app",         "storefront", "notify",  "documents", "payments",
                                                        "fulfillment", "orders",     "catalog", "accounts",  "api",
                                                        "wire",        "outgoing",   "jobs",    "storage",   "base"};

struct Exception {
    std::string_view file;
    std::string_view table;
    std::string_view reason;
};

/// Each with its reason. One that is needed no more fails the test, so that the list only gets shorter.
constexpr std::array kExceptions{
    Exception{"app/restoring.cpp", "number_floor", "only a restore sets the floors; storage gives numbers above them"},
};

/// Older databases are brought to today's tables there, whoever owns them.
constexpr std::string_view kMigrations = "storage/migrations.cpp";

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), {}};
}

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < text.size();) {
        const auto begin = i;
        while (i < text.size() && is_word(text[i])) {
            ++i;
        }
        if (i > begin) {
            words.emplace_back(text.substr(begin, i - begin));
        } else {
            ++i;
        }
    }
    return words;
}

/// Each table of schema.sql, with its owner.
std::map<std::string, std::string> owners() {
    std::map<std::string, std::string> found;
    std::string owner;
    std::ifstream schema(fs::path(kSourceFolder) / "schema.sql");
    for (std::string line; std::getline(schema, line);) {
        constexpr std::string_view kOwner = "-- owner: ";
        if (line.starts_with(kOwner)) {
            owner = line.substr(kOwner.size());
        } else if (line.starts_with("CREATE ")) {
            const auto words = words_of(line);
            const std::size_t at = words.at(1) == "VIRTUAL" ? 2 : 1;
            if (words.at(at) == "TABLE") {
                INFO("schema.sql names no owner above " << words.at(at + 1));
                REQUIRE_FALSE(owner.empty());
                found[words.at(at + 1)] = owner;
            }
        }
    }
    return found;
}

struct Use {
    std::string table;
    bool writes = false;
    friend auto operator<=>(const Use&, const Use&) = default;
};

/// What a piece of SQL names. Keywords of SQL are in capitals here, as everywhere in the tree.
std::set<Use> uses_of(const std::string& sql, const std::map<std::string, std::string>& owners) {
    std::set<Use> uses;
    const auto words = words_of(sql);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const auto& word = words[i];
        const bool writes = word == "INTO" || word == "UPDATE" || (word == "FROM" && i > 0 && words[i - 1] == "DELETE");
        if (!writes && word != "FROM" && word != "JOIN") {
            continue;
        }
        auto at = i + 1;
        at += words[at] == "OR" ? 2 : 0;  // UPDATE OR REPLACE
        at += at < words.size() && words[at] == "main" ? 1 : 0;
        if (at < words.size() && owners.contains(words[at])) {
            uses.insert({words[at], writes});
        }
    }
    return uses;
}

/// 0 is the top.
std::ptrdiff_t floor_of(std::string_view department) {
    const auto* found = std::find(kDepartments.begin(), kDepartments.end(), department);
    INFO(department << " is not among the departments of this test");
    REQUIRE(found != kDepartments.end());
    return found - kDepartments.begin();
}

std::string advice(const std::string& file, const Use& use, const std::string& owner) {
    if (use.writes) {
        return file + " writes " + use.table + ", which is " + owner + "'s: call a function of " + owner +
               " that does, in the same transaction";
    }
    return file + " reads " + use.table + ", which is " + owner + "'s, above it: let " + owner +
           " write what has to be known here through a function of this department, in the same transaction";
}

}  // namespace

TEST_CASE("M14: each table is written by its owner alone, and read by it and those above it") {
    const auto tables = owners();
    REQUIRE(tables.size() > 30);
    for (const auto& [table, owner] : tables) {
        static_cast<void>(floor_of(owner));
    }
    std::set<std::string> needed;
    int seen = 0;
    const auto source = fs::path(kSourceFolder) / "src";
    for (const auto& entry : fs::recursive_directory_iterator(source)) {
        const auto file = fs::relative(entry.path(), source);
        if ((file.extension() != ".cpp" && file.extension() != ".h") || file == kMigrations ||
            !file.has_parent_path()) {
            continue;
        }
        const auto department = file.begin()->string();
        for (const auto& sql : literals(read(entry.path()))) {
            for (const auto& use : uses_of(sql, tables)) {
                ++seen;
                const auto& owner = tables.at(use.table);
                if (department == owner || (!use.writes && floor_of(department) < floor_of(owner))) {
                    continue;
                }
                const auto* exception = std::find_if(kExceptions.begin(), kExceptions.end(), [&](const auto& it) {
                    return it.file == file.string() && it.table == use.table;
                });
                if (exception != kExceptions.end()) {
                    needed.insert(file.string() + ' ' + use.table);
                    continue;
                }
                FAIL_CHECK(advice(file.string(), use, owner));
            }
        }
    }
    CHECK(seen > 300);  // it does see the SQL
    for (const auto& [file, table, reason] : kExceptions) {
        INFO(file << " names " << table << " no more: remove the exception");
        CHECK(needed.contains(std::string(file) + ' ' + std::string(table)));
    }
}

}  // namespace orderd::tests

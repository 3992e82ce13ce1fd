#include "support/source_tree.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"

namespace orderd::tests {
namespace {

namespace fs = std::filesystem;

/// What is neither written by hand nor part of the project.
bool is_foreign(const fs::path& path) {
    const auto name = path.filename().string();
    return name == "build" || name == "node_modules" || name == ".git";
}

bool ends_with_one_of(std::string_view text, const std::vector<std::string_view>& endings) {
    return std::any_of(endings.begin(), endings.end(), [&](auto ending) { return text.ends_with(ending); });
}

/// Paths from the top of the source tree, sorted.
std::vector<std::string> paths_in(const fs::path& place) {
    std::vector<std::string> paths;
    const fs::path top(kSourceFolder);
    if (!fs::is_directory(place)) {
        return {fs::relative(place, top).string()};
    }
    for (fs::recursive_directory_iterator at(place), end; at != end; ++at) {
        if (is_foreign(at->path())) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file()) {
            paths.push_back(fs::relative(at->path(), top).string());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<std::string> lines_in(std::istream& text) {
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// What begins a comment, by the file's name.
std::vector<std::string_view> marks_of(std::string_view path) {
    constexpr std::array kSlashes{".cpp", ".h", ".ts", ".tsx", ".mjs", ".css"};
    if (std::any_of(kSlashes.begin(), kSlashes.end(), [&](auto ending) { return path.ends_with(ending); })) {
        return {"///", "//", "/*", "* "};
    }
    if (path.ends_with(".sql")) {
        return {"--"};
    }
    return {"#"};
}

bool is_part_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

std::string_view SourceFile::folder() const {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string_view() : std::string_view(path).substr(0, slash);
}

std::string SourceFile::text() const {
    std::string text;
    for (const auto& line : lines) {
        text.append(line).append(1, '\n');
    }
    return text;
}

std::string_view SourceFile::name() const {
    return std::string_view(path).substr(path.rfind('/') + 1);  // npos + 1 is 0
}

SourceFile planted(std::string path, std::string_view text) {
    std::istringstream in{std::string(text)};
    return {std::move(path), lines_in(in)};
}

std::vector<SourceFile> source_files(const std::vector<std::string_view>& places,
                                     const std::vector<std::string_view>& endings) {
    std::vector<SourceFile> files;
    for (const auto place : places) {
        for (auto& path : paths_in(fs::path(kSourceFolder) / place)) {
            if (ends_with_one_of(path, endings)) {
                std::ifstream in(fs::path(kSourceFolder) / path);
                files.push_back({std::move(path), lines_in(in)});
            }
        }
    }
    REQUIRE_FALSE(files.empty());
    return files;
}

std::vector<std::string> literals(std::string_view code) {
    std::vector<std::string> found;
    std::optional<std::string> current;
    const auto end_literal = [&] {
        if (current) {
            found.push_back(std::move(*current));
            current.reset();
        }
    };
    for (std::size_t i = 0; i < code.size();) {
        const auto rest = code.substr(i);
        if (rest.starts_with("//")) {
            i = std::min(code.find('\n', i), code.size());
        } else if (rest.starts_with("R\"")) {
            const auto open = code.find('(', i);
            const auto close = ')' + std::string(code.substr(i + 2, open - i - 2)) + '"';
            const auto end = code.find(close, open);
            current = current.value_or("") + std::string(code.substr(open + 1, end - open - 1));
            i = end + close.size();
        } else if (code[i] == '"') {
            auto text = current.value_or("");
            for (++i; i < code.size() && code[i] != '"'; ++i) {
                i += code[i] == '\\' ? 1 : 0;
                text += code[i];
            }
            current = std::move(text);
            ++i;
        } else if (code[i] == '\'' && i + 2 < code.size() && (i == 0 || !is_part_of_word(code[i - 1]))) {  // not 10'000
            i += code[i + 1] == '\\' ? 4 : 3;
            end_literal();
        } else {
            if (code[i] != ' ' && code[i] != '\n' && code[i] != '\\') {
                end_literal();
            }
            ++i;
        }
    }
    end_literal();
    return found;
}

std::vector<std::string> source_paths() { return paths_in(kSourceFolder); }

std::string_view comment_of(const SourceFile& file, std::string_view line) {
    if (file.path.ends_with(".md")) {
        return line;
    }
    for (const auto mark : marks_of(file.path)) {
        const auto at = line.find(mark);
        const bool is_mark = at != std::string_view::npos && (at == 0 || line[at - 1] == ' ');
        if (is_mark) {
            return line.substr(at + mark.size());
        }
    }
    return {};
}

void report(const std::vector<Breach>& breaches, std::string_view instead) {
    for (const auto& [path, line, found] : breaches) {
        FAIL_CHECK(path << ":" << line << ": " << found << "\n" << instead);
    }
}

}  // namespace orderd::tests

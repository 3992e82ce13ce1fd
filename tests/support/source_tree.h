#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The project's own files as text, for tests of how they are written.
namespace orderd::tests {

struct SourceFile {
    std::string path;  ///< from the top of the source tree, as in "src/base/money.h"
    std::vector<std::string> lines;

    std::string_view folder() const;  ///< "src/base"
    std::string_view name() const;    ///< "money.h"
    std::string text() const;
};

/// A text as if it stood in that file: a test shows with it that its rule finds a breach.
SourceFile planted(std::string path, std::string_view text);

/// The files in these folders, and these files, whose name ends with one of the endings. Fails where there are none.
std::vector<SourceFile> source_files(const std::vector<std::string_view>& places,
                                     const std::vector<std::string_view>& endings);

/// The string literals of a source text, those that stand beside each other as one; comments are passed over.
std::vector<std::string> literals(std::string_view code);

/// All paths of the source tree, without what is built, installed or kept by Git.
std::vector<std::string> source_paths();

/// What a line of a file says to people: a comment without its marks, or any line of a page. Empty where there is none.
std::string_view comment_of(const SourceFile& file, std::string_view line);

/// A place in a file, and what is wrong there.
struct Breach {
    std::string path;
    std::size_t line = 0;  ///< from 1
    std::string found;
};

/// Fails the test once for each breach, with what to do instead.
void report(const std::vector<Breach>& breaches, std::string_view instead);

}  // namespace orderd::tests

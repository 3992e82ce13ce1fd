#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace orderd {

/// What people read: pages and mails, from Mustache templates (mustache.github.io/mustache.5.html). Each stands as a
/// file in its department's templates/ folder, is built into the executable, and is called by its file's name:
/// "receipt.html", "order_placed.txt". A shop replaces one by a file with that name in its own folder.
/// Thread-safe.
///
/// In a template whose name ends in .html, {{what}} is escaped, for text and for quoted attributes; elsewhere, as in
/// .txt, it stands as it is. {{> head}} in an .html template includes "head.html". An empty text, null, false and an
/// empty list are all false to {{#sections}}; numbers are printed; members of objects are reached with dots.
class Templates {
public:
    explicit Templates(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// `name`: of a template that was built in. The shop's own file is used if there is one that can be read; where
    /// it is broken (or includes without an end), the log says so and the one that was built in is used.
    ///
    /// @throws std::logic_error for an unknown name
    std::string render(std::string_view name, const Json& data) const;

    struct Override {
        std::string name;
        std::string problem;  ///< for a person; empty: it is in use
    };

    /// The files in the shop's folder, by name.
    std::vector<Override> overrides() const;

private:
    const std::filesystem::path folder_;
};

}  // namespace orderd

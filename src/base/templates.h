#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/language.h"

namespace orderd {

/// Renders pages and mails from Mustache templates (mustache.github.io/mustache.5.html). Each template is a file in its
/// department's templates/ folder, is built into the executable, and is known by its file name: "receipt.html",
/// "order_placed.txt". A shop overrides one with a file of the same name in its own folder. Thread-safe.
///
/// {{words.NAME}} is a text of the language (base/language.h), whose placeholders are values of the template: the text
/// "Order {order_number}" becomes "Order {{order_number}}". {{lang}} is the language's code, and {{#language.de}} a
/// section for German alone.
///
/// In .html templates {{what}} is escaped for text and quoted attributes; in others, such as .txt, it is not.
/// {{> head}} in an .html template includes "head.html". To {{#sections}}, an empty text, null, false and an
/// empty list are false. Numbers are printed. Dots reach members of objects.
class Templates {
public:
    explicit Templates(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// `name`: of a built-in template. The shop's own file is used if it exists and can be read. If it is
    /// broken (or its includes never end), the log says so and the built-in template is used.
    ///
    /// @throws std::logic_error for an unknown name
    std::string render(std::string_view name, const Json& data, const Language& language) const;

    struct Override {
        std::string name;
        std::string problem;  ///< for a person; empty if the file is in use
    };

    /// The files in the shop's folder, by name.
    std::vector<Override> overrides() const;

private:
    const std::filesystem::path folder_;
};

}  // namespace orderd

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/refused.h"

namespace orderd::api {

inline constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

inline constexpr Refused kBadForm{
    422, "bad_form",
    "The form is not what a browser sends: it has too many fields, a field that is too long, a broken escape, or bytes "
    "that are not text. Load the page again and send its own form."};

/// What a page's form sent (application/x-www-form-urlencoded). What the values mean, the page's route checks.
class Form {
public:
    /// Line breaks become "\n", as JSON bodies have them.
    ///
    /// @throws Refusal 422 `bad_form` for more fields or longer values than base/budgets.h allows, and for what is not
    ///         UTF-8 text
    static Form parse(std::string_view body);

    /// The first value of a field; empty if there is none.
    const std::string& value(std::string_view name) const;
    bool has(std::string_view name) const;
    /// All values of a field that is repeated, in the order of the page.
    std::vector<std::string> all(std::string_view name) const;

    const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace orderd::api

#include "documents/numbers.h"

#include <fmt/format.h>

#include <algorithm>

namespace orderd::documents {

namespace {

constexpr std::string_view kYear = "{year}";
constexpr std::string_view kNumber = "{number}";

constexpr auto kNext = "SELECT coalesce(max(number_in_series), 0) + 1 FROM document WHERE series = ?1";
constexpr auto kRestored = "SELECT after FROM number_floor WHERE name = ?1";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool may_stand(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '/' || c == '.' ||
           c == '_';
}

/// The format without {number}, and {year} filled in.
std::string prefix_of(const Numbering& numbering, Day day) {
    auto prefix = numbering.format.substr(0, numbering.format.size() - kNumber.size());
    if (const auto at = prefix.find(kYear); at != std::string::npos) {
        prefix.replace(at, kYear.size(), orderd::to_text(day).substr(0, 4));
    }
    return prefix;
}

}  // namespace

std::string format_fault(std::string_view format) {
    if (!format.ends_with(kNumber)) {
        return "does not end with {number}";
    }
    auto prefix = std::string(format.substr(0, format.size() - kNumber.size()));
    if (prefix.ends_with(kYear)) {
        return "has {year} directly before {number}: put a sign such as - between them";
    }
    if (const auto at = prefix.find(kYear); at != std::string::npos) {
        prefix.erase(at, kYear.size());
    }
    const auto wrong = std::find_if_not(prefix.begin(), prefix.end(), may_stand);
    if (wrong != prefix.end()) {
        return fmt::format(
            "has \"{}\"; beside one {{year}} and the {{number}}, it has letters from a to z, digits, and - / . _",
            *wrong);
    }
    return !prefix.empty() && is_digit(prefix.back())
               ? "has a digit directly before {number}: put a sign such as - between them"
               : "";
}

std::string letters_after(std::int64_t restores) {
    constexpr std::int64_t kLetters = 26;
    std::string letters;
    // As the columns of a spreadsheet are called; the first, A, is the one without a letter.
    for (auto left = restores; restores > 0 && left >= 0; left = left / kLetters - 1) {
        letters.insert(letters.begin(), static_cast<char>('A' + left % kLetters));
    }
    return letters;
}

Number next_number(const storage::View& view, const Numbering& numbering, Day day) {
    const auto prefix = prefix_of(numbering, day);
    const auto letters = letters_after(view.value<std::int64_t>(kRestored, kRestores).value_or(0));
    const auto series = prefix + '*' + letters;
    const auto next = view.value<std::int64_t>(kNext, series).value();
    return {.series = series,
            .in_series = next,
            .text = fmt::format("{}{:0{}}{}", prefix, next, numbering.digits, letters)};
}

}  // namespace orderd::documents

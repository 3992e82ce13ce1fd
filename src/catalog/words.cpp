#include "catalog/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "base/budgets.h"
#include "base/folding.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

/// In East Asian scripts a word may be shorter than a trigram, and no spaces separate it from others.
constexpr std::uint32_t kFirstEastAsian = 0x2E80;

/// The first character of well-formed UTF-8.
std::uint32_t first_code_point(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    if (text.empty() || byte(0) < 0x80U) {
        return text.empty() ? 0 : byte(0);
    }
    const std::size_t length = byte(0) < 0xE0U ? 2 : byte(0) < 0xF0U ? 3 : 4;
    auto value = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && i < text.size(); ++i) {
        value = value << 6U | (byte(i) & 0x3FU);
    }
    return value;
}

/// Whether a short word has a letter or a digit in it: the index has only those.
bool has_letters(std::string_view word) {
    for (std::size_t at = 0; at < word.size(); ++at) {
        const auto c = first_code_point(word.substr(at));
        const bool inside = (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80U;  // a character of several bytes
        if (!inside &&
            (c < 0x80U ? std::isalnum(static_cast<int>(c)) != 0 : c >= 0xC0U && (c < 0x2000U || c >= 0x2C00U))) {
            return true;
        }
    }
    return false;
}

std::string quoted(std::string_view word) {
    std::string text = "\"";
    for (const char c : word) {
        text.append(c == '"' ? 2 : 1, c);
    }
    return text + '"';
}

std::string pattern_of(std::string_view word) {
    std::string pattern = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\') {
            pattern += '\\';
        }
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace

Words words_of(std::string_view question) {
    constexpr std::string_view kSpace = " \t\r\n";
    constexpr std::size_t kTrigram = 3;
    const auto folded_question = search_form(question);
    const std::string_view q = folded_question;
    Words words;
    std::size_t count = 0;
    for (std::size_t at = q.find_first_not_of(kSpace); at != std::string_view::npos && count < budget::kSearchWords;) {
        const auto end = std::min(q.find_first_of(kSpace, at), q.size());
        const auto word = q.substr(at, end - at);
        at = q.find_first_not_of(kSpace, end);
        const auto add = [](std::string& query, const std::string& term) {
            query += query.empty() ? term : ' ' + term;  // FTS5 requires all adjacent terms to match
        };
        if (code_points(word) >= kTrigram) {
            words.longer.emplace_back(word);
            add(words.match, quoted(word));
        } else if (first_code_point(word) < kFirstEastAsian && has_letters(word)) {
            add(words.starts, quoted(word) + '*');
        } else {
            words.patterns.push_back(pattern_of(word));
        }
        ++count;
    }
    return words;
}

bool few_have(const storage::View& view, const Words& words, bool groups, std::int64_t few) {
    return view
        .value<bool>(
            fmt::format(
                "SELECT count(*) <= ?2 FROM (SELECT 1 FROM {0} WHERE {0} MATCH ?1 AND rowid {1} 0 LIMIT ?2 + 1)",
                words.index(), groups ? "<" : ">"),
            words.asked(), few)
        .value();
}

std::string has_each(std::string_view index, std::string_view rowid, int parameter) {
    return fmt::format("EXISTS (SELECT 1 FROM {0} t WHERE t.{0} MATCH ?{1} AND t.rowid = {2})", index, parameter,
                       rowid);
}

}  // namespace orderd::catalog

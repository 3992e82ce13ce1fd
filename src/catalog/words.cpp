#include "catalog/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/budgets.h"
#include "base/folding.h"
#include "base/text.h"

namespace orderd::catalog {

namespace {

constexpr std::string_view name_of(Index index) { return index == Index::text ? "product_text" : "product_word"; }

constexpr int parameter_of(Index index) { return index == Index::text ? 4 : 5; }

const std::optional<std::string>& asked(const Words& words, Index index) {
    return index == Index::text ? words.trigrams : words.short_words;
}

std::string phrase(std::string_view word) {
    std::string text = "\"";
    for (const char c : word) {
        text.append(c == '"' ? 2 : 1, c);
    }
    return text + '"';
}

/// FTS5 requires all adjacent terms to match.
void add(std::optional<std::string>& query, const std::string& term) { query = query ? *query + ' ' + term : term; }

/// A word of one or two characters.
void add_short(Words& words, std::string_view word) {
    const auto singles = single_words(word);
    if (singles.empty()) {
        words.beginning.emplace_back(word);
        add(words.short_words, phrase(word) + '*');
        return;
    }
    words.anywhere.emplace_back(word);
    for (std::size_t at = 0; at < singles.size();) {
        const auto end = std::min(singles.find(' ', at), singles.size());
        add(words.short_words, phrase(singles.substr(at, end - at)));
        at = end + 1;
    }
}

/// How many an index finds, up to one more than `few`.
std::int64_t count(const storage::View& view, const Words& words, Index index, bool groups, std::int64_t few) {
    const auto sql =
        fmt::format("SELECT count(*) FROM (SELECT 1 FROM {0} WHERE {0} MATCH ?1 AND rowid {1} 0 LIMIT ?2 + 1)",
                    name_of(index), groups ? "<" : ">");
    return view.value<std::int64_t>(sql, asked(words, index), few).value();
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
        if (code_points(word) >= kTrigram) {
            words.anywhere.emplace_back(word);
            add(words.trigrams, phrase(word));
        } else {
            add_short(words, word);
        }
        ++count;
    }
    return words;
}

Index index_with_few(const storage::View& view, const Words& words, bool groups, std::int64_t few) {
    auto found = Index::none;
    auto fewest = groups ? few * 3 / 8 : few * 3 / 4;  // a group is read with its options
    for (const auto index : {Index::text, Index::word}) {
        if (!asked(words, index)) {
            continue;
        }
        if (const auto has = count(view, words, index, groups, fewest); has <= fewest) {
            fewest = has;
            found = index;
        }
    }
    return found;
}

Index index_with_many(const Words& words) {
    return words.trigrams ? Index::text : words.short_words ? Index::word : Index::none;
}

std::string found_by(Index index, bool groups) {
    return fmt::format("SELECT {3} AS found FROM {0} WHERE {0} MATCH ?{1} AND rowid {2} 0", name_of(index),
                       parameter_of(index), groups ? "<" : ">", groups ? "-rowid" : "rowid");
}

std::string found_also(const Words& words, Index but, std::string_view id, bool groups) {
    std::string sql;
    for (const auto index : {Index::text, Index::word}) {
        if (!asked(words, index)) {
            sql += fmt::format("AND ?{} IS NULL ", parameter_of(index));
        } else if (index != but) {  // with a plus, it is never what leads to the rows
            sql += fmt::format("AND +{} IN ({}) ", id, found_by(index, groups));
        }
    }
    return sql;
}

}  // namespace orderd::catalog

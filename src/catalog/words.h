#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "storage/view.h"

namespace orderd::catalog {

/// The words of a search, folded as the indexes are, by the index that finds them.
struct Words {
    std::vector<std::string> longer;  ///< three characters or more
    std::string match;                ///< these: in the trigram index, as an FTS5 query
    std::string starts;               ///< shorter: in the index of words, as an FTS5 query
    Json patterns = Json::array();    ///< shorter, and not in either index: as LIKE patterns

    /// The index that is asked first, and what it is asked; empty: none.
    std::string_view index() const { return !match.empty() ? "product_text" : !starts.empty() ? "product_word" : ""; }
    const std::string& asked() const { return match.empty() ? starts : match; }
};

/// The words of a question: the first kSearchWords (base/budgets.h).
Words words_of(std::string_view question);

/// Whether at most `few` products, or groups, have what index() is asked. Costs no more than reading so many.
bool few_have(const storage::View& view, const Words& words, bool groups, std::int64_t few);

/// The condition, in SQL, that one product has the words of an index, which is asked for that product alone.
///
/// @param rowid      what the index has of it: its id; of a group, the id below 0
/// @param parameter  the number of the parameter with the question
std::string has_each(std::string_view index, std::string_view rowid, int parameter);

}  // namespace orderd::catalog

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/view.h"

namespace orderd::catalog {

/// The words of a search, folded as the indexes are (text_index.h), and what the indexes are asked for them. An index may
/// find more than has_words() accepts, never less.
struct Words {
    /// In SKU, name or description: of three characters or more, or with one that is of no alphabet.
    std::vector<std::string> anywhere;
    std::vector<std::string> beginning;      ///< shorter: at the beginning of a word of SKU or name
    std::optional<std::string> trigrams;     ///< FTS5 query to the index product_text
    std::optional<std::string> short_words;  ///< FTS5 query to the index product_word

    bool empty() const { return anywhere.empty() && beginning.empty(); }
};

/// The words of a question: the first kSearchWords (base/budgets.h).
Words words_of(std::string_view question);

/// The indexes of words, and none of them.
enum class Index { none, text, word };

/// The index that finds the fewest products, or groups, if they are few; else none. Finding one by its words costs more than
/// by another index, so that fewer of them count as few.
///
/// @param few  how many products are few by other indexes
Index index_with_few(const storage::View& view, const Words& words, bool groups, std::int64_t few);

/// The index that is read where many have the words.
Index index_with_many(const Words& words);

// The statements of lists have the queries as parameters: trigrams as ?4, short_words as ?5.

/// In SQL, the products or groups that an index finds: `SELECT … AS found`, their ids.
std::string found_by(Index index, bool groups);

/// In SQL, the conditions that each index which is asked finds a row too, but for the one that it was read from. With it, a
/// statement mentions both parameters.
///
/// @param id  of the product or group
std::string found_also(const Words& words, Index but, std::string_view id, bool groups);

}  // namespace orderd::catalog

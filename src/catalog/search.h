#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalog/product.h"
#include "storage/paging.h"

namespace orderd::catalog {

/// The orders a list of products can have; each is made total by the id.
enum class Sort {
    newest,  ///< the default
    oldest,
    name,
    name_descending,
    price,
    price_descending,
    available,
    available_descending,
    sku,
    updated,  ///< what changed last comes first
};

/// "newest", "oldest", "name", "-name", "price", "-price", "available", "-available", "sku", "updated".
std::optional<Sort> parse_sort(std::string_view text);

/// What a list of products shows. What is absent does not narrow it.
struct Search {
    std::string q = {};                 ///< words that all occur, see search(); at most six are looked for
    std::optional<bool> archived = {};  ///< true: only archived ones; false: only those on sale
    std::optional<Money> least_price = {};
    std::optional<Money> most_price = {};
    std::optional<bool> in_stock = {};   ///< true: something is available
    std::optional<bool> low_stock = {};  ///< true: no more available than the threshold says
    Sort sort = Sort::newest;
};

struct Products {
    std::vector<Product> rows;
    Json after = nullptr;  ///< the sort key of the last row; null: no more follow
};

/// One page of what is looked for. A word of three characters or more is found anywhere in SKU, name or description, a
/// shorter one at the start of a word of SKU or name, whatever their case: an index answers both, so that what a search
/// costs does not grow with the words in it. Short words of East Asia's scripts, or of signs alone, are found anywhere,
/// by looking.
///
/// @throws Refusal `invalid_cursor` if the page's key is not of a list with this order
Products search(const storage::View& view, const Search& wanted, const storage::Page& page);

}  // namespace orderd::catalog

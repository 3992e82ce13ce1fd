#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalog/product.h"
#include "storage/paging.h"

namespace orderd::catalog {

/// The sort orders of product lists. Ties are broken by id.
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
    updated,  ///< last changed first
};

/// "newest", "oldest", "name", "-name", "price", "-price", "available", "-available", "sku", "updated".
std::optional<Sort> parse_sort(std::string_view text);

/// The filters of a list of products. Absent ones do not narrow it.
struct Search {
    std::string q = {};  ///< words that must all occur, see search(); the first six count
    std::optional<ProductStatus> status = {};
    std::optional<Money> least_price = {};
    std::optional<Money> most_price = {};
    std::optional<bool> in_stock = {};   ///< true: at least one unit is available, or stock is not counted
    std::optional<bool> low_stock = {};  ///< true: no more is available than the threshold
    std::optional<GroupId> group = {};   ///< whose variants they are
    std::optional<CollectionId> collection = {};
    Sort sort = Sort::newest;
};

struct Products {
    std::vector<Product> rows;
    Json after = nullptr;  ///< the sort key of the last row; null: the last page
};

/// One page of the products that match. A word of three characters or more is found anywhere in SKU, name or
/// description; a shorter one at the start of a word of SKU or name. Words and texts are compared by
/// search_form() (base/folding.h): "ol" and "ÖL" find "Öl". Short words with East Asian letters or signs in them are found
/// anywhere. Names are sorted by search_form() too: Ä beside A.
///
/// @throws Refusal `invalid_cursor` if the page's key belongs to a list with another sort order
Products search(const storage::View& view, const Search& wanted, const storage::Page& page);

}  // namespace orderd::catalog

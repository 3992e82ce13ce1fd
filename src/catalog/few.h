#pragma once

#include <cstdint>

#include "catalog/search.h"
#include "storage/view.h"

namespace orderd::catalog {

// Whether a search has a filter, and at most `few` products pass that filter. Counting ends there.

/// A price between those of the search, if it has one.
bool few_have_price(const storage::View& view, const Search& wanted, std::int64_t few);

/// Out of stock, if the search is for those.
bool few_are_out_of_stock(const storage::View& view, const Search& wanted, std::int64_t few);

/// Low in stock, if the search is for those.
bool few_are_low(const storage::View& view, const Search& wanted, std::int64_t few);

/// The status of the search, if it has one.
bool few_have_status(const storage::View& view, const Search& wanted, std::int64_t few);

/// In the collection of the search, if it has one.
bool few_are_in_collection(const storage::View& view, const Search& wanted, std::int64_t few);

/// What the index product_out_of_stock has, word for word: SQLite takes a partial index only where its condition is repeated.
constexpr auto kIsOutOfStock = "p.on_hand <= p.reserved AND p.stock_policy <> 'uncounted'";

}  // namespace orderd::catalog

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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

// What partial indexes have, word for word: SQLite takes such an index only where its condition is repeated.

/// The index product_out_of_stock.
#define ORDERD_IS_OUT_OF_STOCK "p.on_hand <= p.reserved AND p.stock_policy <> 'uncounted'"

/// The index product_low_stock. SQLite turns a comparison around whose right side alone is a column, and then does not know
/// it again.
#define ORDERD_IS_LOW "p.low_stock_threshold >= p.on_hand - p.reserved"

/// Prices from ?1 to ?2, each of which may be NULL, as a range of an index.
#define ORDERD_HAS_PRICE "price >= ifnull(?1, 0) AND price <= ifnull(?2, 9e18)"

/// Products that are looked up by their ids, in SQL: `SELECT … AS found`.
std::string looked_up(std::string_view ids);

}  // namespace orderd::catalog

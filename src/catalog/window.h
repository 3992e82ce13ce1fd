#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "catalog/group.h"
#include "catalog/search.h"
#include "storage/paging.h"

namespace orderd::catalog {

// The shop's window: what customers choose from. An entry is a group with a variant on sale, or a product on sale that
// stands alone.

struct WindowEntry {
    std::optional<Group> group = {};      ///< either this,
    std::optional<Product> product = {};  ///< or this
    Money price_from = {};                ///< the least and the greatest of what is on sale
    Money price_to = {};
    std::int64_t variants = 0;  ///< on sale; 1 if it is a product
    bool orderable = false;     ///< whether one of them can be ordered now
};

struct Window {
    std::vector<WindowEntry> rows;
    Json after = nullptr;  ///< the sort key of the last row; null: the last page
};

/// What an entry of the window is sorted by: all of Sort but what concerns stock, SKUs and changes.
bool sorts_window(Sort sort);

/// One page of the window's entries that match: `q`, prices, `in_stock`, `collection` and `sort` of the search. Groups are found by
/// their name, values and description, and by the whole SKU of a variant; products as search() finds them. A group has a
/// price, or is in stock, if one of its variants on sale is; it is sorted by its least price.
///
/// @throws Refusal `invalid_cursor` if the page's key belongs to a list with another sort order
Window window(const storage::View& view, const Search& wanted, const storage::Page& page);

/// The window's entry with a handle, which may also be one that no list shows: hidden, or of hidden variants alone.
/// Nullopt if there is none, or nothing of it is on sale.
std::optional<WindowEntry> window_entry(const storage::View& view, std::string_view handle);

/// The variants that customers see of a group: the active ones, or if there are none, the hidden ones.
std::vector<Product> shown_variants(const storage::View& view, GroupId group);

struct Groups {
    std::vector<Group> rows;
    Json after = nullptr;
};

/// One page of all groups, newest first, or by name.
///
/// @throws Refusal `invalid_cursor`
Groups groups(const storage::View& view, std::string_view q, bool by_name, const storage::Page& page);

}  // namespace orderd::catalog

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalog/product.h"
#include "catalog/window.h"

namespace orderd::catalog {

// How products and groups are answered, with what stands beside their rows: the group of a variant.

template <class Rows, class ToJson>
Json listed(const Rows& rows, ToJson to_json) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back(to_json(row));
    }
    return list;
}

/// Products as staff see them, or as customers do.
enum class For { staff, customers };

/// All of them in one list, with one look at their groups.
Json products_json(const storage::View& view, const std::vector<Product>& products, std::string_view currency,
                   For whom);
Json product_json(const storage::View& view, const Product& product, std::string_view currency, For whom);

/// A group as staff see it in a list, and with its variants.
Json group_json(const storage::View& view, const Group& group, std::string_view currency);
Json whole_group_json(const storage::View& view, const Group& group, std::string_view currency);

/// An entry of the window, and with the variants that are for sale.
Json entries_json(const storage::View& view, const std::vector<WindowEntry>& entries, std::string_view currency);
Json whole_entry_json(const storage::View& view, const WindowEntry& entry, std::string_view currency);

}  // namespace orderd::catalog

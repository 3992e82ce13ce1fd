#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "base/json.h"
#include "storage/paging.h"

namespace orderd::catalog {

/// A row of a list, with the sort key that what follows begins after.
template <class Row>
struct Listed {
    Row row;
    Json key;
};

/// One page of a list. Where very many have the words of a question, the list is read along: in its order, whether rows
/// have the words or not, and each is looked at. A page then reads few more than it shows. Where it is not full after
/// 5,120 rows, those that have the words must lie far behind, and the index is asked for them after all.
///
/// @tparam Found     has `rows`, and `after`: the sort key of the last of them, or null at the list's end
/// @param read       (part, along): the next `part.limit` rows as a vector of Listed; unless `along`, those with the words
/// @param has_words  whether a row has them
template <class Found, class Read, class HasWords>
Found read_page(const storage::Page& page, bool along, const Read& read, const HasWords& has_words) {
    constexpr std::int64_t kSlice = 256;
    constexpr std::int64_t kMostAlong = 20 * kSlice;
    Found found;
    Json last;
    storage::Page part{.limit = 0, .after = page.after};
    std::int64_t seen = 0;
    for (bool more = true; more && found.after.is_null();) {
        part.limit = along ? kSlice : storage::rows_to_read(page) - std::ssize(found.rows);
        auto rows = read(part, along);
        more = along && std::ssize(rows) == part.limit;
        part.after = rows.empty() ? part.after : std::optional(rows.back().key);
        for (auto& [row, key] : rows) {
            if (along && !has_words(row)) {
                continue;
            }
            if (std::ssize(found.rows) == page.limit) {
                found.after = last;  // there is a next page
                break;
            }
            found.rows.push_back(std::move(row));
            last = std::move(key);
        }
        seen += std::ssize(rows);
        along = along && seen < kMostAlong;
    }
    return found;
}

}  // namespace orderd::catalog

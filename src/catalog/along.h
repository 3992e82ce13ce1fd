#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"
#include "storage/paging.h"

namespace orderd::catalog {

/// A row of a list, with the sort key that what follows begins after.
template <class Row>
struct Listed {
    Row row;
    Json key;
    bool passes = true;  ///< the filters of the list
};

template <class Row>
struct Listing {
    std::vector<Row> rows;
    Json after = nullptr;  ///< the sort key of the last of them; null at the list's end
};

// A list is read in one of two ways. Where few rows have one of the things that are asked for, these rows are read and
// sorted. Where many have each of them, the list is read along: in its order, whether rows pass or not, until there is a
// page of those that do. That is given up after some thousand rows: those that pass may lie far behind, or be few though
// many have each thing alone.

constexpr std::int64_t kFew = 4'000;
constexpr std::int64_t kMore = 4 * kFew;  ///< so many are still read and sorted, once reading along was given up
constexpr std::int64_t kMostAlong = 2'500;
constexpr std::int64_t kAllOfIt = std::numeric_limits<std::int64_t>::max();

/// One page of a list, which is read in slices that grow.
///
/// @param most       gives up after so many rows
/// @param first      how long the first slice is
/// @param read       (part): the next `part.limit` rows after `part.after`, as a vector of Listed<Row>
/// @param has_words  whether a row that passes the filters has the words too
/// @returns nullopt if it gave up
template <class Row, class Read, class HasWords>
std::optional<Listing<Row>> read_page(const storage::Page& page, std::int64_t most, std::int64_t first,
                                      const Read& read, const HasWords& has_words) {
    constexpr std::int64_t kLongestSlice = 1'024;
    Listing<Row> found;
    Json last;
    storage::Page part{.limit = first, .after = page.after};
    for (std::int64_t seen = 0; seen < most;
         part.limit = most == kAllOfIt ? 2 * part.limit : std::min(2 * part.limit, kLongestSlice)) {
        std::vector<Listed<Row>> slice = read(part);
        const auto length = std::ssize(slice);
        part.after = slice.empty() ? part.after : std::optional(slice.back().key);
        for (auto& [row, key, passes] : slice) {
            if (!passes || !has_words(row)) {
                continue;
            }
            if (std::ssize(found.rows) == page.limit) {
                found.after = std::move(last);  // there is a next page
                return found;
            }
            found.rows.push_back(std::move(row));
            last = std::move(key);
        }
        if (length < part.limit) {
            return found;
        }
        seen += length;
    }
    return std::nullopt;
}

}  // namespace orderd::catalog

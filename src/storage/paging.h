#pragma once

#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/errors.h"
#include "base/json.h"

namespace orderd::storage {

inline constexpr Refused kInvalidCursor{
    422, "invalid_cursor",
    "The cursor is not one of this list with these filters. Send next_cursor unchanged and with the same filters, or "
    "start again without a cursor."};

/// One page of a list with keyset pagination: it continues after a row instead of skipping rows, so that page
/// 10,000 costs as much as page 1.
struct Page {
    std::int64_t limit = 50;    ///< 1 to 200
    std::optional<Json> after;  ///< the sort key of the previous page's last row, as the list wrote it
};

/// A list throws it for a sort key that it never wrote: cursors come from outside.
inline Refusal bad_cursor() {
    return Refusal(kInvalidCursor, "the cursor is not one of this list; start without one")
        .at({{"?cursor", "is not one of this list"}});
}

/// The sort key of a list that is sorted by id only.
///
/// @throws Refusal `invalid_cursor`
inline std::optional<std::int64_t> after_id(const Page& page) {
    if (!page.after) {
        return std::nullopt;
    }
    if (!page.after->is_number_integer()) {
        throw bad_cursor();
    }
    return page.after->get<std::int64_t>();
}

/// For a list with descending ids: this page begins below the returned id.
///
/// @throws Refusal `invalid_cursor`
inline std::int64_t below_id(const Page& page) {
    return after_id(page).value_or(std::numeric_limits<std::int64_t>::max());
}

/// How many rows a list reads: one more than the page shows, to see whether another page follows.
inline std::int64_t rows_to_read(const Page& page) { return page.limit + 1; }

/// Removes that extra row. @returns whether there was one; then the next page begins after the row that is last now
template <class Rows>
bool cut(Rows& rows, const Page& page) {
    if (std::ssize(rows) <= page.limit) {
        return false;
    }
    rows.erase(std::prev(rows.end()));
    return true;
}

}  // namespace orderd::storage

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

/// One page of a list that is read by keyset: "after this row", never "skip so many", so that page 10,000 costs what
/// page 1 costs.
struct Page {
    std::int64_t limit = 50;    ///< 1 to 200
    std::optional<Json> after;  ///< the sort key of the last row of the page before, as the list wrote it
};

/// What a list throws for a sort key that it never wrote: cursors come from outside.
inline Refusal bad_cursor() {
    return Refusal(kInvalidCursor, "the cursor is not one of this list; start without one")
        .at({{"?cursor", "is not one of this list"}});
}

/// The sort key of a list that is sorted by id alone.
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

/// For a list of ids that falls: the id below which this page begins.
///
/// @throws Refusal `invalid_cursor`
inline std::int64_t below_id(const Page& page) {
    return after_id(page).value_or(std::numeric_limits<std::int64_t>::max());
}

/// How many rows a list reads: one more than the page shows, which says whether more follow.
inline std::int64_t rows_to_read(const Page& page) { return page.limit + 1; }

/// Takes that one row off again. @returns whether it was there: the next page begins after the row that is last now
template <class Rows>
bool cut(Rows& rows, const Page& page) {
    if (std::ssize(rows) <= page.limit) {
        return false;
    }
    rows.erase(std::prev(rows.end()));
    return true;
}

}  // namespace orderd::storage

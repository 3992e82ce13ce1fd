#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "storage/writer.h"

namespace orderd::storage {

// Rows older than their term are removed in slices. Each slice is a mutation of its own, so that others can run in
// between, and pruning can stop after any of them: the next run continues. Each department offers a function for each of
// its tables; app/pruning.cpp lists them, with the terms.

/// What one mutation removes.
struct Slice {
    Time before;             ///< older rows are removed
    Time now;                ///< the age of a row dated later is unknown: a clock that was ahead wrote it
    std::int64_t most = 0;   ///< rows to remove
    std::int64_t after = 0;  ///< only rows after this id are looked at
};

/// The result of a slice.
struct Pruned {
    std::int64_t removed = 0;
    std::optional<std::int64_t> next = {};  ///< `after` of the next slice; nullopt: this was the last one

    /// For a statement that finds old rows by itself: continues until it removes none.
    static Pruned again_if(std::int64_t removed) {
        return {removed, removed > 0 ? std::optional<std::int64_t>(0) : std::nullopt};
    }
};

/// Removes old rows of a table whose ids grow with time. Looks at `most` rows, and stops at the first that is too young.
/// So it needs no index by time, and is cheap if there is nothing to remove.
///
/// @param look    SELECT id, the time it was written, and whether it may be removed if older than ?3, of the rows
///                WHERE id > ?1 ORDER BY id LIMIT ?2
/// @param remove  DELETE of the row ?1
Pruned remove_old(Transaction& tx, const Slice& slice, std::string_view look, std::string_view remove);

/// For a log, which is only cut at its beginning: finds the last row of the slice to remove. All rows up to it are old. A
/// row from a clock that was ahead counts as old as the one after it.
///
/// @param times  SELECT the number and time of the rows up to ?2, without the newest of all, oldest first, LIMIT ?1
/// @returns its number; nullopt: no row is old
std::optional<std::int64_t> last_old(const View& view, std::string_view times, const Slice& slice, std::int64_t up_to);

}  // namespace orderd::storage

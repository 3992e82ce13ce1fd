#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "storage/writer.h"

namespace orderd::storage {

// What is older than its term is removed in slices, each a mutation of its own, so that others go in between. What was
// not finished goes on with the next slice, in this process or the next one. A department offers a function for each of
// its tables; app/pruning.cpp has the list of them, with the terms.

/// What one mutation removes.
struct Slice {
    Time before;             ///< what is older goes
    Time now;                ///< a row that is dated later was written by a clock that was ahead: its age is not known
    std::int64_t most = 0;   ///< rows that are removed
    std::int64_t after = 0;  ///< looks at the rows after this id
};

/// What was removed, and what is left to look at.
struct Pruned {
    std::int64_t removed = 0;
    std::optional<std::int64_t> next = {};  ///< where the next slice goes on; nothing: there are no more

    /// Of a statement that finds what is old without help, and removed so many.
    static Pruned again_if(std::int64_t removed) {
        return {removed, removed > 0 ? std::optional<std::int64_t>(0) : std::nullopt};
    }
};

/// Removes old rows of a table whose ids grow with time. Looks at `most` rows, and no further than to one that is too
/// young: it needs no index by time, and costs nothing where there is nothing to remove.
///
/// @param look    SELECT id, when it was written, and whether it may go where what is older than ?3 may, of the rows
///                WHERE id > ?1 ORDER BY id LIMIT ?2
/// @param remove  DELETE of the row ?1
Pruned remove_old(Transaction& tx, const Slice& slice, std::string_view look, std::string_view remove);

/// For a log, which is cut at its beginning alone: the last of the oldest rows that are all old, at most so many as the
/// slice removes. A row from a clock that was ahead is as old as the one after it.
///
/// @param times  SELECT the number and the time of the rows up to ?2, but the newest of all, oldest first, LIMIT ?1
/// @returns its number; nullopt: there is none
std::optional<std::int64_t> last_old(const View& view, std::string_view times, const Slice& slice, std::int64_t up_to);

}  // namespace orderd::storage

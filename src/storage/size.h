#pragma once

#include <cstdint>
#include <optional>

#include "storage/writer.h"

namespace orderd::storage {

/// How large the database is, in bytes.
struct Size {
    std::int64_t file = 0;  ///< with what is free in it
    std::int64_t free = 0;  ///< pages of rows that were removed: the next rows use them

    std::int64_t used() const { return file - free; }
};

Size size_of(const View& view);

/// Writes down how large the database is today, for its growth.
void note_size(Transaction& tx, Time now);

/// How many bytes more are in use each week, by the last four weeks; nullopt while less than one of them was noted.
std::optional<std::int64_t> growth_of_week(const View& view, Time now);

/// Whether the clock has gone on as clocks do for a week: the shop noted its size some days ago by it. One that is years
/// ahead since an hour ago would have everything removed that was written before.
bool is_clock_steady(const View& view, Time now);

/// Gives free pages back to the disk, where the database was made so that it can (schema 4), and where more are free
/// than new rows soon use. @returns how many; 0: no more
std::int64_t give_back_pages(Transaction& tx, std::int64_t most);

}  // namespace orderd::storage

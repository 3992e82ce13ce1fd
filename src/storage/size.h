#pragma once

#include <cstdint>
#include <optional>

#include "storage/writer.h"

namespace orderd::storage {

/// How large the database is, in bytes.
struct Size {
    std::int64_t file = 0;  ///< free pages included
    std::int64_t free = 0;  ///< free pages, which new rows use

    std::int64_t used() const { return file - free; }
};

Size size_of(const View& view);

/// Records today's size, to calculate the growth.
void note_size(Transaction& tx, Time now);

/// Growth in bytes a week, from the last four weeks; nullopt until the shop has recorded its size for a week.
std::optional<std::int64_t> growth_of_week(const View& view, Time now);

/// Whether the clock has not jumped for a week: the shop recorded its size by it some days ago. If it jumped years ahead,
/// everything that was written before would seem old.
bool is_clock_steady(const View& view, Time now);

/// Returns free pages to the disk, if the database can (`orderd compact`) and has more of them than new rows will soon
/// use. @returns how many; 0: none are left
std::int64_t give_back_pages(Transaction& tx, std::int64_t most);

}  // namespace orderd::storage

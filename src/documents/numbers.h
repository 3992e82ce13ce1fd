#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time_zone.h"
#include "storage/writer.h"

namespace orderd::documents {

/// How a kind of document is numbered: "{year}-{number}" with five digits makes 2026-00001.
struct Numbering {
    std::string format = "{year}-{number}";
    int digits = 5;  ///< at least; zeros in front

    bool operator==(const Numbering&) const = default;
};

/// What is wrong with a format; empty: nothing. It has {number} once, at its end, may have {year} once before it, and else
/// ASCII letters, digits, and - / . _ ; no digit stands before {number}, so that every number belongs to one series.
std::string format_fault(std::string_view format);

struct Number {
    std::string series;  ///< "2026-*", or "2026-*B" after a restore
    std::int64_t in_series = 0;
    std::string text;  ///< "2026-00001"
};

/// The next number of the series that a document of this day is in. All documents whose numbers look the same share a
/// series. After a restore, a letter follows each number: what was issued between the backup and the restore has the same
/// numbers without it.
Number next_number(const storage::View& view, const Numbering& numbering, Day day);

/// The name in number_floor under which a restore says how many restores the shop's documents have been through.
inline constexpr std::string_view kRestores = "document_series";

/// The letters after the numbers: none before the first restore, "B" after it, "AA" after the 26th.
std::string letters_after(std::int64_t restores);

}  // namespace orderd::documents

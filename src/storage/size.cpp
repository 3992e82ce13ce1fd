#include "storage/size.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace orderd::storage {

namespace {

constexpr std::int64_t kDay = days(1).ms;
constexpr std::int64_t kWeek = 7;
constexpr std::int64_t kSpan = 28;       ///< days that the growth is calculated from
constexpr std::int64_t kNotesKept = 90;  ///< days
constexpr std::int64_t kSteadyFor = 7;   ///< days
constexpr std::int64_t kAway = 35;       ///< days: a shop that was stopped for longer waits again

/// Free pages to keep: returning them costs as much as using them.
constexpr std::int64_t kSlackPages = 4096;
constexpr std::int64_t kSlackPart = 8;  ///< one in so many

constexpr auto kSize = R"sql(
    SELECT page_count * page_size, freelist_count * page_size
      FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()
)sql";
constexpr auto kNote = R"sql(
    INSERT INTO database_size (day, bytes) VALUES (?1, ?2) ON CONFLICT (day) DO UPDATE SET bytes = excluded.bytes
)sql";
constexpr auto kForgetNotes = "DELETE FROM database_size WHERE day < ?1 OR day > ?2";
constexpr auto kFirstNote = "SELECT day, bytes FROM database_size WHERE day BETWEEN ?1 AND ?2 ORDER BY day LIMIT 1";
constexpr auto kNotedBetween = "SELECT 1 FROM database_size WHERE day BETWEEN ?1 AND ?2 LIMIT 1";
constexpr auto kPages = R"sql(
    SELECT page_count, freelist_count, auto_vacuum
      FROM pragma_page_count(), pragma_freelist_count(), pragma_auto_vacuum()
)sql";
constexpr std::int64_t kIncremental = 2;

std::int64_t day_of(Time at) { return at.ms / kDay; }

}  // namespace

Size size_of(const View& view) {
    return view
        .first(kSize,
               [](const Row& row) { return Size{.file = row.get<std::int64_t>(0), .free = row.get<std::int64_t>(1)}; })
        .value();
}

void note_size(Transaction& tx, Time now) {
    tx.run(kNote, day_of(now), size_of(tx).used());
    tx.run(kForgetNotes, day_of(now) - kNotesKept, day_of(now));
}

std::optional<std::int64_t> growth_of_week(const View& view, Time now) {
    const auto today = day_of(now);
    const auto first = view.first(
        kFirstNote, [](const Row& row) { return std::pair(row.get<std::int64_t>(0), row.get<std::int64_t>(1)); },
        today - kSpan, today - kWeek);
    return first ? std::optional((size_of(view).used() - first->second) * kWeek / (today - first->first))
                 : std::nullopt;
}

bool is_clock_steady(const View& view, Time now) {
    return view.value<bool>(kNotedBetween, day_of(now) - kAway, day_of(now) - kSteadyFor).value_or(false);
}

std::int64_t give_back_pages(Transaction& tx, std::int64_t most) {
    const auto wanted =
        tx.first(kPages, [&](const Row& row) {
              const auto pages = row.get<std::int64_t>(0);
              const auto spare = row.get<std::int64_t>(1) - std::max(kSlackPages, pages / kSlackPart);
              return row.get<std::int64_t>(2) == kIncremental ? std::clamp<std::int64_t>(spare, 0, most) : 0;
          }).value();
    if (wanted > 0) {
        tx.run(fmt::format("PRAGMA incremental_vacuum({})", wanted));
    }
    return wanted;
}

}  // namespace orderd::storage

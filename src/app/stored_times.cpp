#include "app/stored_times.h"

#include <algorithm>

#include "orders/numbering.h"

namespace orderd::app {

namespace {

constexpr Duration kClocksDiffer = minutes(1);

constexpr auto kLatestEvent =
    "SELECT coalesce(max(at), 0) FROM (SELECT at FROM event ORDER BY sequence DESC LIMIT 2000)";

}  // namespace

std::optional<Time> stored_ahead(const storage::View& view, Time now) {
    const auto latest = std::max(view.value<Time>(kLatestEvent).value(), orders::latest_placed(view).value_or(Time{}));
    return now + kClocksDiffer < latest ? std::optional(latest) : std::nullopt;
}

}  // namespace orderd::app

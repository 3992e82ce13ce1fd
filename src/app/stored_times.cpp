#include "app/stored_times.h"

namespace orderd::app {

namespace {

constexpr Duration kClocksDiffer = minutes(1);

constexpr auto kLatest = R"sql(
    SELECT max(coalesce((SELECT max(placed_at) FROM orders), 0),
               coalesce((SELECT max(at) FROM (SELECT at FROM event ORDER BY sequence DESC LIMIT 2000)), 0))
)sql";

}  // namespace

std::optional<Time> stored_ahead(const storage::View& view, Time now) {
    const auto latest = view.value<Time>(kLatest).value();
    return now + kClocksDiffer < latest ? std::optional(latest) : std::nullopt;
}

}  // namespace orderd::app

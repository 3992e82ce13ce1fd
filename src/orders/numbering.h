#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "base/ids.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::orders {

// Order numbers, and how they go with time. A list reads orders by their numbers, and is asked for days. As long as the
// clock goes on, a span of time is a span of numbers. Where it was set back, orders are dated truly all the same, and
// the number at which that was seen is kept: between two of these, times never decrease.

constexpr std::int64_t kFirstNumber = 1001;

struct Turn {
    OrderId id{};
    Time placed_at;
};

/// The next number, and the time of an order that has it: now, but for the small steps with which a clock is kept
/// right.
Turn next_turn(storage::Transaction& tx, Time now);

/// Order numbers among which all orders of a span of time are.
struct Span {
    std::int64_t from = 0;
    std::int64_t below = std::numeric_limits<std::int64_t>::max();
    bool exact = true;  ///< false: there may be others among them
};

Span span_of(const storage::View& view, std::optional<Time> from, std::optional<Time> before);

}  // namespace orderd::orders

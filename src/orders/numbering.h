#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "base/ids.h"
#include "base/time.h"
#include "storage/writer.h"

namespace orderd::orders {

// Order numbers, and how they relate to time. Lists read orders by number, but are asked for days. While the
// clock moves forward, a span of time is a span of numbers. If the clock was set back, orders still get the
// true time, and the number at which that was noticed is stored: between two such numbers, times never
// decrease.

constexpr std::int64_t kFirstNumber = 1001;

struct Turn {
    OrderId id{};
    Time placed_at;
};

/// The next number, and the time for the order that gets it: `now`, except that small corrections of the
/// clock never date it earlier than the order before.
Turn next_turn(storage::Transaction& tx, Time now);

/// Has the number of a draft that was deleted not given to another order.
void never_again(storage::Transaction& tx, OrderId number_of_draft, Time now);

/// A span of order numbers that contains all orders of a span of time.
struct Span {
    std::int64_t from = 0;
    std::int64_t below = std::numeric_limits<std::int64_t>::max();
    bool exact = true;  ///< false: it may contain other orders too
};

/// Found by halving: some twenty look-ups among a million orders, so that an order need not be in an index of times.
Span span_of(const storage::View& view, std::optional<Time> from, std::optional<Time> before);

/// When the latest order was placed, as it is dated; nullopt if there is none.
std::optional<Time> latest_placed(const storage::View& view);

}  // namespace orderd::orders

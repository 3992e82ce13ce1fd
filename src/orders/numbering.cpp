#include "orders/numbering.h"

#include <algorithm>
#include <vector>

#include "base/log.h"
#include "storage/settings.h"

namespace orderd::orders {

namespace {

constexpr auto kStepsSetting = "order_clock_steps";  ///< [1042]: the orders before which the clock was set back

constexpr auto kDeletedSetting = "last_deleted_draft";  ///< 1042: its number is not given again

/// A synchronized clock is set back often, by small steps: orders within such a step get the same time.
constexpr Duration kSmallStep = minutes(1);

constexpr auto kLast = "SELECT id, placed_at FROM orders ORDER BY id DESC LIMIT 1";
constexpr auto kFloor = "SELECT after FROM number_floor WHERE name = 'orders'";
constexpr auto kFirstFrom = "SELECT id, placed_at FROM orders WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1";
constexpr auto kLastBelow = "SELECT id, placed_at FROM orders WHERE id >= ?1 AND id < ?2 ORDER BY id DESC LIMIT 1";

constexpr auto kNoEnd = std::numeric_limits<std::int64_t>::max();

Turn read_turn(const storage::Row& row) { return {row.get<OrderId>(0), row.get<Time>(1)}; }

std::vector<std::int64_t> clock_steps(const storage::View& view) {
    const auto kept = settings::read(view, kStepsSetting);
    return kept ? kept->get<std::vector<std::int64_t>>() : std::vector<std::int64_t>{};
}

/// Numbers within which times never decrease: from `from` on, below `below`.
struct Stretch {
    std::int64_t from;
    std::int64_t below;
};

std::vector<Stretch> stretches(const storage::View& view) {
    std::vector<Stretch> all{{0, kNoEnd}};
    for (const auto step : clock_steps(view)) {
        all.back().below = step;
        all.push_back({step, kNoEnd});
    }
    return all;
}

/// The first number of a stretch whose order was placed at the time or later; the stretch's end if there is
/// none.
std::int64_t first_number_at(const storage::View& view, const Stretch& in, Time at) {
    const auto last = view.first(kLastBelow, read_turn, in.from, in.below);
    if (!last || last->placed_at < at) {
        return in.below;
    }
    auto low = in.from;
    auto high = number(last->id);  // its order is late enough
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto found = view.first(kFirstFrom, read_turn, middle, in.below).value();
        if (found.placed_at < at) {
            low = number(found.id) + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

}  // namespace

Turn next_turn(storage::Transaction& tx, Time now) {
    const auto last = tx.first(kLast, read_turn);
    const auto floor = tx.value<std::int64_t>(kFloor).value_or(0);
    const auto deleted = settings::read(tx, kDeletedSetting);
    const OrderId id{std::max(
        {kFirstNumber, floor + 1, last ? number(last->id) + 1 : 0, deleted ? deleted->get<std::int64_t>() + 1 : 0})};
    if (!last || last->placed_at <= now) {
        return {id, now};
    }
    if (last->placed_at - now <= kSmallStep) {
        return {id, last->placed_at};
    }
    auto steps = clock_steps(tx);
    steps.push_back(number(id));
    settings::write(tx, kStepsSetting, steps, now);
    log::warning("the clock was set back: the order before is dated later than this one",
                 {{"order", number(id)}, {"dated", rfc3339(now)}, {"before_it", rfc3339(last->placed_at)}});
    return {id, now};
}

void never_again(storage::Transaction& tx, OrderId number_of_draft, Time now) {
    const auto before = settings::read(tx, kDeletedSetting);
    settings::write(tx, kDeletedSetting,
                    std::max(number(number_of_draft), before ? before->get<std::int64_t>() : std::int64_t{0}), now);
}

Span span_of(const storage::View& view, std::optional<Time> from, std::optional<Time> before) {
    const auto all = stretches(view);
    Span span{.exact = all.size() == 1};
    if (from) {
        span.from = kNoEnd;
        for (auto it = all.begin(); it != all.end() && span.from == kNoEnd; ++it) {
            const auto first = first_number_at(view, *it, *from);
            span.from = first < it->below ? first : kNoEnd;
        }
    }
    if (before) {
        span.below = 0;
        for (auto it = all.rbegin(); it != all.rend() && span.below == 0; ++it) {
            const auto first = view.first(kFirstFrom, read_turn, it->from, it->below);
            if (first && first->placed_at < *before) {
                span.below = first_number_at(view, *it, *before);
            }
        }
    }
    return span;
}

std::optional<Time> latest_placed(const storage::View& view) {
    std::optional<Time> latest;
    for (const auto& in : stretches(view)) {
        const auto last = view.first(kLastBelow, read_turn, in.from, in.below);
        latest = last ? std::max(latest, std::optional(last->placed_at)) : latest;
    }
    return latest;
}

}  // namespace orderd::orders

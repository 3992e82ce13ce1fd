#include "storage/pruning.h"

#include <vector>

namespace orderd::storage {

namespace {

/// How far to look in a log whose oldest rows are from a clock that was ahead. They are removed with those after them, in
/// one slice.
constexpr std::int64_t kMostLooked = 10'000;

}  // namespace

Pruned remove_old(Transaction& tx, const Slice& slice, std::string_view look, std::string_view remove) {
    std::vector<std::int64_t> old;
    std::int64_t looked_at = 0;
    std::int64_t last = slice.after;
    bool young = false;
    tx.each(
        look,
        [&](const Row& row) {
            const auto written = row.get<Time>(1);
            young = young || (slice.before <= written && written <= slice.now);
            if (young) {
                return;
            }
            ++looked_at;
            last = row.get<std::int64_t>(0);
            if (row.get<bool>(2)) {
                old.push_back(last);
            }
        },
        slice.after, slice.most, slice.before);
    for (const auto id : old) {
        tx.run(remove, id);
    }
    const bool done = young || looked_at < slice.most;
    return {static_cast<std::int64_t>(old.size()), done ? std::nullopt : std::optional(last)};
}

std::optional<std::int64_t> last_old(const View& view, std::string_view times, const Slice& slice, std::int64_t up_to) {
    std::optional<std::int64_t> last;
    bool young = false;
    const auto look_at = [&](std::int64_t most) {
        std::int64_t seen = 0;
        view.each(
            times,
            [&](const Row& row) {
                const auto at = row.get<Time>(1);
                young = young || (slice.before <= at && at <= slice.now);
                if (!young && at < slice.before && ++seen <= slice.most) {
                    last = row.get<std::int64_t>(0);
                }
            },
            most, up_to);
    };
    look_at(slice.most);
    if (!last && !young) {
        look_at(kMostLooked);
    }
    return last;
}

}  // namespace orderd::storage

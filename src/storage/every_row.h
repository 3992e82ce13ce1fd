#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "storage/writer.h"

namespace orderd::storage {

/// Calls `change` with the id of each row, which may change the row. `next`: selects the ids above ?1, in their order, ?2 at
/// most: so many are in memory at once.
inline void for_each_row(Transaction& tx, std::string_view next, const std::function<void(std::int64_t)>& change) {
    constexpr std::int64_t kAtOnce = 1000;
    std::vector<std::int64_t> ids;
    std::int64_t last = 0;
    do {
        ids.clear();
        tx.each(
            next, [&](const Row& row) { ids.push_back(row.get<std::int64_t>(0)); }, last, kAtOnce);
        for (const auto id : ids) {
            change(id);
            last = id;
        }
    } while (!ids.empty());
}

}  // namespace orderd::storage

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace orderd::storage {

/// One page of a list that is read by keyset: "after this row", never "skip so many", so that page 10,000 costs what
/// page 1 costs.
struct Page {
    std::int64_t limit = 50;      ///< 1 to 200
    std::optional<Json> after;    ///< the sort key of the last row of the page before, as the list wrote it
};

}  // namespace orderd::storage

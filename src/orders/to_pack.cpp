#include "orders/to_pack.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "orders/packing.h"

namespace orderd::orders {

namespace {

/// The oldest orders of each status and reason, merged: one query for several of them would sort all that are to be packed.
std::string oldest_of_each(const storage::View& view) {
    std::vector<std::string> walks;
    for (const auto status : all_statuses()) {
        for (const auto& why : is_open(status) ? packing_values(view) : std::vector<std::string>()) {
            if ((why == "paid") == (status != Status::pending)) {
                walks.push_back(
                    fmt::format("SELECT * FROM (SELECT o.id FROM orders o WHERE o.packing = '{}' AND o.status = '{}' "
                                "AND o.id > ?1 ORDER BY o.id LIMIT ?2)",
                                why, to_text(status)));
            }
        }
    }
    return fmt::format("{} ORDER BY 1 LIMIT ?2", fmt::join(walks, " UNION ALL "));
}

}  // namespace

SummaryPage list_to_pack(const storage::View& view, const storage::Page& page, const Beside& beside) {
    std::vector<std::int64_t> ids;
    view.each(
        oldest_of_each(view), [&](const storage::Row& row) { ids.push_back(row.get<std::int64_t>(0)); },
        page.after ? page.after->get<std::int64_t>() : std::int64_t{0}, storage::rows_to_read(page));
    SummaryPage result;
    if (storage::cut(ids, page)) {
        result.after = ids.back();
    }
    result.rows = summaries(view, ids, beside);
    std::reverse(result.rows.begin(), result.rows.end());
    return result;
}

}  // namespace orderd::orders

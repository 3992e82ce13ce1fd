#include "orders/expanding.h"

#include <algorithm>

#include "base/budgets.h"
#include "orders/describe.h"

namespace orderd::orders {

namespace {

bool names_it(const std::vector<std::string>& names, std::string_view wanted) {
    return std::find(names.begin(), names.end(), wanted) != names.end();
}

std::vector<OrderId> ids_of(const SummaryPage& page) {
    std::vector<OrderId> ids;
    for (const auto& row : page.rows) {
        ids.push_back(row.id);
    }
    return ids;
}

/// Leaves the orders out before which there are so many lines already. The first one has fewer (orders/bodies.cpp).
void end_before_too_many(SummaryPage& page, const std::map<OrderId, std::vector<Item>>& items) {
    std::size_t lines = 0;
    for (std::size_t i = 0; i < page.rows.size(); ++i) {
        const auto found = items.find(page.rows[i].id);
        lines += found == items.end() ? 0 : found->second.size();
        if (lines > budget::kExpandedLines) {
            page.rows.resize(i);
            page.after = number(page.rows.back().id);
            return;
        }
    }
}

}  // namespace

Expanded::Expanded(const storage::View& view, const std::vector<std::string>& names, SummaryPage& page,
                   const Beside& beside)
    : has_items_(names_it(names, "items")), has_payments_(names_it(names, "payment")) {
    if (has_items_) {
        items_ = items_of(view, ids_of(page), static_cast<std::int64_t>(budget::kExpandedLines) + 1);
        end_before_too_many(page, items_);
    }
    if (has_payments_ && beside.payments_of) {
        payments_ = beside.payments_of(view, ids_of(page));
    }
}

void Expanded::add_to(Json& row, OrderId id) const {
    if (has_items_) {
        const auto found = items_.find(id);
        row["items"] = found == items_.end() ? Json::array() : describe(found->second);
    }
    if (has_payments_) {
        const auto found = payments_.find(id);
        row["payment"] = found == payments_.end() ? Json(nullptr) : found->second;
    }
}

}  // namespace orderd::orders

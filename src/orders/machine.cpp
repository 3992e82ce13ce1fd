#include "orders/machine.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace orderd::orders {

namespace {

struct Row {
    Status status;
    std::string_view text;
    bool open;
    std::vector<Status> next;
};

/// The order's states and steps (DESIGN, "States"). An order that pays later (bank transfer, cash on delivery) goes
/// from pending to processing without being paid, where the shop allows it. The rest of a partly shipped order can be
/// cancelled: it is shipped then, as far as it goes.
const std::array<Row, 9>& table() {
    using enum Status;
    static const std::array<Row, 9> rows{{
        {pending, "pending", true, {paid, processing, cancelled, expired}},
        {paid, "paid", true, {processing, cancelled}},
        {processing, "processing", true, {partially_shipped, shipped, cancelled}},
        {partially_shipped, "partially_shipped", true, {shipped}},
        {shipped, "shipped", false, {delivered, returned}},
        {delivered, "delivered", false, {returned}},
        {returned, "returned", false, {}},
        {cancelled, "cancelled", false, {}},
        {expired, "expired", false, {}},
    }};
    return rows;
}

const Row& row(Status status) { return table()[static_cast<std::size_t>(status)]; }

}  // namespace

std::string_view to_text(Status status) { return row(status).text; }

std::vector<Status> all_statuses() {
    std::vector<Status> all;
    for (const auto& row : table()) {
        all.push_back(row.status);
    }
    return all;
}

std::optional<Status> parse_status(std::string_view text) {
    const auto found = std::find_if(table().begin(), table().end(), [&](const Row& r) { return r.text == text; });
    return found == table().end() ? std::nullopt : std::optional(found->status);
}

const std::vector<Status>& next(Status from) { return row(from).next; }

bool is_open(Status status) { return row(status).open; }

void require_step(Status from, Status to) {
    const auto& allowed = next(from);
    if (std::find(allowed.begin(), allowed.end(), to) != allowed.end()) {
        return;
    }
    std::vector<std::string_view> names;
    for (const auto status : allowed) {
        names.push_back(to_text(status));
    }
    throw Refusal(Reason::conflict, "illegal_transition",
                  names.empty() ? fmt::format("an order that is {} stays so", to_text(from))
                                : fmt::format("an order that is {} cannot become {}; it can become {}", to_text(from),
                                              to_text(to), fmt::join(names, ", ")))
        .with("status", to_text(from))
        .with("allowed", names);
}

}  // namespace orderd::orders
